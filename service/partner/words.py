"""What a code of another domain is called here: words in Turkish and English, beside the code. Pure."""

from msgspec import Struct

from service.accounts.labels.registry import find

Text = dict[str, str]


class Told(Struct, frozen=True):
    """A code and what it says, in words under `text` (tr, en)."""

    code: str
    text: Text


def told(group: str, code: str) -> Told:
    """A code of a group of labels; one that has no name is its own."""
    label = find(group, code)
    return Told(code, {"tr": code, "en": code} if label is None else label._asdict())
