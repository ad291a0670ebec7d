"""All SQL of payouts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from service.kit.db import Connection, fetch, sql
from service.ledger.payouts.problems import UnknownPayout
from service.ledger.payouts.schemas import (
    CountRow,
    ItemRow,
    ListedPayouts,
    MinimumRow,
    NewPayoutRow,
    PaidRow,
    PayableBalance,
    PayableRow,
    PayoutRow,
    RecordRow,
)
from service.ledger.store import OF_PARTNER

_COLUMNS = """
    y.id, y.reference, y.run_id, y.partner_id, p.name as partner_name, y.account_id, a.hint as iban, y.method,
    y.amount, y.unallocated, y.currency, y.status, y.reason, y.note,
    (select count(*) from payout_items i where i.workspace_id = $1 and i.payout_id = y.id)::integer
        as commissions,
    y.created_by, y.created_at, y.sent_at, y.paid_at, y.failed_at, y.updated_at
"""
_FROM = """
    from payouts y
    join partners p on p.workspace_id = $1 and p.id = y.partner_id
    left join payout_accounts a on a.workspace_id = $1 and a.id = y.account_id
"""
_FRAGMENTS = {
    "ids": "y.id = any(${})",
    "partner_id": f"y.partner_id = {OF_PARTNER}",
    "run_id": "y.run_id = ${}",
    "status": "y.status = ${}",
    "method": "y.method = ${}",
    "currency": "y.currency = ${}",
    "since": "y.created_at >= ${}",
    "until": "y.created_at < ${}",
}


async def list_payouts(
    db: Connection, workspace_id: UUID, wanted: ListedPayouts, before: UUID | None, limit: int
) -> list[PayoutRow]:
    """The newest first, older than `before`."""
    values: list[Any] = [workspace_id, limit]
    conditions = ["y.workspace_id = $1"]
    for name, fragment in _FRAGMENTS.items():
        if (value := getattr(wanted, name)) is not None:
            values.append(value)
            conditions.append(fragment.format(len(values)))
    if before is not None:
        values.append(before)
        conditions.append(f"y.id < ${len(values)}")
    text = f"select {_COLUMNS} {_FROM} where {' and '.join(conditions)} order by y.id desc limit $2"
    return await fetch(db, PayoutRow, text, *values)


@sql(f"select {_COLUMNS} {_FROM} where y.workspace_id = $1 and y.id = $2", missing=UnknownPayout)
async def get_payout(db: Connection, workspace_id: UUID, payout_id: UUID) -> PayoutRow: ...


@sql(f"select {_COLUMNS} {_FROM} where y.workspace_id = $1 and y.key = $2")
async def find_by_key(db: Connection, workspace_id: UUID, key: str) -> PayoutRow | None: ...


@sql(f"""
    select {_COLUMNS} {_FROM} where y.workspace_id = $1 and y.id = any($2) order by y.id for update of y
""")
async def lock_payouts(db: Connection, workspace_id: UUID, ids: Sequence[UUID]) -> list[PayoutRow]: ...


@sql("""
    select id from payouts where workspace_id = $1 and run_id = $2 and status = any($3) and id > $4
    order by id limit $5
""")
async def of_run(
    db: Connection, workspace_id: UUID, run_id: UUID, statuses: Sequence[str], after: UUID, limit: int
) -> list[UUID]: ...


@sql("""
    select c.id, c.partner_id, i.amount, c.currency, c.occurred_at, c.conversion_id, c.kind
    from payout_items i join commissions c on c.workspace_id = $1 and c.id = i.commission_id
    where i.workspace_id = $1 and i.payout_id = $2 and i.commission_id > $3
    order by i.commission_id limit $4
""")
async def rows_of(
    db: Connection, workspace_id: UUID, payout_id: UUID, after: UUID, limit: int
) -> list[PaidRow]: ...


# Of a partner that was merged meanwhile the one that stands is paid.
@sql("""
    select distinct k.id as kept, r.id as record
    from partners a
    join partners k on k.workspace_id = $1 and k.id = coalesce(a.merged_into, a.id)
    join partners r on r.workspace_id = $1 and (r.id = k.id or r.merged_into = k.id)
    where a.workspace_id = $1 and a.id = any($2)
    order by 1, 2
