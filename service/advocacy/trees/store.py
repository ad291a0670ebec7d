"""All SQL of trees."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from uuid import UUID

from msgspec import Struct

from service.advocacy.members.schemas import AdvocateStatus
from service.advocacy.problems import UnknownAdvocate
from service.kit.db import Connection, sql

STATUSES = ("guest", "active", "paused", "left")
STATES = ("invited", "clicked", "signed_up", "qualified", "rewarded", "rejected")
CHANNELS = ("link", "code", "email", "manual")

_NIL = "'00000000-0000-0000-0000-000000000000'::uuid"


def _time(column: str) -> str:
    return f"coalesce({column}, '-infinity')"


def _code(column: str, names: tuple[str, ...]) -> str:
    return f"(array_position(array{list(names)}, {column}) - 1)::int2"


# Columns for COPY (reading.py): none is null, each is of one width.
PEOPLE = f"""
    select a.id, coalesce(a.referral_id, {_NIL}), {_code("a.status", STATUSES)}, {_time("a.joined_at")},
        {_time("a.created_at")}
    from advocates a where a.workspace_id = $1 and a.program_id = $2
"""
REFERRALS = f"""
    select r.id, r.advocate_id, coalesce(r.friend_id, {_NIL}), {_code("r.state", STATES)},
        {_code("r.channel", CHANNELS)}, r.held is not null, r.purchases, {_time("r.created_at")},
        {_time("r.invited_at")}, {_time("r.clicked_at")}, {_time("r.signed_up_at")},
        {_time("r.qualified_at")}, {_time("r.rewarded_at")}
    from referrals r where r.workspace_id = $1 and r.program_id = $2
"""


_BOUGHT = "r.state in ('qualified', 'rewarded') and r.held is null"
_ORDER = """
    v.kind in ('sale', 'booking') and not v.test and v.status <> 'cancelled' and v.merged_into is null
        and (v.amount = 0 or v.refunded < v.amount)
"""
# What is left of an order's net after refunds: of its amount the same part went back.
_NET = """
    sum(v.net - round(v.net::numeric * least(v.refunded, v.amount) / greatest(v.amount, 1)))::bigint
"""


class AccountRow(Struct):
    """An account, who brought it, and by which referral."""

    advocate_id: UUID
    parent_id: UUID | None
    referral_id: UUID | None


class PartRow(Struct):
    """What a referral adds to its advocate: a friend without an account, a customer, orders' net by currency.
    `known`: something is still known that the friend's orders are found by."""

    referral_id: UUID
    advocate_id: UUID
    friend: bool
    customer: bool
    nets: dict[str, int]
    known: bool = True


class NodeRow(Struct):
    """An account with its sums. nets: by currency, what its own referrals brought, and with those of all
    below; generations: people by generation below it."""

    advocate_id: UUID
    parent_id: UUID | None
    accounts: int = 0
    friends: int = 0
    customers: int = 0
    all_customers: int = 0
    people: int = 0
    generations: list[int] = []
    nets: dict[str, list[int]] = {}


class ChangedRow(Struct):
    advocate_id: UUID | None
    referral_id: UUID | None


class WaitingRow(Struct):
    """A program with what has changed since it was summed up; `new`: it never was."""

    program_id: UUID
    changes: int
    new: bool


class ForestRow(Struct):
    """of_each: how many brought so many; generations: people by generation, roots first."""

    as_of: datetime
    of_each: dict[str, int]
    generations: list[int]


class DrawnRow(Struct):
    """A node of a tree with who it is; row: its parent's in the list. name: None of guests and of those who
    were erased."""

    row: int
    advocate_id: UUID
    program_id: UUID
    name: str | None
    status: AdvocateStatus
    erased: bool
    accounts: int
    friends: int
    customers: int
    all_customers: int
    people: int
    generations: list[int]
    nets: dict[str, list[int]]


class PersonRow(Struct):
    """Somebody on the way up."""

    advocate_id: UUID
    name: str | None
    status: AdvocateStatus
    erased: bool


# Columns for COPY: the net that each referral's friend has left, by currency.
NETS = f"""
    with friends as (
        select r.id, r.qualified_at, r.conversion_id from referrals r
        where r.workspace_id = $1 and r.program_id = $2 and {_BOUGHT}
    ), orders as (
        select f.id as referral_id, f.qualified_at, v.id from friends f
        join referral_keys rk on rk.workspace_id = $1 and rk.referral_id = f.id
        join customer_keys ck on ck.workspace_id = $1 and ck.key = rk.key
        join conversions v on v.workspace_id = $1 and v.customer_id = ck.customer_id
        union select id, qualified_at, conversion_id from friends where conversion_id is not null
    )
    select o.referral_id, rpad(v.currency, 3), {_NET} from orders o
    join conversions v on v.workspace_id = $1 and v.id = o.id
    where v.occurred_at >= o.qualified_at and {_ORDER}
    group by 1, 2
"""


