"""Names for people of what the API calls by a code: each domain registers its own when it is imported."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

Language = Literal["tr", "en"]


class Label(NamedTuple):
    """A name in each language."""

    tr: str
    en: str


_GROUPS: dict[str, dict[str, Label]] = {}


def register(group: str, labels: Mapping[str, Label | tuple[str, str]]) -> None:
    """Names codes, Turkish first: `register("goal", {"reach": ("Erişim", "Reach")})`.

    Raises ValueError where a code has another name already.
    """
    names = _GROUPS.setdefault(group, {})
    for code, label in labels.items():
        if names.setdefault(code, Label(*label)) != Label(*label):
            raise ValueError(f"{group}.{code} has two names")


def named(language: Language) -> dict[str, dict[str, str]]:
    """Every group with the names of its codes."""
    return {
        group: {code: getattr(label, language) for code, label in sorted(labels.items())}
        for group, labels in sorted(_GROUPS.items())
    }


def find(group: str, code: str) -> Label | None:
    """The names of one code; None where it has none."""
    return _GROUPS.get(group, {}).get(code)
