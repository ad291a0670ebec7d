"""All SQL of statements: by the ledger's entries alone."""

from datetime import datetime
from uuid import UUID

from service.kit.db import Connection, sql
from service.ledger.statements.schemas import LineRow, SumRow

_RECORDS = """
    any(array(select id from partners where workspace_id = $1 and (id = $2 or merged_into = $2)))
"""
_FROM = f"""
    from ledger_entries e
    join ledger_postings p on p.workspace_id = $1 and p.entry_id = e.id
    join ledger_accounts a on a.workspace_id = $1 and a.id = p.account_id
    where e.workspace_id = $1 and e.partner_id = {_RECORDS} and a.kind not like 'reward%'
"""
_EARNED = "coalesce(-sum(p.amount) filter (where a.kind = 'expense'), 0)::bigint"
_PAID = "coalesce(sum(p.amount) filter (where a.kind = 'paid'), 0)::bigint"


@sql(f"""
    select a.currency, e.kind, e.created_at < $3 as before, count(distinct e.id)::integer as entries,
        {_EARNED} as earned, {_PAID} as paid,
        coalesce(sum(p.amount) filter (where a.kind = 'pending'), 0)::bigint as pending,
        coalesce(sum(p.amount) filter (where a.kind = 'on_hold'), 0)::bigint as on_hold,
        coalesce(sum(p.amount) filter (where a.kind = 'payable'), 0)::bigint as payable
    {_FROM} and e.created_at < $4
    group by 1, 2, 3 order by 1, 2, 3
""")
async def sums(
    db: Connection, workspace_id: UUID, partner_id: UUID, starts_at: datetime, ends_at: datetime
) -> list[SumRow]: ...


# A payout's entries are one line.
@sql(f"""
    select * from (
        select min(e.created_at) as at, coalesce(e.details ->> 'payout_id', e.id::text) as name, a.currency,
            e.kind, {_EARNED} as earned, {_PAID} as paid,
            min(e.commission_id::text)::uuid as commission_id, e.details ->> 'payout_id' as payout_id
        {_FROM} and e.created_at >= $3 and e.created_at < $4
        group by e.details ->> 'payout_id', 2, 3, 4
    ) lines
    where (earned <> 0 or paid <> 0)
        and ($5::timestamptz is null or (at, name, currency, kind) > ($5, $6, $7, $8))
    order by at, name, currency, kind limit $9
""")
async def lines(
    db: Connection,
    workspace_id: UUID,
    partner_id: UUID,
    starts_at: datetime,
    ends_at: datetime,
    after: datetime | None,
    after_name: str,
    after_currency: str,
    after_kind: str,
    limit: int,
) -> list[LineRow]: ...
