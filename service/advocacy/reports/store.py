"""All SQL of the report: columns of what happened, read of other domains and never written, and what is kept.

Days are local ones, counted since 1970; NONE where something did not happen.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from service.advocacy.terms.shapes import PointsWorth, RewardKind
from service.kit.db import Connection, sql

NONE: Final = -(2**31)
_NIL: Final = "'00000000-0000-0000-0000-000000000000'::uuid"
RANKS: Final = ("invited", "clicked", "signed_up", "qualified")


def _local(column: str) -> str:
    return f"coalesce(({column} at time zone $2)::date - date '1970-01-01', {NONE})::int4"


def _time(column: str) -> str:
    return f"coalesce(extract(epoch from {column}) / 86400, 'NaN')::float8"


def _share(amount: str, part: str, whole: str) -> str:
    """As ledger/shares.py: rounded half to even; no amount is negative."""
    product = f"({amount})::numeric * least(greatest({part}, 0), {whole})"
    down, rest = f"div({product}, {whole})", f"2 * mod({product}, {whole})"
    return (
        f"(case when {whole} <= 0 then 0 else {down} + case when {rest} > {whole}"
        f" or ({rest} = {whole} and mod({down}, 2) = 1) then 1 else 0 end end)::bigint"
    )


# Columns for COPY (trees/reading.py): none is null, each is of one width. $1: workspace, $2: time zone.
MEMBERS: Final = f"""
    select a.id, a.program_id, {_time("a.joined_at")}, {_local("a.joined_at")},
        a.member = 'customer' or a.joined_by is not distinct from 'purchase'
    from advocates a where a.workspace_id = $1 and a.joined_at is not null
"""
_BEGUN = "coalesce(least(r.invited_at, r.clicked_at, r.signed_up_at, r.qualified_at), r.created_at)"
REFERRALS: Final = f"""
    select r.id, r.program_id, r.advocate_id, coalesce(r.friend_id, {_NIL}), coalesce(v.customer_id, {_NIL}),
        least(array_position(array{[*RANKS, "rewarded"]}, coalesce(r.before, r.state)) - 1, 3)::int2,
        (case when r.state = 'rejected' then 2 when r.held is not null then 1 else 0 end)::int2,
        {_time(_BEGUN)}, {_local(_BEGUN)}, {_time("r.qualified_at")}, {_local("r.qualified_at")},
        {_local("case when r.click_id is not null then r.clicked_at end")}
    from referrals r
    left join conversions v on v.workspace_id = $1 and v.id = r.conversion_id
    where r.workspace_id = $1
"""
_LEFT = f"v.net - {_share('v.net', 'v.refunded', 'greatest(v.amount, 1)')}"
ORDERS: Final = f"""
    with named as (
        select p.id, p.kind, n.name from programs p
        join unnest($3::uuid[], $4::text[]) n (of, name) on n.of = p.id where p.workspace_id = $1
    )
    select {_time("v.occurred_at")}, {_local("v.occurred_at")}, coalesce(v.customer_id, {_NIL}),
        coalesce(v.partner_id, {_NIL}), coalesce(g.id, {_NIL}), g.kind is not distinct from 'affiliate',
        rpad(v.currency, 3), v.status = 'confirmed' and (v.amount = 0 or v.refunded < v.amount),
        v.status = 'cancelled' or v.refunded > 0,
        case when v.status = 'cancelled' then 0 else {_LEFT} end
    from conversions v
    left join named g on g.name = v.attribution -> 'shares' -> 0 ->> 'program_id'
    where v.workspace_id = $1 and not v.test and v.merged_into is null and v.kind in ('sale', 'booking')
        and v.status in ('confirmed', 'cancelled')
    order by v.id
"""
PARTNERS: Final = """
    select b.partner_id, a.program_id
    from advocates a
    join partners p on p.workspace_id = $1 and p.id = a.partner_id
    cross join lateral (values (p.id), (p.merged_into)) b (partner_id)
    where a.workspace_id = $1 and a.joined_at is not null and b.partner_id is not null
    order by a.id
"""
BUYERS: Final = """
    select distinct on (k.advocate_id) k.advocate_id, c.customer_id
    from advocate_keys k
    join customer_keys c on c.workspace_id = $1 and c.key = k.key
    where k.workspace_id = $1
    order by k.advocate_id, c.customer_id
