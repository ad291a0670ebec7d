"""All SQL of files. A file that is still arriving has no `completed_at` and is shown to nobody."""

from uuid import UUID

from service.accounts.files.schemas import FileRow
from service.accounts.problems import UnknownFile
from service.kit.db import Connection, sql

COLUMNS = "id, name, purpose, content_type, bytes as size, sha256, created_at"


@sql("insert into files (workspace_id, id, name, purpose) values ($1, $2, '', $3)")
async def begin_file(db: Connection, workspace_id: UUID, file_id: UUID, purpose: str) -> None: ...


@sql("insert into file_chunks (workspace_id, file_id, seq, data) values ($1, $2, $3, $4)")
async def add_chunk(db: Connection, workspace_id: UUID, file_id: UUID, seq: int, data: bytes) -> None: ...


@sql(f"""
    update files set name = $3, content_type = $4, bytes = $5, sha256 = $6, completed_at = elci_now()
    where workspace_id = $1 and id = $2 and completed_at is null
    returning {COLUMNS}
""")
async def complete_file(
    db: Connection,
    workspace_id: UUID,
    file_id: UUID,
    name: str,
    content_type: str,
    size: int,
    sha256: bytes,
) -> FileRow: ...


@sql("""
    delete from files
    where workspace_id = $1 and completed_at is null and created_at < elci_now() - interval '6 hours'
""")
async def sweep(db: Connection, workspace_id: UUID) -> None:
    """Drops uploads that were broken off."""
    ...


@sql(
    f"select {COLUMNS} from files where workspace_id = $1 and id = $2 and completed_at is not null",
    missing=UnknownFile,
)
async def get_file(db: Connection, workspace_id: UUID, file_id: UUID) -> FileRow: ...


@sql("select data from file_chunks where workspace_id = $1 and file_id = $2 and seq = $3")
async def find_chunk(db: Connection, workspace_id: UUID, file_id: UUID, seq: int) -> bytes | None: ...


@sql(f"""
    select {COLUMNS} from files
    where workspace_id = $1 and completed_at is not null
        and id < coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
        and ($3::text is null or purpose = $3)
    order by id desc limit $4
""")
async def list_files(
    db: Connection,
    workspace_id: UUID,
    before: UUID | None,
    purpose: str | None,
    limit: int,
) -> list[FileRow]: ...


@sql("delete from files where workspace_id = $1 and id = $2")
async def delete_file(db: Connection, workspace_id: UUID, file_id: UUID) -> None: ...
