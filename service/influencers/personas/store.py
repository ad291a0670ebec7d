"""All SQL of personas."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from service.influencers.personas.schemas import PersonaRow
from service.influencers.problems import UnknownPersona
from service.kit.db import Connection, fetch, sql

COLUMNS = """
    id, name, demographics, "values", challenges, joys, interests, online_behaviour, platforms, content_types,
    active_hours, archived_at, version, created_at, updated_at
"""


@sql(f"select {COLUMNS} from personas where workspace_id = $1 and id = $2", missing=UnknownPersona)
async def get_persona(db: Connection, workspace_id: UUID, persona_id: UUID) -> PersonaRow: ...


@sql(
    f"select {COLUMNS} from personas where workspace_id = $1 and id = $2 for update",
    missing=UnknownPersona,
)
async def lock_persona(db: Connection, workspace_id: UUID, persona_id: UUID) -> PersonaRow: ...


@sql(f"""
    insert into personas (workspace_id, id, name, demographics, "values", challenges, joys, interests,
        online_behaviour, platforms, content_types, active_hours)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning {COLUMNS}
""")
async def add_persona(
    db: Connection,
    workspace_id: UUID,
    persona_id: UUID,
    name: str,
    demographics: dict[str, Any],
    values: Sequence[str],
    challenges: Sequence[str],
    joys: Sequence[str],
    interests: Sequence[str],
    online_behaviour: str | None,
    platforms: Sequence[str],
    content_types: Sequence[str],
    active_hours: Sequence[str],
) -> PersonaRow: ...


@sql(f"""
    update personas set name = $3, demographics = $4, "values" = $5, challenges = $6, joys = $7,
        interests = $8, online_behaviour = $9, platforms = $10, content_types = $11, active_hours = $12,
        version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = $2 returning {COLUMNS}
""")
async def save_persona(
    db: Connection,
    workspace_id: UUID,
    persona_id: UUID,
    name: str,
    demographics: dict[str, Any],
    values: Sequence[str],
    challenges: Sequence[str],
    joys: Sequence[str],
    interests: Sequence[str],
    online_behaviour: str | None,
    platforms: Sequence[str],
    content_types: Sequence[str],
    active_hours: Sequence[str],
) -> PersonaRow: ...


@sql(f"""
    update personas set archived_at = case when $3 then coalesce(archived_at, elci_now()) end,
        version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = $2 returning {COLUMNS}
""")
async def set_archived(
    db: Connection, workspace_id: UUID, persona_id: UUID, archived: bool
) -> PersonaRow: ...


async def list_personas(
    db: Connection,
    workspace_id: UUID,
    wanted_ids: Sequence[UUID] | None,
    archived: bool | None,
    after: UUID | None,
    limit: int,
) -> list[PersonaRow]:
    """The newest first."""
    values: list[Any] = [workspace_id, limit]
    conditions = ["workspace_id = $1"]
    if archived is not None:
        conditions.append(f"archived_at is {'not ' * archived}null")
    for fragment, value in (("id = any(${})", wanted_ids), ("id < ${}", after)):
        if value is not None:
            values.append(value)
            conditions.append(fragment.format(len(values)))
    text = f"select {COLUMNS} from personas where {' and '.join(conditions)} order by id desc limit $2"
    return await fetch(db, PersonaRow, text, *values)
