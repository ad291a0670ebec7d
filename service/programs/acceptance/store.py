"""All SQL of accepted terms."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from service.kit.db import Connection, fetch, sql
from service.programs.acceptance.schemas import (
    AcceptanceRow,
    AcceptedRow,
    ListedAcceptances,
    StandingRow,
)

_FRAGMENTS = {
    "partner_ids": "a.partner_id = any(${})",
    "version": "a.version = ${}",
}


# Once: who accepted a version first stays the one who did.
@sql("""
    insert into terms_acceptances (workspace_id, program_id, partner_id, version, accepted_by, accepted_at)
    values ($1, $2, $3, $4, $5, coalesce($6, elci_now()))
    on conflict (workspace_id, program_id, partner_id, version) do nothing
""")
async def add(
    db: Connection,
    workspace_id: UUID,
    program_id: UUID,
    partner_id: UUID,
    version: int,
    accepted_by: str,
    accepted_at: datetime | None,
) -> None: ...


# The terms of the partner's program that are in force, and those to come; the ones in force first.
@sql("""
    select g.id as program_id, g.name as program, t.version, t.valid_from,
        coalesce(t.valid_from, '-infinity') <= elci_now() as in_force,
        (select min(a.accepted_at) from terms_acceptances a
         where a.workspace_id = $1 and a.program_id = g.id and a.version = t.version and a.partner_id in (
            select r.id from partners r where r.workspace_id = $1 and p.id in (r.id, r.merged_into)
         )) as accepted_at
    from partners p
    join programs g on g.workspace_id = $1 and g.id = p.program_id and g.status <> 'archived'
    join program_terms t on t.workspace_id = $1 and t.program_id = g.id
    where p.workspace_id = $1 and p.id = $2 and ($3::uuid is null or g.id = $3) and (
        t.valid_from > elci_now()
        or t.version = (
            select c.version from program_terms c
            where c.workspace_id = $1 and c.program_id = g.id
                and coalesce(c.valid_from, '-infinity') <= elci_now()
            order by coalesce(c.valid_from, '-infinity') desc, c.version desc limit 1
        )
    )
    order by in_force desc, t.valid_from, t.version desc
""")
async def standings(
    db: Connection, workspace_id: UUID, partner_id: UUID, program_id: UUID | None
) -> list[StandingRow]: ...


# Of merged records those of the one who stands.
@sql("""
    select a.program_id, a.version, min(a.accepted_at) as accepted_at
    from terms_acceptances a
    where a.workspace_id = $1 and a.program_id = any($3) and a.partner_id in (
        select r.id from partners r where r.workspace_id = $1 and $2 in (r.id, r.merged_into)
    )
    group by 1, 2
""")
async def accepted(
    db: Connection, workspace_id: UUID, partner_id: UUID, program_ids: Sequence[UUID]
) -> list[AcceptedRow]: ...


async def list_acceptances(
    db: Connection,
    workspace_id: UUID,
    program_id: UUID,
    wanted: ListedAcceptances,
    before: tuple[datetime, UUID, int] | None,
    limit: int,
) -> list[AcceptanceRow]:
    """The newest first."""
    values: list[Any] = [workspace_id, program_id, limit]
    conditions = ["a.workspace_id = $1", "a.program_id = $2"]
    for name, fragment in _FRAGMENTS.items():
        if (value := getattr(wanted, name)) is not None:
            values.append(value)
            conditions.append(fragment.format(len(values)))
    if before is not None:
        values += before
        at = len(values)
        conditions.append(f"(a.accepted_at, a.partner_id, a.version) < (${at - 2}, ${at - 1}, ${at})")
    text = f"""
        select a.partner_id, p.name as partner, a.version, a.accepted_by, a.accepted_at
        from terms_acceptances a join partners p on p.workspace_id = $1 and p.id = a.partner_id
        where {" and ".join(conditions)}
        order by a.accepted_at desc, a.partner_id desc, a.version desc limit $3
    """
    return await fetch(db, AcceptanceRow, text, *values)
