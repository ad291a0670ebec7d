"""All SQL of followers: identities by their hashes, people by their numbers, sets as bitmaps."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from asyncpg.cursor import CursorFactory
from msgspec import Struct

from service.influencers.followers.schemas import (
    Of,
    PlatformPair,
    SetBasis,
    SetHead,
    SetKey,
    SetRow,
    ShownRow,
)
from service.influencers.problems import UnknownFollowers
from service.kit.db import Connection, Record, sql

_SET = '"of", basis, size, sampled, keep, members, sample, as_of, source, version'
_OWN = 's."of", s.basis, s.size, s.sampled, s.keep, s.members, s.as_of, s.source, s.version'


class Resolved(Struct):
    """Hashes (16 bytes each) and the numbers (4 bytes each) of the same people; `suppressed`: left out."""

    hashes: bytes
    numbers: bytes
    suppressed: int


@sql("""
    select pg_try_advisory_xact_lock(hashtextextended(concat('followers ', workspace_id), 0))
    from (values ($1::uuid)) as here (workspace_id)
""")
async def try_turn(db: Connection, workspace_id: UUID) -> bool:
    """Whether this transaction is the only one that changes the workspace's people and sets."""
    ...


@sql("""
    insert into follower_counters (workspace_id) values ($1) on conflict (workspace_id) do nothing
""")
async def begin(db: Connection, workspace_id: UUID) -> None:
    """Makes the workspace's counters, where there are none yet."""
    ...


async def stage(db: Connection, hashes: Sequence[bytes]) -> None:
    """Puts hashes in a table of the session's own: one behind a wall takes no COPY."""
    await db.execute("""
        create temporary table if not exists stage_followers (id_hash bytea not null) on commit delete rows;
        truncate stage_followers;
    """)
    records = [(each,) for each in hashes]
    await db.copy_records_to_table("stage_followers", columns=["id_hash"], records=records)


async def resolve(db: Connection, workspace_id: UUID, platform: str) -> Resolved:
    """The numbers of the staged, distinct people; who is new gets the next ones. In one's turn only."""
    # `limit 1` makes an index look-up of each: the planner knows nothing of how many people there are.
    row = await db.fetchrow(
        """
        with wanted as materialized (
            select s.id_hash, k.ordinal from stage_followers s
            left join lateral (
                select f.ordinal from followers f
                where f.workspace_id = $1 and f.platform = $2 and f.id_hash = s.id_hash limit 1) k on true
            where not exists (
                select from follower_tombstones t
                where t.workspace_id = $1 and t.platform = $2 and t.id_hash = s.id_hash)
        ), fresh as (
            insert into followers (workspace_id, platform, id_hash, ordinal)
            select $1, $2, w.id_hash, c.people + (row_number() over (order by w.id_hash))::integer - 1
            from wanted w cross join follower_counters c
            where w.ordinal is null and c.workspace_id = $1
            returning id_hash, ordinal
        ), counted as (
            update follower_counters set people = people + (select count(*) from fresh)::integer
            where workspace_id = $1
        ), everybody as (
            select id_hash, ordinal from wanted where ordinal is not null
            union all select id_hash, ordinal from fresh
        )
        select coalesce(string_agg(id_hash, ''), '') as hashes,
            coalesce(string_agg(int4send(ordinal), ''), '') as numbers,
            (select count(*) from stage_followers) - count(*) as suppressed
        from everybody
        """,
        workspace_id,
        platform,
    )
    assert row is not None
    return Resolved(*row)


@sql("""
    update follower_counters set versions = versions + 1 where workspace_id = $1 returning versions
""")
async def next_version(db: Connection, workspace_id: UUID) -> int:
    """Of the workspace, so that a set which is deleted and made again is no older version of itself."""
    ...


@sql(f"""
    select account_id, {_SET} from follower_sets
    where workspace_id = $1 and account_id = $2 and "of" = $3 for update
""")
async def find_set(db: Connection, workspace_id: UUID, account_id: UUID, of: Of) -> SetRow | None:
    """Locked, so that the account can't go while its set is written anew."""
    ...


@sql("""
    insert into follower_sets (workspace_id, account_id, "of", basis, size, sampled, keep, members, sample,
        as_of, source, version)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    on conflict (workspace_id, account_id, "of") do update
        set basis = excluded.basis, size = excluded.size, sampled = excluded.sampled, keep = excluded.keep,
            members = excluded.members, sample = excluded.sample, as_of = excluded.as_of,
            source = excluded.source, version = excluded.version, updated_at = elci_now()
""")
async def put_set(
    db: Connection,
    workspace_id: UUID,
    account_id: UUID,
    of: Of,
    basis: SetBasis,
    size: int,
    sampled: int,
    keep: int | None,
    members: bytes,
    sample: bytes | None,
    as_of: datetime,
    source: str,
    version: int,
) -> None: ...


@sql(
    """
    delete from follower_sets where workspace_id = $1 and account_id = $2 and "of" = $3
    returning account_id, "of"
    """,
    missing=UnknownFollowers,
)
async def delete_set(db: Connection, workspace_id: UUID, account_id: UUID, of: Of) -> SetKey: ...


@sql("""
    select account_id, "of" from follower_sets where workspace_id = $1 order by account_id, "of"
""")
async def keys(db: Connection, workspace_id: UUID) -> list[SetKey]: ...


