"""All SQL of the leaderboard."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from service.advocacy.members.schemas import BoardRow
from service.kit.db import Connection, sql


class BestRow(Struct):
    """A place on the leaderboard, and the bound of those who were not looked at."""

    rank: int
    name: str
    tier: str | None
    qualified: int
    least: int


# Of a span of time, the referrals that qualified in it are counted; the best are looked up one by one until
# there are enough who chose a name.
@sql("""
    select rank() over (order by qualified desc)::integer as rank, name, tier, qualified from (
        select c.advocate_id, a.board_name as name, a.tier, c.qualified from (
            select r.advocate_id, count(*)::integer as qualified from referrals r
            where r.workspace_id = $1 and r.program_id = $2 and r.held is null
                and r.state in ('qualified', 'rewarded')
                and r.qualified_at >= coalesce($3::timestamptz, '-infinity')
                and r.qualified_at < coalesce($4::timestamptz, 'infinity')
            group by 1 order by 2 desc, 1
        ) c
        cross join lateral (
            select a.board_name, a.tier from advocates a
            where a.workspace_id = $1 and a.id = c.advocate_id and a.status = 'active'
                and a.board_name is not null
            offset 0
        ) a
        order by c.qualified desc, c.advocate_id limit $5
    ) best
    order by qualified desc, advocate_id
""")
async def board_of_span(
    db: Connection,
    workspace_id: UUID,
    program_id: UUID,
    since: datetime | None,
    until: datetime | None,
    limit: int,
) -> list[BoardRow]: ...


@sql("""
    select count(*)::integer from (
        select from referrals r
        where r.workspace_id = $1 and r.program_id = $2 and r.held is null
            and r.state in ('qualified', 'rewarded')
            and r.qualified_at >= coalesce($3::timestamptz, '-infinity')
            and r.qualified_at < coalesce($4::timestamptz, 'infinity')
        limit $5
    ) those
""")
async def qualified_in_span(
    db: Connection,
    workspace_id: UUID,
    program_id: UUID,
    since: datetime | None,
    until: datetime | None,
    most: int,
) -> int: ...


# Of the `most` who brought most of all time, and of those in whom something has changed since trees were
# summed up, what they brought in the time. `least`: what the last of the most brought of all time, which
# nobody else's number in the time is over.
@sql("""
    with changed as (
        select advocate_id as id from referral_changes
            where workspace_id = $1 and program_id = $2 and advocate_id is not null
        union
        select r.advocate_id from referral_changes c
            join referrals r on r.workspace_id = $1 and r.id = c.referral_id
            where c.workspace_id = $1 and c.program_id = $2
    ), most as (
        select a.id, a.board_name, a.tier, n.customers
        from referral_nodes n join advocates a on a.workspace_id = $1 and a.id = n.advocate_id
        where n.workspace_id = $1 and n.program_id = $2 and n.customers > 0 and a.status = 'active'
            and a.board_name is not null and not exists (select from changed c where c.id = a.id)
        order by n.customers desc, n.advocate_id limit $6
    ), named as (
        select id, board_name, tier from most
        union all
        select a.id, a.board_name, a.tier from changed c
            join advocates a on a.workspace_id = $1 and a.id = c.id
            where a.status = 'active' and a.board_name is not null
    ), best as (
        select n.id, n.board_name as name, n.tier, q.qualified from named n
        cross join lateral (
            select count(*)::integer as qualified from referrals r
            where r.workspace_id = $1 and r.advocate_id = n.id and r.held is null
                and r.state in ('qualified', 'rewarded')
                and r.qualified_at >= coalesce($3::timestamptz, '-infinity')
                and r.qualified_at < coalesce($4::timestamptz, 'infinity')
        ) q
        where q.qualified > 0
    )
    select rank() over (order by qualified desc)::integer as rank, name, tier, qualified,
        case when (select count(*) from most) < $6 then 0 else (select min(customers) from most) end as least
    from best order by qualified desc, id limit $5
""")
async def board_of_best(
    db: Connection,
    workspace_id: UUID,
    program_id: UUID,
    since: datetime | None,
    until: datetime | None,
    limit: int,
    most: int,
) -> list[BestRow]: ...


# Those of whom nobody came in the time; `rank` is that of all of them.
@sql("""
    select $5::integer as rank, a.board_name as name, a.tier, 0 as qualified from advocates a
    where a.workspace_id = $1 and a.program_id = $2 and a.status = 'active' and a.board_name is not null
        and not exists (
            select from referrals r
            where r.workspace_id = $1 and r.advocate_id = a.id and r.held is null
                and r.state in ('qualified', 'rewarded')
                and r.qualified_at >= coalesce($3::timestamptz, '-infinity')
                and r.qualified_at < coalesce($4::timestamptz, 'infinity')
        )
    order by a.id limit $6
""")
async def board_without(
    db: Connection,
    workspace_id: UUID,
    program_id: UUID,
    since: datetime | None,
    until: datetime | None,
    rank: int,
    limit: int,
) -> list[BoardRow]: ...


# Of all time, those whom trees have counted already, and of whom nothing has changed since; all others, who
# are few, are counted now.
@sql("""
    with changed as (
        select advocate_id as id from referral_changes
            where workspace_id = $1 and program_id = $2 and advocate_id is not null
        union
        select r.advocate_id from referral_changes c
            join referrals r on r.workspace_id = $1 and r.id = c.referral_id
            where c.workspace_id = $1 and c.program_id = $2
    ), best as (
        (select a.id, a.board_name as name, a.tier, n.customers as qualified
            from referral_nodes n join advocates a on a.workspace_id = $1 and a.id = n.advocate_id
            where n.workspace_id = $1 and n.program_id = $2 and a.status = 'active'
                and a.board_name is not null and not exists (select from changed c where c.id = a.id)
            order by n.customers desc, n.advocate_id limit $3)
        union all
        (select a.id, a.board_name, a.tier, (
                select count(*) from referrals r
                where r.workspace_id = $1 and r.advocate_id = a.id and r.held is null
                    and r.state in ('qualified', 'rewarded'))::integer
            from changed c join advocates a on a.workspace_id = $1 and a.id = c.id
            where a.status = 'active' and a.board_name is not null)
    )
    select rank() over (order by qualified desc)::integer as rank, name, tier, qualified from best
    order by qualified desc, id limit $3
""")
async def board(db: Connection, workspace_id: UUID, program_id: UUID, limit: int) -> list[BoardRow]: ...
