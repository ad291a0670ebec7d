"""All SQL of what a brand's own site calls partners."""

from uuid import UUID

from service.kit.db import Connection, sql
from service.programs.embedding.schemas import NamedRow


# Without a lock, for the many who are there already.
@sql("select status from programs where workspace_id = $1 and id = $2")
async def status_of(db: Connection, workspace_id: UUID, program_id: UUID) -> str | None: ...


# Of merged records the one that stands is meant. By address also who is in no program yet, and will be.
@sql("""
    select 'external_id' as by, s.id, s.program_id, s.status
    from partner_external_ids e
    join partners p on p.workspace_id = $1 and p.id = e.partner_id
    join partners s on s.workspace_id = $1 and s.id = coalesce(p.merged_into, p.id)
    where e.workspace_id = $1 and e.program_id = $2 and e.external_id = $3
    union all
    (select 'email', p.id, p.program_id, p.status
     from partners p
     where p.workspace_id = $1 and p.email_key = $4 and p.status <> 'archived'
        and (p.program_id = $2 or p.program_id is null)
     order by p.program_id nulls last limit 1)
""")
async def named(
    db: Connection, workspace_id: UUID, program_id: UUID, external_id: str | None, email_key: str | None
) -> list[NamedRow]: ...


@sql("""
    insert into partner_external_ids (workspace_id, program_id, external_id, partner_id)
    values ($1, $2, $3, $4)
    on conflict (workspace_id, program_id, external_id) do nothing
""")
async def name(
    db: Connection, workspace_id: UUID, program_id: UUID, external_id: str, partner_id: UUID
) -> None: ...


@sql("delete from partner_external_ids where workspace_id = $1 and partner_id = $2")
async def forget_names(db: Connection, workspace_id: UUID, partner_id: UUID) -> None: ...