@sql("""
    select count(pg_advisory_xact_lock(hashtextextended('elci trees of ' || $1::uuid || ' ' || $2::uuid, 0)))
    -- workspace_id: $1
""")
async def take_forest(db: Connection, workspace_id: UUID, program_id: UUID) -> int: ...


@sql("select * from entry.branching_workspaces()")
async def branching_workspaces(db: Connection) -> list[UUID]: ...


@sql("""
    select c.program_id, count(*)::integer as changes, not exists (
            select from referral_forests f where f.workspace_id = $1 and f.program_id = c.program_id) as new
    from referral_changes c where c.workspace_id = $1 group by 1, c.program_id order by 1
""")
async def waiting(db: Connection, workspace_id: UUID) -> list[WaitingRow]: ...


@sql("select exists (select from referral_changes where workspace_id = $1 and program_id = $2)")
async def has_changes(db: Connection, workspace_id: UUID, program_id: UUID) -> bool: ...


@sql("""
    with taken as (
        select id from referral_changes where workspace_id = $1 and program_id = $2 order by id limit $3
    )
    delete from referral_changes c
    where c.workspace_id = $1 and c.program_id = $2 and c.id in (select id from taken)
    returning c.advocate_id, c.referral_id
""")
async def take_changes(
    db: Connection, workspace_id: UUID, program_id: UUID, limit: int
) -> list[ChangedRow]: ...


@sql("delete from referral_changes where workspace_id = $1 and program_id = $2")
async def drop_changes(db: Connection, workspace_id: UUID, program_id: UUID) -> None: ...


# Somebody stands below who brought them, unless that referral was rejected.
@sql("""
    select a.id as advocate_id, r.advocate_id as parent_id, a.referral_id
    from advocates a
    left join referrals r on r.workspace_id = $1 and r.id = a.referral_id and r.state <> 'rejected'
        and r.advocate_id <> a.id
    where a.workspace_id = $1 and a.id in (
        select unnest($2::uuid[])
        union select id from advocates where workspace_id = $1 and referral_id = any($3))
    order by a.id
""")
async def accounts(
    db: Connection, workspace_id: UUID, advocate_ids: Sequence[UUID], referral_ids: Sequence[UUID]
) -> list[AccountRow]: ...


@sql(f"""
    select r.id as referral_id, r.advocate_id,
        r.state in ('signed_up', 'qualified', 'rewarded') and r.held is null and r.friend_id is null
            and not exists (select from advocates a where a.workspace_id = $1 and a.referral_id = r.id)
            as friend,
        {_BOUGHT} as customer,
        coalesce((
            select jsonb_object_agg(n.currency, n.net) from (
                select v.currency, {_NET} as net from conversions v
                where v.workspace_id = $1 and v.occurred_at >= r.qualified_at and {_ORDER} and v.id in (
                    select o.id from referral_keys rk
                    join customer_keys ck on ck.workspace_id = $1 and ck.key = rk.key
                    join conversions o on o.workspace_id = $1 and o.customer_id = ck.customer_id
                    where rk.workspace_id = $1 and rk.referral_id = r.id
                    union all select r.conversion_id where r.conversion_id is not null)
                group by 1) n
            where {_BOUGHT}), '{{}}') as nets,
        exists (select from referral_keys k where k.workspace_id = $1 and k.referral_id = r.id) as known
    from referrals r where r.workspace_id = $1 and r.id = any($2) order by r.id
""")
async def parts_now(db: Connection, workspace_id: UUID, referral_ids: Sequence[UUID]) -> list[PartRow]: ...


_PART = "p.referral_id, p.advocate_id, p.friend, p.customer, p.nets"


@sql(f"""
    select {_PART}, true as known from referral_parts p
    where p.workspace_id = $1 and p.referral_id = any($2) order by p.referral_id
""")
async def parts(db: Connection, workspace_id: UUID, referral_ids: Sequence[UUID]) -> list[PartRow]: ...


# Of friends who were erased it is not known any more what they ordered: it stays as it was.
@sql(f"""
    select {_PART}, false as known from referral_parts p
    where p.workspace_id = $1 and p.program_id = $2 and p.customer and not exists (
        select from referral_keys k where k.workspace_id = $1 and k.referral_id = p.referral_id)
""")
async def parts_of_unknown(db: Connection, workspace_id: UUID, program_id: UUID) -> list[PartRow]: ...


