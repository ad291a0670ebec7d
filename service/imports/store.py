"""All SQL of imports. One whose body is still arriving has no `job_id` and is shown to nobody."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from service.imports.problems import UnknownImport
from service.imports.schemas import Counts, ImportRow, Plan, RejectRow
from service.kit.db import Connection, fetch, sql

_COLUMNS = """
    i.id, i.job_id, i.kind, i.filename, i.size, i.sha256, i.options, i.first_seen_at, i.created_by,
    i.created_at, i.format, i.encoding, i.sheet, i.header_row, i.columns, i.warnings, i.sample,
    i.read, i.created, i.updated, i.unchanged, i.rejected, i.suppressed,
    coalesce(i.status, j.status, 'failed') as status, coalesce(j.done, i.read) as done,
    coalesce(j.total, case when j.id is null then i.read end) as total, j.error, j.started_at, j.finished_at
"""
_FROM = "from imports i left join jobs j on j.workspace_id = i.workspace_id and j.id = i.job_id"
_LAST = UUID(int=2**128 - 1)


@sql("""
    insert into imports (workspace_id, id, kind, options, created_by) values ($1, $2, $3, $4::jsonb, $5)
""")
async def begin(
    db: Connection, workspace_id: UUID, import_id: UUID, kind: str, options: Any, created_by: str
) -> None: ...


@sql("insert into import_chunks (workspace_id, import_id, position, data) values ($1, $2, $3, $4)")
async def add_chunk(
    db: Connection, workspace_id: UUID, import_id: UUID, position: int, data: bytes
) -> None: ...


@sql("""
    select pg_advisory_xact_lock(hashtextextended(concat('bytes ', workspace_id, ' ', encode($2, 'hex')), 0))
    from (values ($1::uuid)) as here (workspace_id)
""")
async def lock_bytes(db: Connection, workspace_id: UUID, sha256: bytes) -> None:
    """Two uploads of the same bytes agree on which came first."""
    ...


@sql("""
    update imports set filename = $3, size = $4, sha256 = $5, job_id = $6,
        first_seen_at = coalesce((select min(o.first_seen_at) from imports o
                                  where o.workspace_id = $1 and o.sha256 = $5), elci_now())
    where workspace_id = $1 and id = $2
""")
async def complete(
    db: Connection,
    workspace_id: UUID,
    import_id: UUID,
    filename: str | None,
    size: int,
    sha256: bytes,
    job_id: UUID,
) -> None: ...


@sql("delete from imports where workspace_id = $1 and id = $2 and job_id is null")
async def forget_upload(db: Connection, workspace_id: UUID, import_id: UUID) -> None: ...


@sql(
    f"select {_COLUMNS} {_FROM} where i.workspace_id = $1 and i.id = $2 and i.job_id is not null",
    missing=UnknownImport,
)
async def get(db: Connection, workspace_id: UUID, import_id: UUID) -> ImportRow: ...


async def list_imports(
    db: Connection,
    workspace_id: UUID,
    before: UUID | None,
    kind: str | None,
    status: str | None,
    limit: int,
) -> list[ImportRow]:
    """The newest first."""
    values: list[Any] = [workspace_id, before or _LAST, limit]
    where = ["i.workspace_id = $1", "i.id < $2", "i.job_id is not null"]
    for fragment, value in (("i.kind = ", kind), ("coalesce(i.status, j.status, 'failed') = ", status)):
        if value is not None:
            values.append(value)
            where.append(f"{fragment}${len(values)}")
    text = f"select {_COLUMNS} {_FROM} where {' and '.join(where)} order by i.id desc limit $3"
    return await fetch(db, ImportRow, text, *values)


@sql("select data from import_chunks where workspace_id = $1 and import_id = $2 and position = $3")
async def find_chunk(db: Connection, workspace_id: UUID, import_id: UUID, position: int) -> bytes | None: ...


@sql("delete from import_chunks where workspace_id = $1 and import_id = $2")
async def drop_chunks(db: Connection, workspace_id: UUID, import_id: UUID) -> None: ...


@sql("""
    select pg_try_advisory_xact_lock(hashtextextended(concat('imports ', workspace_id), 0))
    from (values ($1::uuid)) as here (workspace_id)
