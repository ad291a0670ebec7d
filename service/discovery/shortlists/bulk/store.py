"""SQL of bulk changes of shortlists."""

from uuid import UUID

from service.discovery.shortlists.bulk.schemas import StandingRow
from service.kit.db import Connection, sql


@sql("""
    select i.id, i.opted_out_at is not null as opted_out,
        (i.archived_at is not null or i.merged_into is not null) as archived
    from influencers i where i.workspace_id = $1 and i.id = any($2)
""")
async def standing(db: Connection, workspace_id: UUID, influencer_ids: list[UUID]) -> list[StandingRow]: ...


@sql("""
    insert into shortlist_items (workspace_id, shortlist_id, influencer_id, fit, sentences, run_id)
    select $1, $2, id, fit, array(select jsonb_array_elements_text(sentences)), $6
    from unnest($3::uuid[], $4::float8[], $5::jsonb[]) as new (id, fit, sentences)
    on conflict on constraint shortlist_items_pkey do nothing
    returning influencer_id
""")
async def add_items(
    db: Connection,
    workspace_id: UUID,
    shortlist_id: UUID,
    influencer_ids: list[UUID],
    fits: list[float | None],
    sentences: list[tuple[str, ...]],
    run_id: UUID | None,
) -> list[UUID]: ...


@sql("""
    select influencer_id from shortlist_items
    where workspace_id = $1 and shortlist_id = $2 and influencer_id = any($3)
""")
async def on_list(
    db: Connection, workspace_id: UUID, shortlist_id: UUID, influencer_ids: list[UUID]
) -> list[UUID]: ...


@sql("""
    update shortlist_items set status = $4, reason = $5, updated_at = elci_now()
    where workspace_id = $1 and shortlist_id = $2 and influencer_id = any($3)
      and (status, coalesce(reason, '')) <> ($4, coalesce($5, ''))
    returning influencer_id
""")
async def set_status(
    db: Connection,
    workspace_id: UUID,
    shortlist_id: UUID,
    influencer_ids: list[UUID],
    status: str,
    reason: str | None,
) -> list[UUID]: ...
