"""All SQL of merging."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from service.influencers.merging.schemas import MergeRow, Moved, MovedCounts
from service.influencers.problems import UnknownMerge
from service.influencers.profiles.schemas import InfluencerRow
from service.influencers.profiles.store import COLUMNS
from service.kit.db import Connection, sql


@sql(f"""
    select {COLUMNS} from influencers where workspace_id = $1 and id = any($2) order by id for update
""")
async def lock_all(
    db: Connection, workspace_id: UUID, influencers: Sequence[UUID]
) -> list[InfluencerRow]: ...


@sql("""
    select i.id as influencer_id,
        array(select a.id from influencer_accounts a
              where a.workspace_id = $1 and a.influencer_id = i.id) as accounts,
        array(select r.id from influencer_rates r
              where r.workspace_id = $1 and r.influencer_id = i.id) as rates,
        array(select c.id from influencer_contacts c
              where c.workspace_id = $1 and c.influencer_id = i.id) as contacts,
        i.archived_at
    from influencers i where i.workspace_id = $1 and i.id = any($2) order by i.id
""")
async def belongings(db: Connection, workspace_id: UUID, influencers: Sequence[UUID]) -> list[Moved]: ...


@sql("""
    with accounts as (
        select id from influencer_accounts where workspace_id = $1 and influencer_id = any($2)
    )
    select
        (select count(*) from accounts) as accounts,
        (select count(*) from influencer_snapshots s
         where s.workspace_id = $1 and s.account_id in (select id from accounts)) as snapshots,
        (select count(*) from influencer_audiences d
         where d.workspace_id = $1 and d.account_id in (select id from accounts)) as audiences,
        (select count(*) from follower_samples f
         where f.workspace_id = $1 and f.account_id in (select id from accounts)) as follower_samples,
        (select count(*) from follower_sets f
         where f.workspace_id = $1 and f.account_id in (select id from accounts)) as follower_sets,
        (select count(*) from influencer_posts p
         where p.workspace_id = $1 and p.account_id in (select id from accounts)) as posts,
        (select count(*) from influencer_rates where workspace_id = $1 and influencer_id = any($2)) as rates,
        (select count(*) from influencer_contacts where workspace_id = $1 and influencer_id = any($2))
            as contacts
""")
async def count(db: Connection, workspace_id: UUID, influencers: Sequence[UUID]) -> MovedCounts: ...


@sql("""
    update influencer_accounts set influencer_id = $2, updated_at = elci_now()
    where workspace_id = $1 and id = any($3)
""")
async def move_accounts(db: Connection, workspace_id: UUID, to: UUID, accounts: Sequence[UUID]) -> None: ...


@sql("""
    update influencer_rates r set influencer_id = $2
    where workspace_id = $1 and id = any($3) and not exists (
        select from influencer_rates k
        where k.workspace_id = $1 and k.influencer_id = $2 and k.platform = r.platform
          and k.format = r.format and k.currency = r.currency and k.source = r.source
          and k.valid_from = r.valid_from)
    returning id
""")
async def move_rates(db: Connection, workspace_id: UUID, to: UUID, rates: Sequence[UUID]) -> list[UUID]:
    """Those that moved; a price of which there is one already stays with the merged profile."""
    ...


@sql("update influencer_contacts set influencer_id = $2 where workspace_id = $1 and id = any($3)")
async def move_contacts(db: Connection, workspace_id: UUID, to: UUID, contacts: Sequence[UUID]) -> None: ...


@sql("""
    update influencers
    set merged_into = $3, archived_at = coalesce(archived_at, elci_now()), version = version + 1,
        updated_at = elci_now()
    where workspace_id = $1 and id = any($2)
""")
async def mark_merged(
    db: Connection, workspace_id: UUID, influencers: Sequence[UUID], kept: UUID
) -> None: ...


@sql("""
    update influencers i
    set merged_into = null, archived_at = m.archived_at, version = version + 1, updated_at = elci_now()
    from jsonb_to_recordset($2::jsonb) as m(influencer_id uuid, archived_at timestamptz)
    where i.workspace_id = $1 and i.id = m.influencer_id
""")
async def unmark_merged(db: Connection, workspace_id: UUID, moved: list[dict[str, Any]]) -> None: ...


MERGE = "id, kept_id, merged_ids, moved, before, actor, created_at, undone_at"


@sql("""
    insert into influencer_merges (workspace_id, id, kept_id, merged_ids, moved, before, actor)
    values ($1, $2, $3, $4, $5, $6, $7)
""")
async def add_merge(
    db: Connection,
    workspace_id: UUID,
    merge_id: UUID,
    kept_id: UUID,
    merged_ids: Sequence[UUID],
    moved: list[dict[str, Any]],
    before: dict[str, Any],
    actor: str,
) -> None: ...


@sql(
    f"select {MERGE} from influencer_merges where workspace_id = $1 and kept_id = $2 and id = $3 for update",
    missing=UnknownMerge,
)
async def lock_merge(db: Connection, workspace_id: UUID, kept_id: UUID, merge_id: UUID) -> MergeRow: ...


@sql(f"select {MERGE} from influencer_merges where workspace_id = $1 and kept_id = $2 order by id desc")
async def merges_of(db: Connection, workspace_id: UUID, kept_id: UUID) -> list[MergeRow]: ...


@sql("""
    select id from influencer_merges
    where workspace_id = $1 and kept_id = $2 and undone_at is null order by id desc limit 1
""")
async def newest_merge(db: Connection, workspace_id: UUID, kept_id: UUID) -> UUID | None: ...


@sql("update influencer_merges set undone_at = elci_now() where workspace_id = $1 and id = $2")
async def mark_undone(db: Connection, workspace_id: UUID, merge_id: UUID) -> None: ...
