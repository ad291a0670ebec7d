"""All SQL of tombstones, deletions and what they remove."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from service.influencers.problems import UnknownInfluencer
from service.influencers.removals.schemas import IdentityRow, RemovalCounts, RemovedRow
from service.kit.db import Connection, sql


@sql("select exists (select from influencer_tombstones where workspace_id = $1)")
async def has_tombstones(db: Connection, workspace_id: UUID) -> bool: ...


@sql("select mark from influencer_tombstones where workspace_id = $1 and mark = any($2::bytea[])")
async def find_marks(db: Connection, workspace_id: UUID, marks: Sequence[bytes]) -> list[bytes]: ...


@sql("""
    insert into influencer_tombstones (workspace_id, mark, reason, influencer_id)
    select $1, mark, $3, $4 from unnest($2::bytea[]) mark
    on conflict (workspace_id, mark) do update
        set reason = excluded.reason, influencer_id = excluded.influencer_id
        where influencer_tombstones.reason = 'opted_out'
""")
async def add_marks(
    db: Connection, workspace_id: UUID, marks: Sequence[bytes], reason: str, influencer_id: UUID | None
) -> None: ...


@sql("""
    delete from influencer_tombstones
    where workspace_id = $1 and influencer_id = any($2) and reason = 'opted_out'
""")
async def remove_marks(db: Connection, workspace_id: UUID, influencers: Sequence[UUID]) -> None: ...


@sql("""
    select platform, platform_id, handle_folded, name_folded, source from influencer_accounts
    where workspace_id = $1 and influencer_id = any($2)
""")
async def identities(
    db: Connection, workspace_id: UUID, influencers: Sequence[UUID]
) -> list[IdentityRow]: ...


@sql("""
    with recursive family as (
        select id from influencers where workspace_id = $1 and id = $2
        union
        select i.id from influencers i join family f on i.workspace_id = $1 and i.merged_into = f.id
    )
    select id from family
""")
async def with_merged(db: Connection, workspace_id: UUID, influencer_id: UUID) -> list[UUID]:
    """The influencer and the profiles that were merged into it."""
    ...


@sql(
    """
    select id, merged_into from influencers where workspace_id = $1 and id = $2 for update
    """,
    missing=UnknownInfluencer,
)
async def lock(db: Connection, workspace_id: UUID, influencer_id: UUID) -> RemovedRow: ...


@sql("""
    update influencers
    set opted_out_at = elci_now(), opt_out_reason = $3, version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = any($2) and opted_out_at is null
""")
async def opt_out(
    db: Connection, workspace_id: UUID, influencers: Sequence[UUID], reason: str | None
) -> None: ...


@sql("""
    update influencers
    set opted_out_at = null, opt_out_reason = null, version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = any($2)
""")
async def opt_in(db: Connection, workspace_id: UUID, influencers: Sequence[UUID]) -> None: ...


@sql("""
    with accounts as (
        select id from influencer_accounts where workspace_id = $1 and influencer_id = any($2)
    )
    select
        (select count(*) from influencers where workspace_id = $1 and id = any($2)) as influencers,
        (select count(*) from accounts) as accounts,
        (select count(*) from influencer_contacts where workspace_id = $1 and influencer_id = any($2))
            as contacts,
        (select count(*) from influencer_rates where workspace_id = $1 and influencer_id = any($2)) as rates,
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
        (select count(*) from influencer_merges where workspace_id = $1 and kept_id = any($2)) as merges
""")
async def count(db: Connection, workspace_id: UUID, influencers: Sequence[UUID]) -> RemovalCounts: ...


@sql("delete from influencers where workspace_id = $1 and id = any($2)")
async def delete(db: Connection, workspace_id: UUID, influencers: Sequence[UUID]) -> None:
    """With everything that hangs on them."""
    ...


@sql("""
    insert into influencer_deletions (workspace_id, id, subject_id, counts, actor)
    values ($1, $2, $3, $4, $5)
""")
async def record_deletion(
    db: Connection,
    workspace_id: UUID,
    deletion_id: UUID,
    subject_id: UUID,
    counts: dict[str, Any],
    actor: str,
) -> None: ...
