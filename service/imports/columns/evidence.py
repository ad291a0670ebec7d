"""What a column's header and its content each say for a field, as numbers from 0 to 1."""

from collections.abc import Sequence
from numbers import Number
from typing import Any

from msgspec import Struct

from service.imports.cells.missing import is_missing
from service.imports.cells.style import Style, observe
from service.imports.columns.header import Header
from service.imports.columns.vocabulary import BLOCKING
from service.imports.kinds import Field
from service.imports.rejects import Unfit

_EXTRA = (1.0, 0.85, 0.6, 0.4)
"""A header's score by the number of its words that the pattern does not explain."""

_MAYBE = 0.7
"""For patterns that may mean the field (`views` for average views)."""

_BY_SCOPE = 1.0
"""For fields that headers mean by naming what they are about ("Female", "18-24")."""

_ENOUGH = 200


class Candidate(Struct):
    """A column as it is looked at: its place from 0, its header, and a sample of its cells that hold
    something, with the rows that they stand in."""

    place: int
    header: Header
    cells: list[Any]
    rows: list[int]

    @property
    def texts(self) -> list[str]:
        """The sample's texts alone."""
        return [cell for cell in self.cells if isinstance(cell, str)]


class Content(Struct, frozen=True):
    """How much of the sample reads as a field, in which style, and whether its values look like the
    field's."""

    share: float
    style: Style
    suits: bool
    values: list[Any]


def candidate(place: int, header: Header, cells: Sequence[Any]) -> Candidate:
    """Missing cells are left out; the sample is thinned evenly, so that a sorted column shows its whole
    range."""
    held = [(cell, row) for row, cell in enumerate(cells) if not is_missing(cell)]
    sample = held[:: max(1, len(held) // _ENOUGH)]
    return Candidate(place, header, [cell for cell, _ in sample], [row for _, row in sample])


def header_score(header: Header, field: Field) -> float:
    """How well the header's words are those of one of the field's patterns."""
    best = 0.0
    for pattern in field.patterns:
        wanted = frozenset(pattern.strip("=?").split())
        extra = header.words - wanted
        exact = pattern.startswith("=")
        if wanted <= header.words and extra.isdisjoint(BLOCKING) and not (exact and extra):
            steps = len(extra) + (header.path and bool(extra))
            best = max(best, _EXTRA[min(steps, 3)] * (_MAYBE if pattern.endswith("?") else 1))
    if not field.patterns and field.scope_of and field.scope_of(header):
        best = _BY_SCOPE
    if field.bare and not header.words and header.platforms:
        best = max(best, 0.7)
    return best


def content(column: Candidate, field: Field, *, turkish: bool) -> Content:
    """Reads the sample as the field; an empty sample speaks neither for nor against it."""
    style = style_of(column, field, turkish=turkish)
    if not column.cells:
        return Content(1.0, style, True, [])
    if field.type.loose and all(_is_number(cell) for cell in column.cells):
        return Content(
            0.0, style, True, []
        )  # a bio of numbers is its length, a category of numbers somebody's code
    values = []
    for cell in column.cells:
        try:
            values.append(field.type.read(cell, style))
        except Unfit:
            continue
    suits = field.suits is None or not values or field.suits(values)
    return Content(len(values) / len(column.cells), style, suits, values)


def _is_number(cell: Any) -> bool:
    if isinstance(cell, str):
        return cell.strip().replace(".", "", 1).isdecimal()
    return isinstance(cell, Number)  # a list of JSON is none


def style_of(column: Candidate, field: Field, *, turkish: bool) -> Style:
    """How the column writes its numbers and dates."""
    rate = field.type.name == "rate"
    return observe(
        column.texts,
        turkish=turkish or column.header.turkish,
        percent=rate and _in_percent(column),
        scale=column.header.scale if field.type.numeric and not rate else 0,
    )


def _in_percent(column: Candidate) -> bool:
    """Whether bare numbers are percentages: some carry the sign, the header says so, or they are too large
    to be fractions (a median engagement of more than a quarter does not occur)."""
    if any("%" in text for text in column.texts):
        return True
    plain = Style()
    numbers = sorted(number for cell in column.cells if (number := _loose_number(cell, plain)) is not None)
    if not numbers:
        return column.header.percent
    median, largest = numbers[len(numbers) // 2], numbers[-1]
    return largest > 1 or (column.header.percent and median > 0.05) or median > 0.25


def _loose_number(cell: Any, style: Style) -> float | None:
    if isinstance(cell, int | float):
        return float(cell)
    try:
        return float(str(cell)[:20].strip().replace(",", "."))
    except ValueError:
        return None
