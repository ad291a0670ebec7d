"""Lists as spreadsheets, in which no cell is ever run. Pure."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import StringIO

from service.imports.rejects_csv import harmless

CSV = {"text/csv": {"schema": {"type": "string"}}}
Cell = str | int | float | bool | date | datetime | None


def lines(rows: Iterable[Sequence[Cell]]) -> str:
    """Rows of CSV.

    >>> lines([["=1+1", -5, None, True, "+905321112233"]])
    "'=1+1,-5,,yes,+905321112233\\r\\n"
    """
    out = StringIO()
    csv.writer(out).writerows([_plain(cell) for cell in row] for row in rows)
    return out.getvalue()


def _plain(cell: Cell) -> str | None:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, date):
        return cell.isoformat()
    return harmless(cell) if isinstance(cell, str) else None if cell is None else str(cell)
