"""The mapping that a caller gives: header or position -> field."""

from collections.abc import Mapping, Sequence

from service.imports.kinds import Kind
from service.imports.rejects import Unreadable
from service.kit.text import fold_tr

IGNORED = ""
_NOTHING = frozenset(("", "-", "none", "null", "ignore", "skip"))


def read_mapping(
    mapping: Mapping[str, str | None], headers: Sequence[str], kind: Kind
) -> dict[int, tuple[str, str | None]]:
    """Place -> (field, scope); the field is '' for columns to leave out. A scope stands behind a colon
    (`followers:tiktok`). Headers are compared folded; of equal ones the first is meant, the others by position.

    Raises:
        Unreadable: `bad_mapping`.
    """
    found: dict[int, tuple[str, str | None]] = {}
    folded = [fold_tr(header) for header in headers]
    for header, said in mapping.items():
        place = _place(header, folded)
        if place is None:
            raise _bad(f"The file has no column {header!r}; it has {', '.join(map(repr, headers[:50]))}.")
        name, _, scope = (said or "").strip().partition(":")
        if name.casefold() in _NOTHING:
            found[place] = (IGNORED, None)
            continue
        field = kind.field(name)
        if field is None or not field.kept:
            known = ", ".join(each.name for each in kind.fields if each.kept)
            raise _bad(f"There is no field {name!r}; {kind.name} have {known}.")
        found[place] = (name, scope or None)
    return found


def _place(header: str, folded: list[str]) -> int | None:
    if fold_tr(header) in folded:
        return folded.index(fold_tr(header))
    if header.isascii() and header.isdigit() and 1 <= int(header[:6]) <= len(folded):
        return int(header[:6]) - 1
    return None


def _bad(message: str) -> Unreadable:
    return Unreadable("bad_mapping", message)
