"""All SQL of holds: they are what flags of one group add up to, and what was decided of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from service.conversions.reviews.holds.problems import UnknownHold
from service.conversions.reviews.holds.schemas import DecisionRow, HeldRow, HoldRow, ListedHolds
from service.kit.db import Connection, fetch, sql

# What a person decided stands, but for orders that came after they had called it fraud.
_STATUS = """
    case when d.status = 'released' then 'released'
        when d.status = 'confirmed' and h.newest <= d.created_at then 'confirmed'
        when h.standing = 0 then 'ended'
        else 'open' end
"""
_HOLDS = """
    select f.hold_id, f.code, f.partner_id, f."group", min(f.created_at) as first_at,
        max(f.created_at) as last_at, max(f.created_at) filter (where f.ended_at is null) as newest,
        (count(*) filter (where f.ended_at is null))::integer as standing,
        (array_agg(f.evidence order by f.created_at, f.conversion_id))[1] as evidence
    from review_flags f where f.workspace_id = $1 {where}
    group by f.hold_id, f.code, f.partner_id, f."group"
"""
_DECISION = """
    left join lateral (
        select status, reason, created_by, created_at from review_decisions d
        where d.workspace_id = $1 and d.hold_id = h.hold_id order by d.n desc limit 1
    ) d on true
"""
_SHOWN = f"""
    h.hold_id as id, h.code, h.partner_id, p.name as partner_name, h."group", {_STATUS} as status,
    h.standing as conversions, h.evidence, h.first_at, h.last_at, d.created_at as decided_at,
    d.created_by as decided_by, d.reason,
    (select coalesce(jsonb_agg(s order by s.currency), '[]') from (
        select sum(c.amount) as amount, c.currency from review_flags f
        join commissions c on c.workspace_id = $1 and c.conversion_id = f.conversion_id
            and c.partner_id = f.partner_id and c.status = 'on_hold'
        where f.workspace_id = $1 and f.hold_id = h.hold_id and f.ended_at is null
        group by c.currency) s) as amounts
"""
_PARTNER = "join partners p on p.workspace_id = $1 and p.id = h.partner_id"
# Of a partner's or a conversion's holds all flags are counted, and not only those asked for.
_FRAGMENTS = {
    "ids": "f.hold_id = any(${})",
    "code": "f.code = ${}",
    "partner_id": "f.partner_id = ${}",
    "conversion_id": """f.hold_id in (select g.hold_id from review_flags g
        where g.workspace_id = $1 and g.conversion_id = ${})""",
}


@sql(
    f"""
    select {_SHOWN} from ({_HOLDS.format(where="and f.hold_id = $2")}) h {_DECISION} {_PARTNER}
    """,
    missing=UnknownHold,
)
async def get_hold(db: Connection, workspace_id: UUID, hold_id: UUID) -> HoldRow: ...


async def list_holds(
    db: Connection,
    workspace_id: UUID,
    wanted: ListedHolds,
    before: tuple[datetime, UUID] | None,
    most: int,
) -> list[HoldRow]:
    """Holds, the newest first."""
    values: list[Any] = [workspace_id]
    where = []
    for name, fragment in _FRAGMENTS.items():
        value = getattr(wanted, name)
        if value is not None:
            values.append(value)
            where.append("and " + fragment.format(len(values)))
    outer = []
    if wanted.status is not None:
        values.append(wanted.status)
        outer.append(f"({_STATUS}) = ${len(values)}")
    if before is not None:
        values += before
        outer.append(f"(h.first_at, h.hold_id) < (${len(values) - 1}, ${len(values)}::uuid)")
    values.append(most)
    # Sums of money are taken of the page alone.
    text = f"""
        with page as (
            select h.* from ({_HOLDS.format(where=" ".join(where))}) h {_DECISION}
            {"where " + " and ".join(outer) if outer else ""}
            order by h.first_at desc, h.hold_id desc limit ${len(values)}
        )
        select {_SHOWN} from page h {_DECISION} {_PARTNER} order by h.first_at desc, h.hold_id desc
    """
    return await fetch(db, HoldRow, text, *values)


@sql("""
    select n, status, reason, created_by, created_at from review_decisions
    where workspace_id = $1 and hold_id = $2 order by n desc
""")
async def decisions(db: Connection, workspace_id: UUID, hold_id: UUID) -> list[DecisionRow]: ...


# One after the other: two people who decide at once make two decisions, of which the second stands.
@sql(
    "select pg_advisory_xact_lock(hashtextextended('elci hold ' || $1::uuid || ' ' || $2::uuid, 0))"
    " -- workspace_id"
)
async def take_turn(db: Connection, workspace_id: UUID, hold_id: UUID) -> None: ...


@sql("""
    insert into review_decisions (workspace_id, hold_id, n, status, reason, created_by)
    select $1, $2, coalesce(max(n), 0) + 1, $3, $4, $5 from review_decisions
    where workspace_id = $1 and hold_id = $2
""")
async def add_decision(
    db: Connection, workspace_id: UUID, hold_id: UUID, status: str, reason: str, created_by: str
) -> None: ...


@sql("""
    select conversion_id, evidence, created_at, ended_at from review_flags
    where workspace_id = $1 and hold_id = $2 and ($3::uuid is null or conversion_id < $3)
    order by conversion_id desc limit $4
""")
async def held(
    db: Connection, workspace_id: UUID, hold_id: UUID, before: UUID | None, most: int
) -> list[HeldRow]: ...


@sql("""
    select conversion_id from review_flags
    where workspace_id = $1 and hold_id = $2 and ended_at is null and conversion_id > $3
    order by conversion_id limit $4
""")
async def standing(
    db: Connection, workspace_id: UUID, hold_id: UUID, after: UUID, most: int
) -> list[UUID]: ...


# What a hold's partner earned by an order, by the first rows, which decide for all of theirs.
@sql("""
    select c.id from commissions c
    where c.workspace_id = $1 and c.conversion_id = any($2) and c.partner_id = $3 and c.corrects is null
        and ($4::text is null or c.rejected = $4) and ($4 is not null or c.rejected is null)
    order by c.id
""")
async def commissions(
    db: Connection,
    workspace_id: UUID,
    conversion_ids: Sequence[UUID],
    partner_id: UUID,
    rejected_for: str | None,
) -> list[UUID]: ...


@sql("""
    select distinct partner_id from commissions where workspace_id = $1 and conversion_id = any($2)
""")
async def partners(db: Connection, workspace_id: UUID, conversion_ids: Sequence[UUID]) -> list[UUID]: ...
