"""A partner's statement: of a month, line by line, and as a spreadsheet."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime
from uuid import UUID

from litestar.response import Stream

from service.accounts.workspaces.store import get_workspace
from service.kit import clock, ids, paging
from service.kit.db import Connection, Database
from service.kit.ids import show, show_or_none
from service.kit.paging import Page
from service.ledger.statements import months, store, summing, table
from service.ledger.statements.months import Month
from service.ledger.statements.schemas import LineRow, Statement, StatementLine

ROWS = 500
Key = tuple[datetime, str, str, str]


async def asked_month(db: Connection, workspace_id: UUID, month: str | None, tz: str | None) -> Month:
    """The month that is asked for. Raises InvalidInput."""
    zone = tz or (await get_workspace(db, workspace_id)).timezone
    return months.read(month, zone, await clock.now(db))


async def statement(
    db: Connection, workspace_id: UUID, partner_id: UUID, name: str, month: Month
) -> Statement:
    """What a partner, with what was merged into it, earned and was paid."""
    rows = await store.sums(db, workspace_id, partner_id, month.starts_at, month.ends_at)
    return Statement(
        partner_id=ids.show("prt", partner_id),
        partner_name=name,
        brand=(await get_workspace(db, workspace_id)).name,
        month=month.name,
        tz=month.zone.key,
        starts_at=month.starts_at,
        ends_at=month.ends_at,
        is_final=month.ends_at <= await clock.now(db),
        currencies=summing.by_currency(rows),
    )


async def page(
    db: Connection, workspace_id: UUID, partner_id: UUID, month: Month, cursor: str | None, limit: int
) -> Page[StatementLine]:
    """A page of the lines, the oldest first. Raises BadCursor."""
    after = paging.decode(cursor, Key)
    rows = await _lines(db, workspace_id, partner_id, month, after, limit + 1)
    return paging.page(rows, limit, _key, shown)


async def _lines(
    db: Connection, workspace_id: UUID, partner_id: UUID, month: Month, after: Key | None, limit: int
) -> list[LineRow]:
    at, name, currency, kind = after or (None, "", "", "")
    span = (month.starts_at, month.ends_at)
    return await store.lines(db, workspace_id, partner_id, *span, at, name, currency, kind, limit)


def _key(row: LineRow) -> Key:
    return row.at, row.name, row.currency, row.kind


def shown(row: LineRow) -> StatementLine:
    """A line."""
    return StatementLine(
        at=row.at,
        kind=row.kind,
        currency=row.currency,
        earned=row.earned,
        paid=row.paid,
        commission_id=show_or_none("com", row.commission_id),
        payout_id=row.payout_id,
    )


def exported(
    database: Database, workspace_id: UUID, wall: UUID | None, partner_id: UUID, month: Month
) -> Stream:
    """The statement as a file: a line per change, with what is owed after it. `wall`: the partner whose
    wall the transactions stand behind."""
    name = f"statement-{show('prt', partner_id)}-{month.name}.csv"
    body = _pieces(database, workspace_id, wall, partner_id, month)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Stream(body, media_type="text/csv", headers=headers)


async def _pieces(
    database: Database, workspace_id: UUID, wall: UUID | None, partner_id: UUID, month: Month
) -> AsyncIterator[str]:
    async with database.transaction(workspace_id, wall) as db:
        sums = await store.sums(db, workspace_id, partner_id, month.starts_at, month.ends_at)
    currencies = summing.by_currency(sums)
    owed = Counter({each.currency: each.opening.owed for each in currencies})
    yield table.header() + table.opening(currencies, month)
    after: Key | None = None
    while True:
        async with database.transaction(workspace_id, wall) as db:
            rows = await _lines(db, workspace_id, partner_id, month, after, ROWS)
        yield table.lines(rows, owed, month)
        if len(rows) < ROWS:
            break
        after = _key(rows[-1])
    yield table.closing(owed, month)
