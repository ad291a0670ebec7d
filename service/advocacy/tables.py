"""Lists as spreadsheets, in which no cell is ever run."""

import csv
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from datetime import date, datetime
from io import StringIO
from typing import Any, Protocol, TypeVar
from uuid import UUID

from litestar import Request
from litestar.response import Stream

from service.accounts.callers import Caller
from service.imports.rejects_csv import BOM, harmless
from service.kit.db import Connection, Database

CSV = {"text/csv": {"schema": {"type": "string"}}}
Cell = str | int | float | bool | date | datetime | None

ROWS = 500


class Keyed(Protocol):
    """A row that a list goes on from."""

    id: UUID


R = TypeVar("R", bound=Keyed)
# Up to ROWS rows that are older than a key.
Page = Callable[[Connection, UUID | None], Awaitable[Sequence[R]]]


def answer(
    request: Request[Any, Any, Any],
    caller: Caller,
    name: str,
    columns: Sequence[str],
    page: Page[R],
    cells: Callable[[R], Sequence[Cell]],
) -> Stream:
    """The list `name` as a file that is read page by page: however long it is, little of it is held."""
    body = _pieces(request.app.state.database, caller.workspace_id, columns, page, cells)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": "no-store"}
    return Stream(body, media_type="text/csv", headers=headers)


async def _pieces(
    database: Database,
    workspace_id: UUID,
    columns: Sequence[str],
    page: Page[R],
    cells: Callable[[R], Sequence[Cell]],
) -> AsyncIterator[str]:
    yield BOM + lines([columns])
    before: UUID | None = None
    while True:
        async with database.transaction(workspace_id) as db:
            rows = await page(db, before)
        yield lines([cells(row) for row in rows])
        if len(rows) < ROWS:
            return
        before = rows[-1].id


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