""")
async def try_turn(db: Connection, workspace_id: UUID) -> bool:
    """Whether this transaction is the only one that imports into the workspace."""
    ...


async def plan_for_any(db: Connection) -> None:
    """For the rest of the transaction, plans statements without looking at their values.

    The statistics know nothing of a workspace that this transaction fills; the planner would take it for
    empty and read all of it for each row (20,000 rows: 205 s, against 20 on the same busy machine). Without
    the value it takes an average one.
    """
    await db.execute("set local plan_cache_mode = force_generic_plan")


@sql("""
    update imports set format = $3, encoding = $4, sheet = $5, header_row = $6, columns = $7::jsonb,
        warnings = $8::jsonb
    where workspace_id = $1 and id = $2
""")
async def save_columns(
    db: Connection,
    workspace_id: UUID,
    import_id: UUID,
    format: str,
    encoding: str | None,
    sheet: str | None,
    header_row: int | None,
    columns: Any,
    warnings: Any,
) -> None: ...


async def save_plan(db: Connection, workspace_id: UUID, import_id: UUID, plan: Plan) -> None:
    """Writes what the file was found to be."""
    values = (msgspec.to_builtins(getattr(plan, name)) for name in Plan.__struct_fields__)
    await save_columns(db, workspace_id, import_id, *values)


@sql("""
    update imports set read = $3, created = $4, updated = $5, unchanged = $6, rejected = $7, suppressed = $8,
        warnings = $9::jsonb, sample = $10::jsonb, status = 'succeeded'
    where workspace_id = $1 and id = $2
""")
async def save_end(
    db: Connection,
    workspace_id: UUID,
    import_id: UUID,
    read: int,
    created: int,
    updated: int,
    unchanged: int,
    rejected: int,
    suppressed: int,
    warnings: Any,
    sample: Any,
) -> None: ...


async def save_counts(
    db: Connection, workspace_id: UUID, import_id: UUID, counts: Counts, plan: Plan, sample: list[Any]
) -> None:
    """Writes what became of the rows."""
    values = (*msgspec.structs.astuple(counts), msgspec.to_builtins(plan.warnings), sample)
    await save_end(db, workspace_id, import_id, *values)


@sql("update imports set status = $3 where workspace_id = $1 and id = $2 and status is null")
async def save_status(db: Connection, workspace_id: UUID, import_id: UUID, status: str) -> None: ...


async def put_rejects(
    db: Connection, workspace_id: UUID, import_id: UUID, rejects: Sequence[RejectRow]
) -> None:
    """Lists rows that were not taken in."""
    await db.execute(
        """insert into import_rejects
               (workspace_id, import_id, position, "row", "column", value, code, reason)
           select $1, $2, * from unnest($3::integer[], $4::bigint[], $5::text[], $6::text[], $7::text[],
               $8::text[])
        """,
        workspace_id,
        import_id,
        *(list(column) for column in zip(*map(msgspec.structs.astuple, rejects), strict=True)),
    )


@sql("""
    select position, "row", "column", value, code, reason from import_rejects
    where workspace_id = $1 and import_id = $2 and position > $3 order by position limit $4
""")
async def list_rejects(
    db: Connection, workspace_id: UUID, import_id: UUID, after: int, limit: int
) -> list[RejectRow]: ...


@sql("""
    with blanked as (update imports set sample = '[]' where workspace_id = $1 and sample <> '[]')
    update import_rejects set value = null where workspace_id = $1 and value is not null
""")
async def forget_values(db: Connection, workspace_id: UUID) -> None:
    """Drops what was quoted from the workspace's files."""
    ...


@sql("select entry.sweep_imports()")
async def sweep(db: Connection) -> None: ...