@sql(f"""
    select s.account_id, a.platform, a.handle, {_OWN}, s.created_at, s.updated_at
    from influencer_accounts a join follower_sets s on s.workspace_id = $1 and s.account_id = a.id
    where a.workspace_id = $1 and a.influencer_id = $2 and ($3::uuid is null or a.id = $3)
    order by s.size desc, s.account_id, s."of"
""")
async def sets_of(
    db: Connection, workspace_id: UUID, influencer_id: UUID, account_id: UUID | None
) -> list[ShownRow]: ...


@sql("""
    select s.account_id, s.size, s.sampled, s.as_of, s.source, s.version
    from follower_sets s
    join influencer_accounts a on a.workspace_id = $1 and a.id = s.account_id
    join influencers i on i.workspace_id = $1 and i.id = a.influencer_id and i.opted_out_at is null
    where s.workspace_id = $1 and s.account_id = any($2::uuid[]) and s."of" = $3
""")
async def heads(db: Connection, workspace_id: UUID, account_ids: Sequence[UUID], of: Of) -> list[SetHead]: ...


def stream(
    db: Connection, workspace_id: UUID, account_ids: Sequence[UUID], of: Of, prefetch: int
) -> "CursorFactory[Record]":
    """The sets of accounts whose influencers have not opted out, all as they are at one moment."""
    return db.cursor(
        """
        select s.account_id, s.basis, s.size,
            case when s.basis = 'hash_sample' then s.sample else s.members end as bits,
            s.as_of, s.source, s.version
        from follower_sets s
        join influencer_accounts a on a.workspace_id = $1 and a.id = s.account_id
        join influencers i on i.workspace_id = $1 and i.id = a.influencer_id and i.opted_out_at is null
        where s.workspace_id = $1 and s.account_id = any($2::uuid[]) and s."of" = $3
        """,
        workspace_id,
        list(account_ids),
        of,
        prefetch=prefetch,
    )


@sql("""
    select distinct one.platform as first, other.platform as second
    from followers one join followers other on other.workspace_id = $1 and other.ordinal = one.ordinal
    where one.workspace_id = $1 and one.linked and other.linked and one.platform < other.platform
""")
async def linked_platforms(db: Connection, workspace_id: UUID) -> list[PlatformPair]: ...


@sql("""
    select coalesce(string_agg(int4send(ordinal), ''), '') from (
        select ordinal from followers where workspace_id = $1 and linked
        group by ordinal having min(platform) <> max(platform)) elsewhere
""")
async def linked_people(db: Connection, workspace_id: UUID) -> bytes:
    """The numbers of people who are known on several platforms, four bytes each."""
    ...


@sql("""
    update followers f set ordinal = m.ordinal, linked = true
    from unnest($2::text[], $3::bytea[], $4::integer[]) as m (platform, id_hash, ordinal)
    where f.workspace_id = $1 and f.platform = m.platform and f.id_hash = m.id_hash
      and (f.ordinal, f.linked) <> (m.ordinal, true)
""")
async def renumber(
    db: Connection,
    workspace_id: UUID,
    platforms: Sequence[str],
    hashes: Sequence[bytes],
    numbers: Sequence[int],
) -> None: ...


@sql("""
    update followers f set ordinal = m.new
    from unnest($2::integer[], $3::integer[]) as m (old, new)
    where f.workspace_id = $1 and f.linked and f.ordinal = m.old
""")
async def renumber_linked(db: Connection, workspace_id: UUID, old: Sequence[int], new: Sequence[int]) -> None:
    """The identities that were linked to these before."""
    ...


@sql("""
    select f.ordinal from unnest($2::text[], $3::bytea[]) as w (platform, id_hash)
    join followers f on f.workspace_id = $1 and f.platform = w.platform and f.id_hash = w.id_hash
""")
async def find_people(
    db: Connection, workspace_id: UUID, platforms: Sequence[str], hashes: Sequence[bytes]
) -> list[int]: ...


@sql("""
    with gone as (
        select platform, id_hash from unnest($2::text[], $3::bytea[]) as named (platform, id_hash)
        union
        select platform, id_hash from followers
        where workspace_id = $1 and linked and ordinal = any($4::integer[])
    ), marked as (
        insert into follower_tombstones (workspace_id, platform, id_hash)
        select $1, platform, id_hash from gone
        on conflict (workspace_id, platform, id_hash) do nothing
    ), deleted as (
        delete from followers f using gone g
        where f.workspace_id = $1 and f.platform = g.platform and f.id_hash = g.id_hash
        returning f.ordinal
    )
    select count(*) from deleted
""")
async def suppress(
    db: Connection,
    workspace_id: UUID,
    platforms: Sequence[str],
    hashes: Sequence[bytes],
    numbers: Sequence[int],
) -> int:
    """Removes identities, with all others of these people, and keeps them out; how many went."""
    ...


@sql("""
    select exists (
        select from influencer_accounts where workspace_id = $1 and influencer_id = $2 and id = $3)
""")
async def has_account(db: Connection, workspace_id: UUID, influencer_id: UUID, account_id: UUID) -> bool: ...


@sql("select people from follower_counters where workspace_id = $1")
async def count_people(db: Connection, workspace_id: UUID) -> int:
    """How many numbers were given out."""
    ...


async def take_time(db: Connection) -> None:
    """For the rest of the transaction statements may take as long as they take: it is a job's."""
    await db.execute("set local statement_timeout = 0")


@sql("""
    with deleted as (
        delete from followers
        where workspace_id = $1 and not linked and get_bit($2::bytea, ordinal::bigint) = 0
        returning ordinal
    )
    select count(*) from deleted
""")
async def drop_people(db: Connection, workspace_id: UUID, alive: bytes) -> int:
    """Removes identities whose number's bit is not set; how many went."""
    ...
