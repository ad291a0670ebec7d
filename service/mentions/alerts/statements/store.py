"""All SQL of statements."""

from datetime import datetime
from uuid import UUID

from service.kit.db import Connection, sql
from service.mentions.alerts.statements.schemas import StatementRow
from service.mentions.problems import UnknownStatement

_COLUMNS = """
    id, alert_id, channel, text, status, written_by, approved_by, approved_at, published_by, published_at,
    url, version, created_at, updated_at
"""


@sql(f"""
    insert into statements (workspace_id, id, alert_id, channel, text, written_by)
    values ($1, $2, $3, $4, $5, $6) returning {_COLUMNS}
""")
async def add_statement(
    db: Connection,
    workspace_id: UUID,
    statement_id: UUID,
    alert_id: UUID,
    channel: str,
    text: str,
    written_by: str,
) -> StatementRow: ...


@sql(f"select {_COLUMNS} from statements where workspace_id = $1 and id = $2", missing=UnknownStatement)
async def get_statement(db: Connection, workspace_id: UUID, statement_id: UUID) -> StatementRow: ...


@sql(
    f"select {_COLUMNS} from statements where workspace_id = $1 and id = $2 for update",
    missing=UnknownStatement,
)
async def lock_statement(db: Connection, workspace_id: UUID, statement_id: UUID) -> StatementRow: ...


@sql(f"""
    select {_COLUMNS} from statements
    where workspace_id = $1 and ($2::uuid[] is null or id = any($2)) and ($3::uuid is null or alert_id = $3)
      and ($4::text is null or channel = $4) and ($5::text is null or status = $5)
      and ($6::uuid is null or id < $6)
    order by id desc limit $7
""")
async def list_statements(
    db: Connection,
    workspace_id: UUID,
    ids: list[UUID] | None,
    alert_id: UUID | None,
    channel: str | None,
    status: str | None,
    before: UUID | None,
    limit: int,
) -> list[StatementRow]: ...


@sql(f"""
    update statements
    set channel = $3, text = $4, status = $5, written_by = $6, approved_by = $7, approved_at = $8,
        published_by = $9, published_at = $10, url = $11, version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = $2 returning {_COLUMNS}
""")
async def save_statement(
    db: Connection,
    workspace_id: UUID,
    statement_id: UUID,
    channel: str,
    text: str,
    status: str,
    written_by: str,
    approved_by: UUID | None,
    approved_at: datetime | None,
    published_by: str | None,
    published_at: datetime | None,
    url: str | None,
) -> StatementRow: ...


@sql("delete from statements where workspace_id = $1 and id = $2")
async def delete_statement(db: Connection, workspace_id: UUID, statement_id: UUID) -> None: ...
