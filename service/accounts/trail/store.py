"""All SQL of the audit log: rows are added and read, never changed."""

from typing import Any
from uuid import UUID

from service.accounts.trail.schemas import EntryRow, Key, Wanted
from service.kit.db import Connection, fetch, sql


@sql("""
    insert into audit_log (workspace_id, id, actor, action, subject, details)
    values ($1, $2, $3, $4, $5, $6)
""")
async def add(
    db: Connection,
    workspace_id: UUID,
    entry_id: UUID,
    actor: str,
    action: str,
    subject: str,
    details: dict[str, Any],
) -> None: ...


_FRAGMENTS = {
    "action": "action = ${}",
    "actor": "actor = ${}",
    "subject": "subject = ${}",
    "since": "created_at >= ${}",
    "until": "created_at < ${}",
}


async def entries(
    db: Connection, workspace_id: UUID, wanted: Wanted, after: Key | None, limit: int
) -> list[EntryRow]:
    """The newest first."""
    values: list[Any] = [workspace_id, limit]
    conditions = ["workspace_id = $1"]
    for name, fragment in _FRAGMENTS.items():
        value = getattr(wanted, name)
        if value is not None:
            values.append(value)
            conditions.append(fragment.format(len(values)))
    if after is not None:
        values += after
        conditions.append(f"(created_at, id) < (${len(values) - 1}, ${len(values)})")
    text = f"""
        select id, actor, action, subject, details, created_at from audit_log
        where {" and ".join(conditions)} order by created_at desc, id desc limit $2
    """
    return await fetch(db, EntryRow, text, *values)