"""


class CountRow(Struct, frozen=True):
    """Something of a program and day."""

    program_id: UUID
    day: int
    n: int


class CostRow(Struct, frozen=True):
    """Commissions of a day. `program_id`: of an advocacy program, else null."""

    program_id: UUID | None
    day: int
    currency: str
    amount: int


class RewardDayRow(Struct, frozen=True):
    """Rewards that were earned on a day: how many stand where, and what they are worth. `currency`: null
    where nothing tells a worth. `worth`: what points are worth by the terms that they were given by."""

    program_id: UUID
    day: int
    kind: RewardKind
    currency: str | None
    promised: int
    given: int
    pending: int
    expired: int
    taken_back: int
    promised_amount: int
    given_amount: int
    pending_amount: int
    expired_amount: int
    taken_back_amount: int
    worth: PointsWorth | None = None


class ZoneRow(Struct, frozen=True):
    """Days of a time zone that are kept."""

    tz: str
    asked_at: datetime
    job_id: UUID | None
    as_of: datetime | None
    mark: datetime | None
    seconds: float | None


class NamedRow(Struct, frozen=True):
    """An advocate's name; null where they were erased, or never had one."""

    advocate_id: UUID
    name: str | None


class ProgramNameRow(Struct, frozen=True):
    id: UUID
    kind: str


# Behind the walls the planner expects one row in 200, and loops over a million of them, each time anew.
@sql("select set_config('enable_nestloop', 'off', true) -- of any workspace_id")
async def expect_many(db: Connection) -> str: ...


# A personal link's visitors, each once an hour.
@sql(f"""
    select a.program_id, {_local("c.starts_at")} as day, sum(c.uniques)::bigint as n
    from click_rollups c
    join advocates a on a.workspace_id = $1 and a.link_id = c.link_id
    where c.workspace_id = $1 and c.dimension = 'all'
    group by 1, 2
""")
async def visitors(db: Connection, workspace_id: UUID, tz: str) -> list[CountRow]: ...


# A cash reward's commission counts as the reward.
@sql(f"""
    select g.id as program_id, {_local("c.occurred_at")} as day, c.currency, sum(c.amount)::bigint as amount
    from commissions c
    left join programs g on g.workspace_id = $1 and g.id = c.program_id and g.kind = 'advocacy'
    where c.workspace_id = $1 and c.status in ('pending', 'on_hold', 'payable', 'paid')
        and c.key not like 'reward:%'
    group by 1, 2, 3
""")
async def commissions(db: Connection, workspace_id: UUID, tz: str) -> list[CostRow]: ...


@sql(f"""
    with worth as (
        select r.program_id, r.earned_at, r.kind,
            case when r.kind = 'points' then r.terms_version end as by,
            coalesce(r.currency, p.currency) as currency,
            case
                when r.status in ('reversed', 'rejected') then 'taken_back'
                when r.status = 'expired' then 'expired'
                when r.status in ('pending', 'on_hold') then 'pending'
                when r.kind in ('voucher', 'discount') and r.status = 'available' and r.delivered_at is null
                    then 'pending'
                else 'given' end as standing,
            case when r.kind = 'voucher' then coalesce(p.value, 0) when r.currency is null then 0
                else r.amount end as amount,
            case when r.kind in ('voucher', 'discount') then r.status in ('reversed', 'rejected')
                else r.gone is not null or r.rejected is not null end as nothing,
            case when r.kind in ('voucher', 'discount') then 0 else r.refunded end as refunded,
            r.total, r.expired, r.kind in ('voucher', 'discount', 'cash') as whole
        from rewards r
        left join voucher_pools p on p.workspace_id = $1 and p.id = r.pool_id
        where r.workspace_id = $1
    ), left_over as (
        select *, case when nothing then 0 else amount - {_share("amount", "refunded", "total")} end as stays
        from worth
    ), parted as (
        select *, case when whole then case when standing = 'expired' then stays else 0 end
            else least(expired, stays) end as lost from left_over
    ), days as (
        select program_id, {_local("earned_at")} as day, kind, currency, by, count(*) as promised,
            count(*) filter (where standing = 'given') as given,
            count(*) filter (where standing = 'pending') as pending,
            count(*) filter (where standing = 'expired') as expired,
            count(*) filter (where standing = 'taken_back') as taken_back,
            sum(amount)::bigint as promised_amount,
            coalesce(sum(stays - lost) filter (where standing <> 'pending'), 0)::bigint as given_amount,
            coalesce(sum(stays - lost) filter (where standing = 'pending'), 0)::bigint as pending_amount,
            sum(lost)::bigint as expired_amount, sum(amount - stays)::bigint as taken_back_amount
        from parted group by 1, 2, 3, 4, 5
    )
    select d.program_id, d.day, d.kind, d.currency, d.promised, d.given, d.pending, d.expired, d.taken_back,
        d.promised_amount, d.given_amount, d.pending_amount, d.expired_amount, d.taken_back_amount,
        nullif(t.terms -> 'points' -> 'worth', 'null') as worth
    from days d
    left join advocacy_terms t on t.workspace_id = $1 and t.program_id = d.program_id and t.version = d.by
""")
async def rewards(db: Connection, workspace_id: UUID, tz: str) -> list[RewardDayRow]: ...


