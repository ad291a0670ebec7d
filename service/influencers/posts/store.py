"""All SQL of posts, for influencers and brands alike."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from service.influencers.engagement import PostFigures
from service.influencers.posts.schemas import PostRow
from service.influencers.posts.values import Known, PostValues
from service.influencers.schemas import ByTime
from service.influencers.tables import Tables
from service.kit import ids
from service.kit.db import Connection, fetch

_NAMES = PostValues.__struct_fields__
# What a later row may change; None and an empty list change nothing.
_CHANGING = tuple(name for name in _NAMES if name not in ("account_id", "post_key", "observed_at"))
_LISTS = ("hashtags", "mentions")


class Stored(msgspec.Struct):
    """What became of a staged post."""

    n: int
    id: UUID
    account_id: UUID
    status: str


async def stage(db: Connection, known: Sequence[Known]) -> None:
    """Puts posts in a table of the session's own: one behind a wall takes no COPY."""
    await db.execute("""
        create temporary table if not exists stage_posts (
            n integer not null, id uuid not null, account_id uuid not null,
            post_key text collate "C" not null,
            platform_id text, url text, format text not null, published_at timestamptz, caption text,
            hashtags text[] not null, mentions text[] not null, sponsored boolean, likes bigint,
            comments bigint, shares bigint, saves bigint, private_interactions bigint, views bigint,
            reach bigint, impressions bigint, followers bigint, observed_at timestamptz not null,
            source text not null, digests bigint[] not null
        ) on commit delete rows
    """)
    await db.execute("truncate stage_posts")
    await db.copy_records_to_table(
        "stage_posts",
        columns=["n", "id", *_NAMES, "digests"],
        records=[
            (n, ids.new(), *msgspec.structs.astuple(one.values), one.digests) for n, one in enumerate(known)
        ],
    )


async def store_staged(db: Connection, tables: Tables, workspace_id: UUID) -> list[Stored]:
    """Adds what is new and completes what is known; a row that was taken in before changes nothing.

    A post that was seen again as it was is looked at later, and unchanged.
    """
    names = ", ".join(_NAMES)
    text = f"""
        with known as materialized (
            select s.n, t.id, t.digests @> s.digests as seen, {_differs("s", "t")} as differs
            from stage_posts s cross join lateral (
                select * from {tables.posts} t where t.workspace_id = $1
                  and t.account_id = s.account_id and t.post_key = s.post_key limit 1) t
        ), written as (
            insert into {tables.posts} as t (workspace_id, id, {names}, digests)
            select $1, s.id, {", ".join(f"s.{name}" for name in _NAMES)}, s.digests
            from stage_posts s left join known k using (n) where k.seen is not true
            order by s.account_id, s.post_key
            on conflict (workspace_id, account_id, post_key) do update
                set {", ".join(f"{name} = {_newer(name, 'excluded', 't')}" for name in _CHANGING)},
                    observed_at = greatest(excluded.observed_at, t.observed_at),
                    digests = t.digests || excluded.digests, updated_at = elci_now()
                where {_differs("excluded", "t")} or excluded.observed_at > t.observed_at
            returning id, account_id, post_key, xmax = 0 as is_new
        )
        select s.n, coalesce(w.id, k.id) as id, account_id,
               case when w.is_new then 'created' when k.id is null or (k.differs and w.id is not null)
                    then 'updated' else 'unchanged' end as status
        from stage_posts s left join known k using (n)
        left join written w using (account_id, post_key)
    """
    return await fetch(db, Stored, text, workspace_id)


def _newer(name: str, new_row: str, old_row: str) -> str:
    """What a column becomes: the newer of both where it says something, else the older (SQL)."""
    new, old = f"{new_row}.{name}", f"{old_row}.{name}"
    if name in _LISTS:
        new, old = f"nullif({new}, '{{}}')", f"nullif({old}, '{{}}')"
    newer, older = f"coalesce({new}, {old})", f"coalesce({old}, {new})"
    chosen = f"case when {new_row}.observed_at >= {old_row}.observed_at then {newer} else {older} end"
    return f"coalesce({chosen}, '{{}}')" if name in _LISTS else chosen


def _differs(new: str, old: str) -> str:
    pairs = (f"{_newer(name, new, old)} is distinct from {old}.{name}" for name in _CHANGING)
    return f"({' or '.join(pairs)})"


