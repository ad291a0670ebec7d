"""The decision: each column's field, with its confidence, and what speaks against it."""

from typing import Any

from msgspec import Struct

from service.imports.cells.style import Style
from service.imports.kinds import Field

WARNINGS = {
    "unknown_header": "No field is known by this header.",
    "content_contradicts_header": "The header says {field}; {share} of the cells could be. Not imported.",
    "looks_different": "The header says {field}, but the values are not like it; not imported.",
    "not_kept": "Recognised as {field}, which is not imported.",
    "twin": "The same values as column {other}, less exact; used only where that one is empty.",
    "rival": "Column {other} is {field} already; not imported.",
    "by_content": "Recognised by its content alone.",
    "partly_unreadable": "{share} of the cells could be {field}; rows with the others are rejected.",
    "ignored": "Left out by the given mapping.",
}


class Column(Struct, frozen=True):
    """A column of the file. `field` is None where it is not imported; `position` counts from 1.

    `style` and `backup` (the place of a less exact twin) are for reading; the rest is what users are shown.
    """

    position: int
    header: str
    field: str | None
    confidence: float
    warning: str | None = None
    message: str | None = None
    scope: str | None = None
    style: Style = Style()
    backup: int | None = None

    @property
    def place(self) -> int:
        """The column's index in a row."""
        return self.position - 1


class Guess(Struct):
    """A column on its way to a decision."""

    place: int
    field: Field
    scope: str | None
    confidence: float
    style: Style
    share: float = 1.0
    backup: int | None = None
    warning: str | None = None


def warned(place: int, header: str, warning: str, confidence: float = 0.0, **facts: Any) -> Column:
    """A column that is not imported, with the reason."""
    return Column(place + 1, header, None, round(confidence, 2), warning, WARNINGS[warning].format(**facts))


def percent(share: float) -> str:
    """A share as people read it; never rounded up to all."""
    return f"{int(share * 100)}%"