@sql("select id, kind from programs where workspace_id = $1")
async def programs(db: Connection, workspace_id: UUID) -> list[ProgramNameRow]: ...


# Whether there is more of anything than a request can wait for.
@sql("""
    select (select count(*) from (select from referrals where workspace_id = $1 limit $2) r)
        + (select count(*) from (select from advocates where workspace_id = $1 limit $2) a)
        + (select count(*) from (select from rewards where workspace_id = $1 limit $2) w)
        + (select count(*) from (select from conversions where workspace_id = $1 limit $2) v)
""")
async def size_up_to(db: Connection, workspace_id: UUID, limit: int) -> int: ...


# What a transaction wrote that runs still has times of before; whoever reads now does not see it.
@sql("""
    select elci_now() - coalesce(greatest(interval '0', clock_timestamp() - min(a.xact_start)), interval '0')
    from workspaces w
    left join pg_stat_activity a on a.datname = current_database() and a.backend_type = 'client backend'
        and a.pid <> pg_backend_pid()
    where w.id = $1 -- workspace_id
""")
async def mark(db: Connection, workspace_id: UUID) -> datetime: ...


@sql("""
    select exists (select from referrals where workspace_id = $1 and updated_at > $2)
        or exists (select from rewards where workspace_id = $1 and updated_at > $2)
        or exists (select from advocates where workspace_id = $1 and updated_at > $2)
        or exists (select from conversions
            where workspace_id = $1 and greatest(updated_at, settled_at) > $2)
        or exists (select from commissions where workspace_id = $1 and updated_at > $2)
        or exists (select from click_rollups
            where workspace_id = $1 and starts_at > $2 - interval '1 hour' and dimension = 'all')
""")
async def changed_since(db: Connection, workspace_id: UUID, mark: datetime) -> bool: ...


_ZONE = "tz, asked_at, job_id, as_of, mark, seconds"


@sql(f"select {_ZONE} from advocacy_report_zones where workspace_id = $1 and tz = $2")
async def find_zone(db: Connection, workspace_id: UUID, tz: str) -> ZoneRow | None: ...


@sql(f"select {_ZONE} from advocacy_report_zones where workspace_id = $1 order by asked_at desc, tz")
async def zones(db: Connection, workspace_id: UUID) -> list[ZoneRow]: ...


# Who reads all day writes once an hour.
@sql("""
    insert into advocacy_report_zones (workspace_id, tz) values ($1, $2)
    on conflict (workspace_id, tz) do update set asked_at = elci_now()
    where advocacy_report_zones.asked_at < elci_now() - interval '1 hour'
""")
async def ask_zone(db: Connection, workspace_id: UUID, tz: str) -> None: ...


@sql("update advocacy_report_zones set job_id = $3 where workspace_id = $1 and tz = $2")
async def start(db: Connection, workspace_id: UUID, tz: str, job_id: UUID) -> None: ...


@sql("delete from advocacy_report_zones where workspace_id = $1 and tz = any($2)")
async def drop_zones(db: Connection, workspace_id: UUID, tz: list[str]) -> None: ...


@sql("""
    update advocacy_report_zones set as_of = $3, mark = $4, seconds = $5 where workspace_id = $1 and tz = $2
""")
async def built(
    db: Connection, workspace_id: UUID, tz: str, as_of: datetime, mark: datetime, seconds: float
) -> None: ...


@sql("select body from advocacy_reports where workspace_id = $1 and tz = $2 and scope = $3")
async def find_body(db: Connection, workspace_id: UUID, tz: str, scope: UUID) -> bytes | None: ...


@sql("delete from advocacy_reports where workspace_id = $1 and tz = $2 and scope <> all($3)")
async def drop_scopes(db: Connection, workspace_id: UUID, tz: str, scopes: list[UUID]) -> None: ...


@sql("""
    insert into advocacy_reports (workspace_id, tz, scope, body) values ($1, $2, $3, $4)
    on conflict (workspace_id, tz, scope) do update set body = excluded.body
""")
async def put_body(db: Connection, workspace_id: UUID, tz: str, scope: UUID, body: bytes) -> None: ...


@sql("select * from entry.advocacy_report_workspaces()")
async def workspaces(db: Connection) -> list[UUID]: ...


# An erasure leaves '-' for a name.
@sql("""
    select a.id as advocate_id, nullif(p.name, '-') as name
    from advocates a join partners p on p.workspace_id = $1 and p.id = a.partner_id
    where a.workspace_id = $1 and a.id = any($2)
""")
async def names(db: Connection, workspace_id: UUID, advocate_ids: list[UUID]) -> list[NamedRow]: ...
