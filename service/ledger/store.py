"""All SQL that writes the ledger."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from service.kit.db import Connection, sql
from service.ledger.rates import Standing
from service.ledger.schemas import AccountRow, CommissionRow

COLUMNS = """
    id, partner_id, program_id, conversion_id, kind, key, n, step, corrects, amount, currency, base,
    base_currency, status, reason, cause, rule, link_id, coupon_id, click_id, occurred_at, due_at, refunded,
    total, gone, review, held, cleared, rejected, version, created_by, created_at, updated_at
"""


# A filter by partner, whose records were merged: as a fragment of the value's place.
OF_PARTNER = (
    "any(array(select p.id from partners p where p.workspace_id = $1 and ${0} in (p.id, p.merged_into)))"
)


# One at a time for each partner, always in the same order and before any row is locked: nobody waits for each
# other in a circle. Also for those whose commissions of these conversions may be taken back.
@sql("""
    select elci_now() from (
        select count(pg_advisory_xact_lock(
            hashtextextended('elci ledger of ' || $1::uuid || ' ' || partner_id, 0)
        )) from (
            select p as partner_id from unnest($2::uuid[]) p
            union
            select partner_id from commissions where workspace_id = $1 and conversion_id = any($3)
            order by 1
        ) sorted
    ) taken
""")
async def take_turns(
    db: Connection, workspace_id: UUID, partner_ids: Sequence[UUID], conversion_ids: Sequence[UUID]
) -> datetime: ...


async def take_turn(db: Connection, workspace_id: UUID, partner_ids: Sequence[UUID]) -> datetime:
    """The turns of these partners alone."""
    return await take_turns(db, workspace_id, partner_ids, [])


@sql(f"""
    select {COLUMNS} from commissions where workspace_id = $1 and conversion_id = any($2)
    order by conversion_id, partner_id, key, currency, n
    for update
""")
async def of_conversions(
    db: Connection, workspace_id: UUID, conversion_ids: Sequence[UUID]
) -> list[CommissionRow]: ...


@sql(f"""
    select {COLUMNS} from commissions
    where workspace_id = $1 and conversion_id is null
        and (partner_id, key) in (select * from unnest($2::uuid[], $3::text[]))
    order by partner_id, key, currency, n
    for update
""")
async def of_periods(
    db: Connection, workspace_id: UUID, partner_ids: Sequence[UUID], keys: Sequence[str]
) -> list[CommissionRow]: ...


# Whole commissions, whichever of their rows are named.
@sql(f"""
    with named as (
        select distinct coalesce(corrects, id) as id from commissions
        where workspace_id = $1 and id = any($2)
    )
    select {COLUMNS} from commissions
    where workspace_id = $1 and (id in (select id from named) or corrects in (select id from named))
    order by conversion_id, partner_id, key, currency, n
    for update
""")
async def whole(
    db: Connection, workspace_id: UUID, commission_ids: Sequence[UUID]
) -> list[CommissionRow]: ...


@sql("select distinct partner_id from commissions where workspace_id = $1 and id = any($2)")
async def partners_of(db: Connection, workspace_id: UUID, commission_ids: Sequence[UUID]) -> list[UUID]: ...


@sql("""
    select coalesce(corrects, id) from commissions
    where workspace_id = $1 and status = 'pending' and due_at <= elci_now()
    order by due_at limit $2
""")
async def due(db: Connection, workspace_id: UUID, limit: int) -> list[UUID]: ...


@sql("select * from entry.due_workspaces()")
async def due_workspaces(db: Connection) -> list[UUID]: ...


_ROW = """
    id uuid, partner_id uuid, program_id uuid, conversion_id uuid, kind text, key text, n integer, step text,
    corrects uuid, amount bigint, currency text, base bigint, base_currency text, status text, reason text,
    cause text, rule jsonb, link_id uuid, coupon_id uuid, click_id uuid, occurred_at timestamptz,
    due_at timestamptz, refunded bigint, total bigint, gone text, review text, held text, cleared text[],
    rejected text, version integer, created_by text
"""


@sql(f"""
    insert into commissions (workspace_id, {", ".join(part.split()[0] for part in _ROW.split(","))})
    select $1, r.* from jsonb_to_recordset($2) as r ({_ROW})
""")
async def add_rows(db: Connection, workspace_id: UUID, rows: Sequence[CommissionRow]) -> None: ...


@sql("""
    update commissions c set status = n.status, reason = n.reason, updated_at = elci_now()
    from unnest($2::uuid[], $3::text[], $4::text[]) as n (id, status, reason)
    where c.workspace_id = $1 and c.id = n.id
""")
async def move_rows(
    db: Connection,
    workspace_id: UUID,
    ids: Sequence[UUID],
    statuses: Sequence[str],
    reasons: Sequence[str | None],
) -> None: ...


# What is decided of a commission stands on its first row; what it is for, on all of them.
@sql("""
    update commissions c
    set program_id = n.program_id, rule = case when c.id = n.id then n.rule else c.rule end,
        link_id = n.link_id, coupon_id = n.coupon_id, click_id = n.click_id, occurred_at = n.occurred_at,
        due_at = n.due_at, refunded = n.refunded, total = n.total, gone = n.gone, review = n.review,
        held = n.held, cleared = n.cleared, rejected = n.rejected, version = n.version,
        updated_at = elci_now()
    from jsonb_to_recordset($2) as n (
        id uuid, program_id uuid, rule jsonb, link_id uuid, coupon_id uuid, click_id uuid,
        occurred_at timestamptz, due_at timestamptz, refunded bigint, total bigint, gone text, review text,
        held text, cleared text[], rejected text, version integer
    )
    where c.workspace_id = $1 and (c.id = n.id or c.corrects = n.id)
