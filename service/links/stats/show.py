"""From sums to what is answered: pure."""

from collections.abc import Sequence
from uuid import UUID

from service.kit import ids
from service.links.stats.grouping import Span, midnight
from service.links.stats.schemas import Cell, Figures, OtherValues, Stats, StatsRow, Sums


def stats(span: Span, totals: Sums, cells: Sequence[Cell]) -> Stats:
    """The answer; a day or an hour without clicks has a row of zeros where no dimension is asked for."""
    group_by = [name for name in (span.unit, span.dimension) if name]
    rows = [_row(span, cell) for cell in cells]
    if span.unit and not span.dimension:
        known = {row.starts_at: row for row in rows}
        rows = sorted(
            [*rows, *(row for row in _zeros(span) if row.starts_at not in known)],
            key=lambda row: row.starts_at,  # type: ignore[arg-type, return-value]
        )
    figures = Figures(totals.gross, totals.net, totals.uniques)
    return Stats(span.zone.key, span.first, span.last, group_by, figures, rows, _others(span, totals, cells))


def _row(span: Span, cell: Cell) -> StatsRow:
    row = StatsRow(cell.gross, cell.net, cell.uniques)
    if cell.date is not None:
        row.date, row.starts_at, row.tz = cell.date, midnight(cell.date, span.zone), span.zone.key
    elif cell.hour is not None:
        row.date = cell.hour.astimezone(span.zone).date()
        row.starts_at, row.tz = cell.hour, span.zone.key
    if span.dimension:
        row.value = _value(span.dimension, cell.value)
    return row


def _value(dimension: str, value: str | None) -> str | None:
    if dimension == "link" and value:
        return ids.show("lnk", UUID(value))
    return value or None


def _zeros(span: Span) -> list[StatsRow]:
    if span.unit == "day":
        return [StatsRow(0, 0, 0, day, midnight(day, span.zone), span.zone.key) for day in span.days()]
    return [StatsRow(0, 0, 0, at.astimezone(span.zone).date(), at, span.zone.key) for at in span.hours()]


def _others(span: Span, totals: Sums, cells: Sequence[Cell]) -> OtherValues | None:
    if not span.dimension:
        return None
    shown = len({cell.value for cell in cells})
    return OtherValues(
        max(0, totals.values - shown),
        totals.gross - sum(cell.gross for cell in cells),
        totals.net - sum(cell.net for cell in cells),
        totals.uniques - sum(cell.uniques for cell in cells),
    )
