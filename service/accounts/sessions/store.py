"""All SQL of sessions."""

from datetime import timedelta
from uuid import UUID

from service.kit.db import Connection, sql


@sql("""
    insert into sessions (workspace_id, id, person_id, refresh_hash, expires_at)
    values ($1, $2, $3, $4, elci_now() + $5::interval)
""")
async def add_session(
    db: Connection,
    workspace_id: UUID,
    session_id: UUID,
    person_id: UUID,
    refresh_hash: bytes,
    lifetime: timedelta,
) -> None: ...


@sql("""
    update sessions
    set refresh_hash = $4, expires_at = elci_now() + $5::interval, refreshed_at = elci_now()
    where workspace_id = $1 and id = $2 and refresh_hash = $3 and revoked_at is null
    returning person_id
""")
async def rotate(
    db: Connection,
    workspace_id: UUID,
    session_id: UUID,
    old_hash: bytes,
    new_hash: bytes,
    lifetime: timedelta,
) -> UUID | None: ...


@sql("""
    update sessions set revoked_at = elci_now()
    where workspace_id = $1 and id = $2 and revoked_at is null
    returning person_id
""")
async def end_session(db: Connection, workspace_id: UUID, session_id: UUID) -> UUID | None: ...


@sql("""
    delete from sessions
    where workspace_id = $1 and person_id = $2
        and (expires_at < elci_now() - interval '1 day' or revoked_at < elci_now() - interval '1 day')
""")
async def sweep(db: Connection, workspace_id: UUID, person_id: UUID) -> None: ...
