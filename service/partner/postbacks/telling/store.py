"""All SQL of what partners are told, in the transaction in which it happens."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from service.kit.db import Connection, sql
from service.partner.postbacks.schemas import (
    FamilyRow,
    LinkRow,
    OrderRow,
    PayoutRow,
    RecordRow,
    SubscribedRow,
    ToldRow,
)

_FAMILY = """
    select f.id, f.partner_id, f.conversion_id, f.kind, f.status, (
        select coalesce(sum(c.amount), 0) from commissions c
        where c.workspace_id = $1 and (c.id = f.id or c.corrects = f.id) and c.status <> 'rejected'
    )::bigint as net, f.currency
    from commissions f where f.workspace_id = $1 and f.corrects is null
"""


# In nearly every workspace there is none: one look into a small index for all that is settled at once.
@sql("""
    select p.id as record_id, w.id as partner_id
    from (select distinct partner_id from postbacks where workspace_id = $1 and disabled_at is null) b
    join partners w on w.workspace_id = $1 and w.id = b.partner_id and w.status <> 'archived'
    join partners p on p.workspace_id = $1 and (p.id = w.id or p.merged_into = w.id)
    order by p.id
""")
async def watching(db: Connection, workspace_id: UUID) -> list[RecordRow]: ...


@sql("""
    select id, kind, status, amount, net, refunded, currency,
        coalesce(attribution -> 'shares', '[]') as shares,
        not test and merged_into is null as stands
    from conversions where workspace_id = $1 and id = any($2) order by occurred_at, id
""")
async def orders(db: Connection, workspace_id: UUID, conversion_ids: Sequence[UUID]) -> list[OrderRow]: ...


@sql(f"{_FAMILY} and f.conversion_id = any($2) and f.partner_id = any($3) order by f.id")
async def of_orders(
    db: Connection, workspace_id: UUID, conversion_ids: Sequence[UUID], records: Sequence[UUID]
) -> list[FamilyRow]: ...


@sql(f"{_FAMILY} and f.id = any($2) and f.partner_id = any($3) order by f.occurred_at, f.id")
async def families(
    db: Connection, workspace_id: UUID, commission_ids: Sequence[UUID], records: Sequence[UUID]
) -> list[FamilyRow]: ...


@sql("""
    select distinct coalesce(c.corrects, c.id) from payout_items i
    join commissions c on c.workspace_id = $1 and c.id = i.commission_id
    where i.workspace_id = $1 and i.payout_id = $2
""")
async def paid_by(db: Connection, workspace_id: UUID, payout_id: UUID) -> list[UUID]: ...


@sql("select id, partner_id, amount, currency, status from payouts where workspace_id = $1 and id = $2")
async def payout(db: Connection, workspace_id: UUID, payout_id: UUID) -> PayoutRow: ...


@sql("""
    select partner_id, subject_id, status, amount from postback_told
    where workspace_id = $1 and partner_id = any($2) and subject_id = any($3)
""")
async def told(
    db: Connection, workspace_id: UUID, partner_ids: Sequence[UUID], subjects: Sequence[UUID]
) -> list[ToldRow]: ...


@sql("""
    insert into postback_told (workspace_id, partner_id, subject_id, status, amount)
    select $1, * from unnest($2::uuid[], $3::uuid[], $4::text[], $5::bigint[])
    on conflict (workspace_id, partner_id, subject_id) do update
    set status = excluded.status, amount = excluded.amount
""")
async def put_told(
    db: Connection,
    workspace_id: UUID,
    partner_ids: Sequence[UUID],
    subjects: Sequence[UUID],
    statuses: Sequence[str],
    amounts: Sequence[int],
) -> None: ...


@sql("""
    select id, code, campaign_id, array[sub1, sub2, sub3, sub4, sub5] as subs from links
    where workspace_id = $1 and id = any($2)
""")
async def links(db: Connection, workspace_id: UUID, link_ids: Sequence[UUID]) -> list[LinkRow]: ...


# The rows are locked until the end: numbers rise in the order in which transactions commit.
@sql("""
    select id, events, last_seq from postbacks
    where workspace_id = $1 and partner_id = $2 and disabled_at is null order by id for no key update
""")
async def lock_subscribed(db: Connection, workspace_id: UUID, partner_id: UUID) -> list[SubscribedRow]: ...


@sql("""
    insert into postback_deliveries
        (workspace_id, id, postback_id, partner_id, seq, event, event_id, values, status)
    select $1, d.id, d.postback_id, $2, d.seq, d.event, d.event_id, d.values, 'waiting'
    from jsonb_to_recordset($3) as d (
        id uuid, postback_id uuid, seq bigint, event text, event_id uuid, values jsonb
    )
""")
async def add_deliveries(
    db: Connection, workspace_id: UUID, partner_id: UUID, rows: Sequence[dict[str, Any]]
) -> None: ...


@sql("""
    update postbacks b set last_seq = n.last_seq from unnest($2::uuid[], $3::bigint[]) as n (id, last_seq)
    where b.workspace_id = $1 and b.id = n.id
""")
async def set_last(
    db: Connection, workspace_id: UUID, postback_ids: Sequence[UUID], last: Sequence[int]
) -> None: ...


# From now on only what changes is told: all that is there counts as told.
@sql("""
    with gone as (delete from postback_told where workspace_id = $1 and partner_id = $2),
    records as (
        select id from partners where workspace_id = $1 and (id = $2 or merged_into = $2)
    ), known as (
        select distinct on (v.id) v.id, case when v.test or v.merged_into is not null then 'gone'
            else v.status end as status, v.refunded as amount
        from conversion_touches t
        join conversions v on v.workspace_id = $1 and v.id = t.conversion_id
        where t.workspace_id = $1 and t.partner_id in (select id from records) and t.share > 0
        union all
        select c.id, c.status, (
            select coalesce(sum(r.amount), 0) from commissions r
            where r.workspace_id = $1 and (r.id = c.id or r.corrects = c.id) and r.status <> 'rejected'
        )
        from commissions c
        where c.workspace_id = $1 and c.partner_id in (select id from records) and c.corrects is null
        union all
        select y.id, y.status, y.amount from payouts y
        where y.workspace_id = $1 and y.partner_id in (select id from records)
    )
    insert into postback_told (workspace_id, partner_id, subject_id, status, amount)
    select $1, $2, id, status, amount from known
    on conflict (workspace_id, partner_id, subject_id) do update
    set status = excluded.status, amount = excluded.amount
""")
async def begin(db: Connection, workspace_id: UUID, partner_id: UUID) -> None: ...
