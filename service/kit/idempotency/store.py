"""The keys' rows. One is only ever seen finished: it is written in the transaction that does the work."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from service.kit.db import Connection, sql


class Stored(Struct, frozen=True):
    """What a finished request left; `answer` is sealed, and null after an erasure."""

    fingerprint: bytes
    answer: bytes | None
    expires_at: datetime


@sql("""select pg_try_advisory_xact_lock($1), set_config('idle_in_transaction_session_timeout', $2, true)""")
async def try_lock(db: Connection, lock: int, idle_timeout: str) -> bool: ...


@sql(
    """insert into idempotency_keys as k (workspace_id, digest, expires_at)
       values ($1, $2, elci_now() + $3::interval)
       on conflict on constraint idempotency_keys_pkey do update
           set fingerprint = null, answer = null, created_at = elci_now(), expires_at = excluded.expires_at
           where k.expires_at <= elci_now()
       returning expires_at"""
)
async def begin(db: Connection, workspace_id: UUID, digest: bytes, life: timedelta) -> datetime | None: ...


@sql(
    """update idempotency_keys set fingerprint = $3, answer = $4
       where workspace_id = $1 and digest = $2"""
)
async def finish(
    db: Connection, workspace_id: UUID, digest: bytes, fingerprint: bytes, answer: bytes
) -> None: ...


@sql(
    """select fingerprint, answer, expires_at from idempotency_keys
       where workspace_id = $1 and digest = $2"""
)
async def get(db: Connection, workspace_id: UUID, digest: bytes) -> Stored: ...


@sql("update idempotency_keys set answer = null where workspace_id = $1")
async def forget(db: Connection, workspace_id: UUID) -> None:
    """Drops a workspace's stored answers, for an erasure: they are sealed, so nobody can pick out one."""