# With all above them; locked, though one job at a time is at work.
@sql("""
    with recursive above as (
        select n.advocate_id, n.parent_id from referral_nodes n
        where n.workspace_id = $1 and n.advocate_id = any($2)
        union
        select n.advocate_id, n.parent_id from above a
        join referral_nodes n on n.workspace_id = $1 and n.advocate_id = a.parent_id
    )
    select n.advocate_id, n.parent_id, n.accounts, n.friends, n.customers, n.all_customers, n.people,
        n.generations, n.nets
    from referral_nodes n
    where n.workspace_id = $1 and n.advocate_id in (select advocate_id from above)
""")
async def nodes_and_above(
    db: Connection, workspace_id: UUID, advocate_ids: Sequence[UUID]
) -> list[NodeRow]: ...


@sql("""
    insert into referral_nodes (workspace_id, program_id, advocate_id, parent_id, accounts, friends,
        customers, all_customers, people, generations, nets)
    select $1, $2, n.* from jsonb_to_recordset($3) as n (advocate_id uuid, parent_id uuid, accounts integer,
        friends integer, customers integer, all_customers bigint, people bigint, generations bigint[],
        nets jsonb)
    on conflict (workspace_id, advocate_id) do update
    set parent_id = excluded.parent_id, accounts = excluded.accounts, friends = excluded.friends,
        customers = excluded.customers, all_customers = excluded.all_customers, people = excluded.people,
        generations = excluded.generations, nets = excluded.nets
""")
async def save_nodes(
    db: Connection, workspace_id: UUID, program_id: UUID, nodes: Sequence[NodeRow]
) -> None: ...


@sql("""
    insert into referral_parts (workspace_id, program_id, referral_id, advocate_id, friend, customer, nets)
    select $1, $2, p.* from jsonb_to_recordset($3) as p (referral_id uuid, advocate_id uuid, friend boolean,
        customer boolean, nets jsonb)
    on conflict (workspace_id, referral_id) do update
    set advocate_id = excluded.advocate_id, friend = excluded.friend, customer = excluded.customer,
        nets = excluded.nets
""")
async def save_parts(
    db: Connection, workspace_id: UUID, program_id: UUID, parts: Sequence[PartRow]
) -> None: ...


@sql("""
    with levels as (
        select g.n, sum(g.people)::bigint as people
        from referral_nodes r cross join unnest(r.generations) with ordinality g (people, n)
        where r.workspace_id = $1 and r.program_id = $2 and r.parent_id is null
        group by 1
    ), brought as (
        select accounts + friends as brought, count(*) as n, sum(friends) as friends
        from referral_nodes where workspace_id = $1 and program_id = $2 group by 1
    ), each_one as (
        select brought, n from brought union all select 0, sum(friends) from brought having sum(friends) > 0
    )
    insert into referral_forests (workspace_id, program_id, as_of, of_each, generations)
    select $1, $2, $3,
        coalesce((select jsonb_object_agg(brought, n) from (
            select brought, sum(n) as n from each_one group by 1) e), '{}'),
        (select array[count(*)] from referral_nodes
            where workspace_id = $1 and program_id = $2 and parent_id is null)
            || coalesce((select array_agg(people order by n) from levels), '{}')
    on conflict (workspace_id, program_id) do update
    set as_of = excluded.as_of, of_each = excluded.of_each, generations = excluded.generations
""")
async def save_forest(db: Connection, workspace_id: UUID, program_id: UUID, as_of: datetime) -> None: ...


@sql("""
    select as_of, of_each, generations from referral_forests where workspace_id = $1 and program_id = $2
""")
async def find_forest(db: Connection, workspace_id: UUID, program_id: UUID) -> ForestRow | None: ...


NODE_COLUMNS = (
    *("advocate_id", "parent_id", "accounts", "friends", "customers", "all_customers", "people"),
    *("generations", "nets"),
)
PART_COLUMNS = ("referral_id", "advocate_id", "friend", "customer", "nets")


async def stage(db: Connection, nodes: bytes, parts: bytes) -> None:
    """Copies CSV of nodes and parts into tables of the session's own: one behind a wall takes no COPY."""
    for table, columns, data in (
        ("referral_nodes", NODE_COLUMNS, nodes),
        ("referral_parts", PART_COLUMNS, parts),
    ):
        names = ", ".join(columns)
        await db.execute(f"drop table if exists staged_{table}")
        await db.execute(
            f"create temporary table staged_{table} on commit drop as select {names} from {table} limit 0"
        )
        source = BytesIO(data)
        await db.copy_to_table(f"staged_{table}", source=source, columns=list(columns), format="csv")
        await db.execute(f"analyze staged_{table}")