def _figures(tables: Tables, taken: str, most: int) -> str:
    """The figures of accounts' posts, the newest first; `taken` says which posts q (SQL)."""
    return f"""
        select p.account_id, a.platform, p.format, coalesce(p.sponsored, false) as sponsored,
               (extract(epoch from o.seen_at - p.published_at) / 3600)::float8 as age_hours,
               p.likes, p.comments, p.shares, p.saves, p.private_interactions as private, p.views, p.reach,
               coalesce(p.followers, (
                   select s.followers from {tables.snapshots} s
                   where s.workspace_id = $1 and s.account_id = p.account_id and s.followers is not null
                   order by abs(extract(epoch from s.as_of - p.published_at)), s.as_of, s.source limit 1
               ), a.followers) as followers
        from unnest($2::uuid[]) as n (account_id)
        cross join lateral (
            select max(q.observed_at) as seen_at from {tables.posts} q
            where q.workspace_id = $1 and q.account_id = n.account_id) o
        cross join lateral (
            select * from {tables.accounts} b where b.workspace_id = $1 and b.id = n.account_id limit 1) a
        cross join lateral (
            select * from {tables.posts} q where q.workspace_id = $1 and q.account_id = n.account_id
              and ({taken})
            order by q.published_at desc nulls last limit {most}) p
    """


async def figures(
    db: Connection, tables: Tables, workspace_id: UUID, accounts: Sequence[UUID]
) -> list[PostFigures]:
    """The posts from which these accounts' rates are computed: those of 90 days before the newest look."""
    text = _figures(
        tables,
        "q.published_at between o.seen_at - interval '90 days' and o.seen_at - interval '72 hours'",
        most=200,
    )
    return await fetch(db, PostFigures, text, workspace_id, accounts)


async def figures_within(
    db: Connection, tables: Tables, workspace_id: UUID, accounts: Sequence[UUID], window_days: int
) -> list[PostFigures]:
    """These accounts' posts of so many days before the newest look, also the youngest and the undated."""
    taken = "q.published_at is null or q.published_at >= o.seen_at - make_interval(days => $3)"
    return await fetch(
        db, PostFigures, _figures(tables, taken, most=1_000), workspace_id, accounts, window_days
    )


class Seen(msgspec.Struct):
    """When an account's posts were last looked at."""

    account_id: UUID
    seen_at: datetime


async def seen(db: Connection, tables: Tables, workspace_id: UUID, accounts: Sequence[UUID]) -> list[Seen]:
    """Sets these accounts' last post, and says when they were last looked at."""
    text = f"""
        with newest as (
            select n.account_id, p.* from unnest($2::uuid[]) as n (account_id) cross join lateral (
                select max(published_at) as last_post_at, max(observed_at) as seen_at
                from {tables.posts} p where p.workspace_id = $1 and p.account_id = n.account_id) p
            where p.seen_at is not null
        ), moved as (
            update {tables.accounts} a set last_post_at = n.last_post_at, updated_at = elci_now()
            from newest n where a.workspace_id = $1 and a.id = n.account_id
              and a.last_post_at is distinct from n.last_post_at
        )
        select account_id, seen_at from newest
    """
    return await fetch(db, Seen, text, workspace_id, accounts)


async def list_posts(
    db: Connection,
    tables: Tables,
    workspace_id: UUID,
    owner_id: UUID,
    account_id: UUID | None,
    since: datetime | None,
    until: datetime | None,
    after: ByTime | None,
    limit: int,
) -> list[PostRow]:
    """The newest first; posts without a time last."""
    sorted_at = "coalesce(p.published_at, to_timestamp(0))"
    values: list[Any] = [workspace_id, owner_id, limit]
    conditions = [f"p.workspace_id = $1 and a.workspace_id = $1 and a.{tables.key} = $2"]
    for fragment, value in (
        ("a.id = ${}", account_id),
        ("p.published_at >= ${}", since),
        ("p.published_at < ${}", until),
    ):
        if value is not None:
            values.append(value)
            conditions.append(fragment.format(len(values)))
    if after is not None:
        values += after
        conditions.append(f"({sorted_at}, p.id) < (${len(values) - 1}, ${len(values)})")
    shown = [name for name in _NAMES if name not in ("account_id", "post_key")]
    text = f"""
        select p.id, p.account_id, a.platform, {", ".join(f"p.{name}" for name in shown)},
               {sorted_at} as sorted_at
        from {tables.accounts} a join {tables.posts} p on p.account_id = a.id
        where {" and ".join(conditions)} order by {sorted_at} desc, p.id desc limit $3
    """
    return await fetch(db, PostRow, text, *values)
