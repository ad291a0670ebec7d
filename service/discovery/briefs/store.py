"""All SQL of briefs."""

from typing import Any
from uuid import UUID

from service.discovery.briefs.problems import UnknownBrief
from service.discovery.briefs.schemas import BriefRow, BriefWishes, Listed, Wishes
from service.kit.db import Connection, fetch, sql

_COLUMNS = "id, name, brand_id, stage, wishes, archived_at, version, created_at, updated_at"


@sql(f"""
    insert into briefs (workspace_id, id, name, brand_id, stage, wishes)
    values ($1, $2, $3, $4, $5, $6)
    returning {_COLUMNS}
""")
async def add_brief(
    db: Connection,
    workspace_id: UUID,
    brief_id: UUID,
    name: str,
    brand_id: UUID | None,
    stage: str | None,
    wishes: Wishes,
) -> BriefRow: ...


@sql(f"select {_COLUMNS} from briefs where workspace_id = $1 and id = $2", missing=UnknownBrief)
async def get_brief(db: Connection, workspace_id: UUID, brief_id: UUID) -> BriefRow: ...


@sql(f"select {_COLUMNS} from briefs where workspace_id = $1 and id = $2 for update", missing=UnknownBrief)
async def lock_brief(db: Connection, workspace_id: UUID, brief_id: UUID) -> BriefRow: ...


async def list_briefs(
    db: Connection, workspace_id: UUID, wanted: Listed, before: UUID | None, limit: int
) -> list[BriefRow]:
    """The newest first, older than `before`."""
    conditions, values = narrowed(wanted, "brand_id", before, [workspace_id, limit])
    text = f"select {_COLUMNS} from briefs where {conditions} order by id desc limit $2"
    return await fetch(db, BriefRow, text, *values)


def narrowed(wanted: Listed, parent: str, before: UUID | None, values: list[Any]) -> tuple[str, list[Any]]:
    """The conditions of a list, and the values bound to them behind those given."""
    conditions = ["workspace_id = $1"]
    hidden = False if wanted.archived is None and wanted.ids is None else wanted.archived
    if hidden is not None:
        conditions.append(f"archived_at is {'not ' if hidden else ''}null")
    asked = (("id = any(${})", wanted.ids), (f"{parent} = ${{}}", wanted.parent), ("id < ${}", before))
    for fragment, value in asked:
        if value is not None:
            values = [*values, value]
            conditions.append(fragment.format(len(values)))
    return " and ".join(conditions), values


@sql(f"""
    update briefs set name = $3, brand_id = $4, stage = $5, wishes = $6,
        version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = $2
    returning {_COLUMNS}
""")
async def save_brief(
    db: Connection,
    workspace_id: UUID,
    brief_id: UUID,
    name: str,
    brand_id: UUID | None,
    stage: str | None,
    wishes: Wishes,
) -> BriefRow: ...


@sql(
    f"""
    update briefs set archived_at = case when $3 then coalesce(archived_at, elci_now()) end,
        version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = $2
    returning {_COLUMNS}
    """,
    missing=UnknownBrief,
)
async def set_archived(db: Connection, workspace_id: UUID, brief_id: UUID, archived: bool) -> BriefRow: ...


@sql("""
    select id from unnest($2::uuid[]) as asked (id)
    where not exists (select from personas p where p.workspace_id = $1 and p.id = asked.id)
""")
async def unknown_personas(db: Connection, workspace_id: UUID, persona_ids: list[UUID]) -> list[UUID]: ...


@sql("""
    select id from unnest($2::uuid[]) as asked (id)
    where not exists (select from brands b where b.workspace_id = $1 and b.id = asked.id)
""")
async def unknown_brands(db: Connection, workspace_id: UUID, brand_ids: list[UUID]) -> list[UUID]: ...


@sql("""
    select id from unnest($2::uuid[]) as asked (id)
    where not exists (select from influencers i where i.workspace_id = $1 and i.id = asked.id)
""")
async def unknown_influencers(
    db: Connection, workspace_id: UUID, influencer_ids: list[UUID]
) -> list[UUID]: ...


@sql("""
    select id, wishes from briefs
    where workspace_id = $1 and wishes -> 'vetoes' -> 'influencer_ids' ?| $2::text[]
    for update
""")
async def briefs_vetoing(
    db: Connection, workspace_id: UUID, influencer_ids: list[str]
) -> list[BriefWishes]: ...


@sql("update briefs set wishes = $3, version = version + 1 where workspace_id = $1 and id = $2")
async def save_wishes(db: Connection, workspace_id: UUID, brief_id: UUID, wishes: Wishes) -> None: ...
