"""A statement as a CSV: opening, a line per change with what is owed after it, closing. Pure, but for the
sums that run along."""

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from io import StringIO

from service.imports.rejects_csv import BOM, harmless
from service.kit.ids import show_or_none
from service.ledger.statements.months import Month
from service.ledger.statements.schemas import CurrencyStatement, LineRow

COLUMNS = ("at", "kind", "currency", "earned", "paid", "owed", "commission_id", "payout_id")
Cell = str | int | None


def header() -> str:
    """The header's line."""
    return BOM + ",".join(COLUMNS) + "\r\n"


def opening(currencies: Sequence[CurrencyStatement], month: Month) -> str:
    """What was owed when the month began."""
    at = month.starts_at.astimezone(month.zone).isoformat()
    return _rows([at, "opening", each.currency, None, None, each.opening.owed] for each in currencies)


def lines(rows: Iterable[LineRow], owed: Counter[str], month: Month) -> str:
    """Changes, in minor units, at the zone's time; `owed` runs along."""
    return _rows(_line(row, owed, month) for row in rows)


def _line(row: LineRow, owed: Counter[str], month: Month) -> list[Cell]:
    owed[row.currency] += row.earned - row.paid
    at = row.at.astimezone(month.zone).isoformat()
    commission_id = show_or_none("com", row.commission_id)
    sums: list[Cell] = [row.earned, row.paid, owed[row.currency]]
    return [at, row.kind, row.currency, *sums, commission_id, row.payout_id]


def closing(owed: Counter[str], month: Month) -> str:
    """What is owed at the end."""
    at = month.ends_at.astimezone(month.zone).isoformat()
    return _rows([at, "closing", currency, None, None, sum_] for currency, sum_ in sorted(owed.items()))


def _rows(rows: Iterable[Sequence[Cell]]) -> str:
    out = StringIO()
    writer = csv.writer(out)
    for row in rows:
        cells = [*row, *([None] * (len(COLUMNS) - len(row)))]
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in cells])
    return out.getvalue()