""")
async def save_decided(db: Connection, workspace_id: UUID, firsts: Sequence[CommissionRow]) -> None: ...


@sql("""
    select id, kind, partner_id, currency from ledger_accounts
    where workspace_id = $1 and partner_id = any($2)
""")
async def accounts(db: Connection, workspace_id: UUID, partner_ids: Sequence[UUID]) -> list[AccountRow]: ...


@sql("""
    insert into ledger_accounts (workspace_id, id, kind, partner_id, currency)
    select $1, * from unnest($2::uuid[], $3::text[], $4::uuid[], $5::text[])
""")
async def add_accounts(
    db: Connection,
    workspace_id: UUID,
    ids: Sequence[UUID],
    kinds: Sequence[str],
    partner_ids: Sequence[UUID],
    currencies: Sequence[str],
) -> None: ...


# A commission keeps when it first came into the payable account and last into the paid one, by the times of
# these entries: figures are dated by them.
@sql("""
    with posted as (
        insert into ledger_entries
            (workspace_id, id, key, kind, partner_id, commission_id, reason, details, created_by)
        select $1, e.id, e.key, e.kind, e.partner_id, e.commission_id, e.reason, e.details, $4
        from jsonb_to_recordset($2) as e (
            id uuid, key text, kind text, partner_id uuid, commission_id uuid, reason text, details jsonb
        )
        order by e.id
        returning id, created_at
    ), lines as (
        insert into ledger_postings
            (workspace_id, entry_id, n, account_id, commission_id, amount, currency)
        select $1, p.entry_id, p.n, p.account_id, p.commission_id, p.amount, p.currency
        from jsonb_to_recordset($3) as p (
            entry_id uuid, n smallint, account_id uuid, commission_id uuid, amount bigint, currency text
        )
        returning entry_id, account_id, commission_id, amount
    ), moves as (
        select l.commission_id, l.amount > 0 as positive,
            min(e.created_at) filter (where a.kind = 'payable') as payable_at,
            max(e.created_at) filter (where a.kind = 'paid') as paid_at
        from lines l join posted e on e.id = l.entry_id
        join ledger_accounts a on a.workspace_id = $1 and a.id = l.account_id
        where l.commission_id is not null and a.kind in ('payable', 'paid')
        group by 1, 2
    ), dated as (
        update commissions c
        set payable_at = least(c.payable_at, m.payable_at), paid_at = greatest(c.paid_at, m.paid_at)
        from moves m
        where c.workspace_id = $1 and c.id = m.commission_id and (c.amount > 0) = m.positive
            and (m.payable_at is not null and c.payable_at is null or m.paid_at is not null)
    )
    update ledger_accounts a set balance = a.balance + s.amount
    from (select account_id, sum(amount)::bigint as amount from lines group by account_id) s
    where a.workspace_id = $1 and a.id = s.account_id
""")
async def post(
    db: Connection,
    workspace_id: UUID,
    entries: Sequence[dict[str, Any]],
    lines: Sequence[dict[str, Any]],
    by: str,
) -> None: ...


# Caps count whatever else was earned in the period, so they hold however late an order comes in; tiers
# count what was sold before. Of a key the part before `:` is the rule's (`rule-1:2026-11-25:lnk_...`). What
# duplicates earned counts with the partner that they were merged into.
@sql("""
    select s.* from jsonb_to_recordset($2) as a (
        n integer, partner_id uuid, program_id uuid, since timestamptz, until timestamptz,
        before timestamptz, conversion_id uuid, kind text
    )
    cross join lateral (
        with mine as (
            select * from commissions
            where workspace_id = $1 and program_id is not distinct from a.program_id
                and partner_id = any(array(
                    select id from partners
                    where workspace_id = $1 and (id = a.partner_id or merged_into = a.partner_id)
                ))
                and occurred_at >= a.since and occurred_at < a.until
                and status <> 'rejected' and kind not in ('bonus', 'override')
        ), earlier as (
            select * from mine
            where kind = a.kind and (occurred_at < a.before
                or (occurred_at = a.before and conversion_id < a.conversion_id))
        )
        select
            (select count(distinct conversion_id)::integer from earlier
                where step = 'accrual' and gone is null and (total = 0 or refunded < total)) as sales,
            coalesce((select jsonb_object_agg(base_currency, base) from (
                select base_currency, sum(base) as base from earlier where base is not null group by 1
            ) v), '{}') as volume,
            coalesce((select jsonb_object_agg(key, amounts) from (
                select key, jsonb_object_agg(currency, amount) as amounts from (
                    select split_part(key, ':', 1) as key, currency, sum(amount) as amount from mine
                    where a.conversion_id is null or conversion_id is distinct from a.conversion_id
                    group by 1, 2
                ) by_key group by key
            ) e), '{}') as earned
    ) s
    order by a.n
""")
async def standings(
    db: Connection, workspace_id: UUID, asked: Sequence[dict[str, Any]]
) -> list[Standing]: ...
