"""All SQL of programs and their terms."""

from datetime import datetime
from typing import Any
from uuid import UUID

from service.kit.db import Connection, fetch, sql
from service.programs.catalogue.schemas import ListedPrograms, ProgramBrief, ProgramRow, TermsRow
from service.programs.pages.schemas import ProgramPage
from service.programs.problems import UnknownProgram
from service.programs.terms import Terms

# The version in force; before any is, the first to come.
_IN_FORCE = """
    select version from program_terms
    where workspace_id = $1 and program_id = g.id
    order by coalesce(valid_from, '-infinity') <= elci_now() desc,
        case when coalesce(valid_from, '-infinity') <= elci_now() then coalesce(valid_from, '-infinity') end
            desc nulls last,
        valid_from, version desc
    limit 1
"""
_PROGRAM = f"""
    select g.id, g.name, g.kind, g.status, g.min_payout, g.min_payout_currency,
        (select count(*) from partners p
         where p.workspace_id = $1 and p.program_id = g.id and p.status <> 'archived')::integer as partners,
        g.version, g.created_at, g.updated_at, g.page, t.version as terms_version, t.terms
    from programs g
    join program_terms t on t.workspace_id = $1 and t.program_id = g.id and t.version = ({_IN_FORCE})
"""
_FRAGMENTS = {
    "ids": "g.id = any(${})",
    "kind": "g.kind = ${}",
    "status": "g.status = ${}",
    "q": "strpos(g.folded, ${}) > 0",
}


@sql("""
    insert into programs (workspace_id, id, name, folded, kind, min_payout, min_payout_currency, page)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
""")
async def add_program(
    db: Connection,
    workspace_id: UUID,
    program_id: UUID,
    name: str,
    folded: str,
    kind: str,
    min_payout: int | None,
    min_payout_currency: str | None,
    page: ProgramPage,
) -> None: ...


@sql(f"{_PROGRAM} where g.workspace_id = $1 and g.id = $2", missing=UnknownProgram)
async def get_program(db: Connection, workspace_id: UUID, program_id: UUID) -> ProgramRow: ...


# What most ask for: partners of a large program are many to count.
@sql(
    "select id, name, kind, status from programs where workspace_id = $1 and id = $2",
    missing=UnknownProgram,
)
async def get_brief(db: Connection, workspace_id: UUID, program_id: UUID) -> ProgramBrief: ...


@sql(f"{_PROGRAM} where g.workspace_id = $1 and g.id = $2 for update of g", missing=UnknownProgram)
async def lock_program(db: Connection, workspace_id: UUID, program_id: UUID) -> ProgramRow: ...


# Partners join while it is not archived: the lock holds until they have.
@sql("select status from programs where workspace_id = $1 and id = $2 for share")
async def status_of(db: Connection, workspace_id: UUID, program_id: UUID) -> str | None: ...


async def list_programs(
    db: Connection, workspace_id: UUID, wanted: ListedPrograms, before: UUID | None, limit: int
) -> list[ProgramRow]:
    """The newest first, older than `before`; archived ones where they are asked for by id or status."""
    values: list[Any] = [workspace_id, limit]
    conditions = ["g.workspace_id = $1"]
    if wanted.ids is None and wanted.status is None:
        conditions.append("g.status <> 'archived'")
    for name, fragment in _FRAGMENTS.items():
        if (value := getattr(wanted, name)) is not None:
            values.append(value)
            conditions.append(fragment.format(len(values)))
    if before is not None:
        values.append(before)
        conditions.append(f"g.id < ${len(values)}")
    text = f"{_PROGRAM} where {' and '.join(conditions)} order by g.id desc limit $2"
    return await fetch(db, ProgramRow, text, *values)


@sql("""
    update programs
    set name = $3, folded = $4, status = $5, min_payout = $6, min_payout_currency = $7, page = $8,
        version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = $2
""")
async def save_program(
    db: Connection,
    workspace_id: UUID,
    program_id: UUID,
    name: str,
    folded: str,
    status: str,
    min_payout: int | None,
    min_payout_currency: str | None,
    page: ProgramPage,
) -> None: ...


# The first row holds from the beginning.
@sql("""
    insert into program_history (workspace_id, program_id, since, status)
    select g.workspace_id, g.id,
        case when exists (select from program_history where workspace_id = $1 and program_id = $2)
            then elci_now() else '-infinity' end,
        g.status
    from programs g where g.workspace_id = $1 and g.id = $2
    on conflict (workspace_id, program_id, since) do update set status = excluded.status
""")
async def note_status(db: Connection, workspace_id: UUID, program_id: UUID) -> None: ...


# Versions follow each other; only the first may hold from the beginning.
@sql("""
    insert into program_terms (workspace_id, program_id, version, valid_from, terms, created_by)
    select $1, $2, n.version,
        case when n.version = 1 then $3 else coalesce($3, elci_now()) end, $4, $5
    from (select coalesce(max(version), 0) + 1 as version from program_terms
          where workspace_id = $1 and program_id = $2) n
    returning version
""")
async def add_terms(
    db: Connection,
    workspace_id: UUID,
    program_id: UUID,
    valid_from: datetime | None,
    terms: Terms,
    created_by: str,
) -> int: ...


@sql(f"""
    select t.version, t.valid_from, t.terms, t.created_by, t.created_at,
        t.version = ({_IN_FORCE}) and coalesce(t.valid_from, '-infinity') <= elci_now() as in_force
    from program_terms t join programs g on g.workspace_id = $1 and g.id = t.program_id
    where t.workspace_id = $1 and t.program_id = $2 and t.version < $3
    order by t.version desc limit $4
""")
async def terms_of(
    db: Connection, workspace_id: UUID, program_id: UUID, before: int, limit: int
) -> list[TermsRow]: ...


@sql("""
    select terms from program_terms where workspace_id = $1 and program_id = $2
    order by version desc limit 1
""")
async def newest_terms(db: Connection, workspace_id: UUID, program_id: UUID) -> dict[str, Any]: ...


@sql("""
    select version, valid_from, terms, created_by, created_at, true as in_force from program_terms
    where workspace_id = $1 and program_id = $2 and coalesce(valid_from, '-infinity') <= $3
    order by coalesce(valid_from, '-infinity') desc, version desc limit 1
""")
async def terms_at(db: Connection, workspace_id: UUID, program_id: UUID, at: datetime) -> TermsRow | None: ...