async def take_staged(db: Connection, workspace_id: UUID, program_id: UUID) -> None:
    """Makes a program's nodes and parts what is staged; what is so already is left alone."""
    for table, columns in (("referral_nodes", NODE_COLUMNS), ("referral_parts", PART_COLUMNS)):
        key, *others = columns
        names = ", ".join(columns)
        await db.execute(
            f"""delete from {table} t where t.workspace_id = $1 and t.program_id = $2
                and not exists (select from staged_{table} s where s.{key} = t.{key})""",
            *(workspace_id, program_id),
        )
        await db.execute(
            f"""insert into {table} as t (workspace_id, program_id, {names})
                select $1, $2, {names} from staged_{table}
                on conflict (workspace_id, {key}) do update
                set {", ".join(f"{name} = excluded.{name}" for name in others)}
                where ({", ".join(f"t.{name}" for name in others)})
                    is distinct from ({", ".join(f"excluded.{name}" for name in others)})""",
            *(workspace_id, program_id),
        )


# Of whoever was erased, as a customer or as an influencer, the partner's record has no name any more.
_ERASED = "(p.status = 'archived' and p.name = '-')"
_NAME = """
    case when a.status <> 'guest' then coalesce(a.board_name, nullif(p.name, '-')) end
"""
_WHO = f"{_NAME} as name, a.status, {_ERASED} as erased"
_SUMS = "n.accounts, n.friends, n.customers, n.all_customers, n.people, n.generations, n.nets"


# Somebody who came since sums were made has brought nobody yet, so far as they say.
@sql(
    f"""
    select 0 as row, a.id as advocate_id, a.program_id, {_WHO}, coalesce(n.accounts, 0) as accounts,
        coalesce(n.friends, 0) as friends, coalesce(n.customers, 0) as customers,
        coalesce(n.all_customers, 0) as all_customers, coalesce(n.people, 0) as people,
        coalesce(n.generations, '{{}}') as generations, coalesce(n.nets, '{{}}') as nets
    from advocates a
    join partners p on p.workspace_id = $1 and p.id = a.partner_id
    left join referral_nodes n on n.workspace_id = $1 and n.advocate_id = a.id
    where a.workspace_id = $1 and a.id = $2
    """,
    missing=UnknownAdvocate,
)
async def top(db: Connection, workspace_id: UUID, advocate_id: UUID) -> DrawnRow: ...


@sql(f"""
    with chosen as (
        select l.row, c.* from unnest($2::uuid[], $3::integer[]) as l (id, row)
        cross join lateral (
            select * from referral_nodes n
            where n.workspace_id = $1 and n.parent_id = l.id
            order by n.people desc, n.advocate_id limit $4
        ) c
        order by l.row, c.people desc, c.advocate_id limit $5
    )
    select n.row, n.advocate_id, n.program_id, {_WHO}, {_SUMS} from chosen n
    join advocates a on a.workspace_id = $1 and a.id = n.advocate_id
    join partners p on p.workspace_id = $1 and p.id = a.partner_id
    order by n.row, n.people desc, n.advocate_id
""")
async def heaviest_below(
    db: Connection,
    workspace_id: UUID,
    advocate_ids: Sequence[UUID],
    rows: Sequence[int],
    wide: int,
    most: int,
) -> list[DrawnRow]: ...


@sql(f"""
    with recursive above as (
        select n.parent_id as id, 1 as step from referral_nodes n
        where n.workspace_id = $1 and n.advocate_id = $2 and n.parent_id is not null
        union all
        select n.parent_id, b.step + 1 from above b
        join referral_nodes n on n.workspace_id = $1 and n.advocate_id = b.id
        where n.parent_id is not null and b.step < $3
    )
    select a.id as advocate_id, {_WHO} from above b
    join advocates a on a.workspace_id = $1 and a.id = b.id
    join partners p on p.workspace_id = $1 and p.id = a.partner_id
    order by b.step desc
""")
async def way_up(db: Connection, workspace_id: UUID, advocate_id: UUID, most: int) -> list[PersonRow]: ...


@sql(f"""
    with chosen as (
        select * from referral_nodes n
        where n.workspace_id = $1 and n.program_id = $2 and n.parent_id is null
            and (n.people, n.advocate_id) < ($3, $4)
        order by n.people desc, n.advocate_id desc limit $5
    )
    select 0 as row, n.advocate_id, n.program_id, {_WHO}, {_SUMS} from chosen n
    join advocates a on a.workspace_id = $1 and a.id = n.advocate_id
    join partners p on p.workspace_id = $1 and p.id = a.partner_id
    order by n.people desc, n.advocate_id desc
""")
async def roots(
    db: Connection, workspace_id: UUID, program_id: UUID, people: int, after: UUID, limit: int
) -> list[DrawnRow]: ...
