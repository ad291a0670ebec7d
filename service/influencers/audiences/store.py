"""All SQL of audiences."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from service.influencers.audiences.schemas import AudienceRow, CodeRow, HeldRow, KnownRow
from service.influencers.audiences.values import Written
from service.influencers.problems import UnknownAudience
from service.kit.db import Connection, sql


@sql("""
    insert into audience_codes (workspace_id, dimension, code, code_folded)
    select $1, dimension, code, code_folded
    from unnest($2::text[], $3::text[], $4::text[]) as new (dimension, code, code_folded)
    where not exists (
        select from audience_codes k where k.workspace_id = $1 and k.dimension = new.dimension
          and k.code_folded = new.code_folded)
    order by dimension, code_folded
    on conflict on constraint audience_codes_code_key do nothing
""")
async def add_codes(
    db: Connection,
    workspace_id: UUID,
    dimensions: Sequence[str],
    codes: Sequence[str],
    folded: Sequence[str],
) -> None: ...


@sql("""
    select k.id, k.dimension, k.code_folded
    from unnest($2::text[], $3::text[]) as wanted (dimension, code_folded)
    join audience_codes k on k.workspace_id = $1 and k.dimension = wanted.dimension
      and k.code_folded = wanted.code_folded
""")
async def codes(
    db: Connection, workspace_id: UUID, dimensions: Sequence[str], folded: Sequence[str]
) -> list[CodeRow]: ...


@sql("""
    select id from influencer_accounts where workspace_id = $1 and id = any($2) order by id for no key update
""")
async def lock_accounts(db: Connection, workspace_id: UUID, accounts: Sequence[UUID]) -> list[UUID]:
    """So that two that write one account's audience agree on which is its newest."""
    ...


@sql("""
    select d.account_id, d.as_of, d.source, d.sample_size, d.codes, d.shares, d.digests
    from unnest($2::uuid[], $3::timestamptz[], $4::text[]) as wanted (account_id, as_of, source)
    cross join lateral (
        select * from influencer_audiences a where a.workspace_id = $1
          and a.account_id = wanted.account_id and a.as_of = wanted.as_of and a.source = wanted.source
        limit 1) d
""")
async def held(
    db: Connection,
    workspace_id: UUID,
    accounts: Sequence[UUID],
    days: Sequence[datetime],
    sources: Sequence[str],
) -> list[HeldRow]: ...


async def stage(db: Connection, rows: Sequence[Written]) -> None:
    """Puts distributions in a table of the session's own: one behind a wall takes no COPY."""
    await db.execute("""
        create temporary table if not exists stage_audiences (
            account_id uuid not null, as_of timestamptz not null, source text not null, sample_size bigint,
            codes integer[] not null, shares real[] not null, digests bigint[] not null
        ) on commit delete rows
    """)
    await db.execute("truncate stage_audiences")
    await db.copy_records_to_table(
        "stage_audiences",
        columns=["account_id", "as_of", "source", "sample_size", "codes", "shares", "digests"],
        records=[
            (row.account_id, row.as_of, row.source, row.sample_size, row.codes, row.shares, row.digests)
            for row in rows
        ],
    )


async def store_staged(db: Connection, workspace_id: UUID) -> None:
    """Writes the staged distributions; which one is an account's newest is settled before and after."""
    await db.execute(
        """
        update influencer_audiences set latest = false
        where workspace_id = $1 and ctid = any(array(
            select d.ctid from stage_audiences s cross join lateral (
                select ctid, as_of, source from influencer_audiences a
                where a.workspace_id = $1 and a.account_id = s.account_id and a.latest limit 1) d
            where (d.as_of, d.source) <= (s.as_of, s.source)))
        """,
        workspace_id,
    )
    await db.execute(
        """
        with newest as (
            select distinct on (account_id) account_id, as_of, source from stage_audiences
            order by account_id, as_of desc, source desc
        )
        insert into influencer_audiences as d
            (workspace_id, account_id, as_of, source, sample_size, codes, shares, digests, latest)
        select $1, s.account_id, s.as_of, s.source, s.sample_size, s.codes, s.shares, s.digests,
            (s.as_of, s.source) = (n.as_of, n.source) and not exists (
                select from influencer_audiences k
                where k.workspace_id = $1 and k.account_id = s.account_id and k.latest)
        from stage_audiences s join newest n using (account_id)
        on conflict (workspace_id, account_id, as_of, source) do update
            set sample_size = excluded.sample_size, codes = excluded.codes, shares = excluded.shares,
                digests = excluded.digests, latest = excluded.latest, updated_at = elci_now()
        """,
        workspace_id,
    )


@sql(
    """
    select d.account_id, d.as_of, d.source, d.sample_size,
        array(select k.dimension from unnest(d.codes) with ordinality as u (id, place)
              join audience_codes k on k.workspace_id = $1 and k.id = u.id order by u.place) as dimensions,
        array(select k.code from unnest(d.codes) with ordinality as u (id, place)
              join audience_codes k on k.workspace_id = $1 and k.id = u.id order by u.place) as codes,
        d.shares
    from influencer_audiences d
    where d.workspace_id = $1 and d.account_id = $2 and ($3::text is null or d.source = $3)
      and ($4::timestamptz is null or d.as_of = $4)
    order by d.as_of desc, d.source desc limit 1
    """,
    missing=UnknownAudience,
)
async def get_audience(
    db: Connection, workspace_id: UUID, account_id: UUID, source: str | None, as_of: datetime | None
) -> AudienceRow: ...


@sql("""
    select source, as_of, sample_size from influencer_audiences
    where workspace_id = $1 and account_id = $2 order by as_of desc, source desc limit 100
""")
async def known(db: Connection, workspace_id: UUID, account_id: UUID) -> list[KnownRow]: ...
