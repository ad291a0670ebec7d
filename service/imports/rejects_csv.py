"""The list of rejects as a CSV that a spreadsheet opens and never runs: pure."""

import csv
from collections.abc import Iterable
from io import StringIO

from service.imports.schemas import RejectRow

HEADER = ("row", "column", "value", "reason", "code")
BOM = "\ufeff"
"""Without it, Excel takes UTF-8 for the machine's old encoding."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def lines(rows: Iterable[RejectRow]) -> str:
    """Rows of CSV, without the header."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerows([row.row, *(harmless(getattr(row, name)) for name in HEADER[1:])] for row in rows)
    return out.getvalue()


def header() -> str:
    """The header's line."""
    return BOM + ",".join(HEADER) + "\r\n"


def harmless(cell: str | None) -> str | None:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers.

    >>> harmless("=1+1"), harmless("@handle"), harmless("-12.5"), harmless("Ayşe")
    ("'=1+1", "'@handle", '-12.5', 'Ayşe')
    """
    if not cell or not cell.startswith(_FORMULA) or _is_number(cell):
        return cell
    return "'" + cell


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return cell[0] in "+-" and cell.strip() == cell