""")
async def records(db: Connection, workspace_id: UUID, asked: Sequence[UUID]) -> list[RecordRow]: ...


@sql("""
    select c.id, c.partner_id, c.amount, c.currency, c.occurred_at,
        exists (
            select from commissions f where f.workspace_id = $1 and f.status = 'paid'
                and (f.id = coalesce(c.corrects, c.id) or f.corrects = coalesce(c.corrects, c.id))
        ) as carried
    from commissions c
    where c.workspace_id = $1 and c.partner_id = any($2) and c.status = 'payable'
    order by c.id
""")
async def payable_rows(
    db: Connection, workspace_id: UUID, record_ids: Sequence[UUID]
) -> list[PayableRow]: ...


@sql("""
    select partner_id, currency, balance from ledger_accounts
    where workspace_id = $1 and partner_id = any($2) and kind = 'payable'
""")
async def balances(
    db: Connection, workspace_id: UUID, record_ids: Sequence[UUID]
) -> list[PayableBalance]: ...


@sql("""
    select p.id as partner_id, g.min_payout as amount, g.min_payout_currency as currency
    from partners p join programs g on g.workspace_id = $1 and g.id = p.program_id
    where p.workspace_id = $1 and p.id = any($2)
""")
async def minimums(db: Connection, workspace_id: UUID, partner_ids: Sequence[UUID]) -> list[MinimumRow]: ...


@sql("""
    select partner_id, currency, count(*)::integer as payouts from payouts
    where workspace_id = $1 and partner_id = any($2) group by 1, 2
""")
async def so_far(db: Connection, workspace_id: UUID, partner_ids: Sequence[UUID]) -> list[CountRow]: ...


@sql("""
    insert into payouts (workspace_id, id, key, reference, run_id, partner_id, account_id, method, amount,
        unallocated, currency, status, note, paid_at, created_by)
    select $1, n.*, $3 from jsonb_to_recordset($2) as n (
        id uuid, key text, reference text, run_id uuid, partner_id uuid, account_id uuid, method text,
        amount bigint, unallocated bigint, currency text, status text, note text, paid_at timestamptz
    )
""")
async def add_payouts(db: Connection, workspace_id: UUID, rows: Sequence[NewPayoutRow], by: str) -> None: ...


@sql("""
    insert into payout_items (workspace_id, payout_id, commission_id, partner_id, amount)
    select $1, n.* from jsonb_to_recordset($2) as n (
        payout_id uuid, commission_id uuid, partner_id uuid, amount bigint
    )
""")
async def add_items(db: Connection, workspace_id: UUID, rows: Sequence[ItemRow]) -> None: ...


@sql("""
    select payout_id, commission_id, partner_id, amount from payout_items
    where workspace_id = $1 and payout_id = any($2) and released_at is null
    order by payout_id, commission_id
""")
async def items(db: Connection, workspace_id: UUID, payout_ids: Sequence[UUID]) -> list[ItemRow]: ...


@sql("""
    select distinct partner_id from payout_items where workspace_id = $1 and payout_id = any($2)
    union select partner_id from payouts where workspace_id = $1 and id = any($2)
""")
async def partners_of(db: Connection, workspace_id: UUID, payout_ids: Sequence[UUID]) -> list[UUID]: ...


@sql("""
    update payout_items set released_at = elci_now()
    where workspace_id = $1 and payout_id = any($2) and released_at is null
""")
async def release_items(db: Connection, workspace_id: UUID, payout_ids: Sequence[UUID]) -> None: ...


@sql("""
    update payouts set status = $3, reason = $4, updated_at = elci_now(),
        sent_at = case when $3 = 'sent' then coalesce($5, elci_now()) else sent_at end,
        paid_at = case when $3 = 'paid' then coalesce($5, elci_now()) else paid_at end,
        failed_at = case when $3 = 'failed' then coalesce($5, elci_now()) else failed_at end
    where workspace_id = $1 and id = any($2)
""")
async def move(
    db: Connection,
    workspace_id: UUID,
    ids: Sequence[UUID],
    status: str,
    reason: str | None,
    at: datetime | None,
) -> None: ...
