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
    """Adds what is new and completes what is known; a row that was taken in before changes nothing."""
    posts, names = tables.posts, ", ".join(_NAMES)
    text = f"""
        with known as (
            select s.n, t.id, t.digests @> s.digests as seen, {_differs("t", "s")} as differs
            from stage_posts s join {posts} t
              on t.workspace_id = $1 and t.account_id = s.account_id and t.post_key = s.post_key
        ), added as (
            insert into {posts} (workspace_id, id, {names}, digests)
            select $1, s.id, {", ".join(f"s.{name}" for name in _NAMES)}, s.digests
            from stage_posts s where not exists (select from known k where k.n = s.n)
            order by s.account_id, s.post_key
            on conflict (workspace_id, account_id, post_key) do nothing returning id
        ), changed as (
            update {posts} t set {", ".join(f"{name} = {_newer(name)}" for name in _CHANGING)},
                observed_at = greatest(s.observed_at, t.observed_at), digests = t.digests || s.digests,
                updated_at = elci_now()
            from stage_posts s join known k using (n)
            where t.workspace_id = $1 and t.id = k.id and not k.seen
              and (k.differs or s.observed_at > t.observed_at)
            returning t.id
        )
        select s.n, coalesce(k.id, s.id) as id, s.account_id,
               case when k.id is null then case when a.id is null then 'missed' else 'created' end
                    when k.differs and c.id is not null then 'updated' else 'unchanged' end as status
        from stage_posts s left join known k using (n)
        left join added a on a.id = s.id left join changed c on c.id = k.id
    """
    return await fetch(db, Stored, text, workspace_id)


def _newer(name: str) -> str:
    """What a column becomes: the newer of both where it says something, else the older (SQL)."""
    new, old = f"s.{name}", f"t.{name}"
    if name in _LISTS:
        new, old = f"nullif({new}, '{{}}')", f"nullif({old}, '{{}}')"
    newer, older = f"coalesce({new}, {old})", f"coalesce({old}, {new})"
    chosen = f"case when s.observed_at >= t.observed_at then {newer} else {older} end"
    return f"coalesce({chosen}, '{{}}')" if name in _LISTS else chosen


def _differs(old: str, new: str) -> str:
    pairs = (f"{_newer(name)} is distinct from {old}.{name}" for name in _CHANGING)
    return f"({' or '.join(pairs)})"


async def figures(
    db: Connection, tables: Tables, workspace_id: UUID, accounts: Sequence[UUID]
) -> list[PostFigures]:
    """The posts from which these accounts' rates are computed: those of 90 days before the newest look."""
    text = f"""
        select p.account_id, a.platform, p.format, coalesce(p.sponsored, false) as sponsored,
               (extract(epoch from n.seen_at - p.published_at) / 3600)::float8 as age_hours,
               p.likes, p.comments, p.shares, p.saves, p.private_interactions as private, p.views, p.reach,
               coalesce(p.followers, (
                   select s.followers from {tables.snapshots} s
                   where s.workspace_id = $1 and s.account_id = p.account_id and s.followers is not null
                   order by abs(extract(epoch from s.as_of - p.published_at)), s.as_of, s.source limit 1
               ), a.followers) as followers
        from (select account_id, max(observed_at) as seen_at from {tables.posts}
              where workspace_id = $1 and account_id = any($2) group by account_id) n
        join {tables.accounts} a on a.workspace_id = $1 and a.id = n.account_id
        cross join lateral (
            select * from {tables.posts} q where q.workspace_id = $1 and q.account_id = n.account_id
              and q.published_at between n.seen_at - interval '90 days' and n.seen_at - interval '72 hours'
            order by q.published_at desc limit 200) p
    """
    return await fetch(db, PostFigures, text, workspace_id, accounts)


class Seen(msgspec.Struct):
    """When an account's posts were last looked at."""

    account_id: UUID
    seen_at: datetime


async def seen(db: Connection, tables: Tables, workspace_id: UUID, accounts: Sequence[UUID]) -> list[Seen]:
    """Sets these accounts' last post, and says when they were last looked at."""
    text = f"""
        with newest as (
            select account_id, max(published_at) as last_post_at, max(observed_at) as seen_at
            from {tables.posts} where workspace_id = $1 and account_id = any($2) group by account_id
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
