"""A partner's lists as spreadsheets: read page by page, and no cell is ever run."""

import csv
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from datetime import datetime
from io import StringIO
from typing import Any, TypeVar
from uuid import UUID

from litestar import Request
from litestar.response import Stream

from service.accounts.callers import Caller
from service.imports.rejects_csv import BOM, harmless
from service.kit.db import Connection, Database
from service.kit.money import Money

CSV = {"text/csv": {"schema": {"type": "string"}}}
ROWS = 500
T = TypeVar("T")
Cell = str | int | float | bool | datetime | None
# Rows older than a key, with the key of each.
Page = Callable[[Connection, UUID | None], Awaitable[Sequence[tuple[UUID, T]]]]


def answer(
    request: Request[Any, Any, Any],
    caller: Caller,
    name: str,
    columns: Sequence[str],
    page: Page[T],
    cells: Callable[[T], Iterable[Sequence[Cell]]],
) -> Stream:
    """The list `name` as a file. `page` gives up to ROWS items; an item is the rows that `cells` gives."""
    body = _pieces(request.app.state.database, caller, columns, page, cells)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": "no-store"}
    return Stream(body, media_type="text/csv", headers=headers)


async def _pieces(
    database: Database,
    caller: Caller,
    columns: Sequence[str],
    page: Page[T],
    cells: Callable[[T], Iterable[Sequence[Cell]]],
) -> AsyncIterator[str]:
    yield BOM + lines([columns])
    before: UUID | None = None
    while True:
        async with database.transaction(caller.workspace_id, caller.partner) as db:
            found = await page(db, before)
        yield lines(row for _, item in found for row in cells(item))
        if len(found) < ROWS:
            return
        before = found[-1][0]


def lines(rows: Iterable[Sequence[Cell]]) -> str:
    """Rows of CSV.

    >>> lines([["=1+1", -5, None, True]])
    "'=1+1,-5,,yes\\r\\n"
    """
    out = StringIO()
    csv.writer(out).writerows([_plain(cell) for cell in row] for row in rows)
    return out.getvalue()


def _plain(cell: Cell) -> str | None:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.isoformat()
    return harmless(cell) if isinstance(cell, str) else None if cell is None else str(cell)


def money(value: Money | None) -> tuple[int | None, str | None]:
    """Minor units and currency, a column each."""
    return (None, None) if value is None else (value.amount, value.currency)
