"""The messages' rows."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from msgspec import Struct

from service.kit.db import Connection, sql


class Waiting(Struct, frozen=True):
    """A message that is to be delivered."""

    id: UUID
    topic: str
    lane: str
    body: Any
    attempts: int
    created_at: datetime


@sql(
    """insert into outbox (workspace_id, id, topic, lane, subject, body, next_attempt_at, queue_id)
       values ($1, $2, $3, $4, $5, $6::jsonb, elci_now() + $7::interval, $8)"""
)
async def insert(
    db: Connection,
    workspace_id: UUID,
    message_id: UUID,
    topic: str,
    lane: str,
    subject: str | None,
    body: Any,
    delay: timedelta,
    queue_id: int,
) -> None: ...


@sql(
    """select id, topic, lane, body, attempts, created_at from outbox
       where workspace_id = $1 and id = $2 and status = 'waiting'"""
)
async def find_waiting(db: Connection, workspace_id: UUID, message_id: UUID) -> Waiting | None: ...


@sql(
    """update outbox set attempts = attempts + 1
       where workspace_id = $1 and id = $2 and status = 'waiting' returning attempts"""
)
async def count_attempt(db: Connection, workspace_id: UUID, message_id: UUID) -> int | None: ...


@sql("""select true from outbox where workspace_id = $1 and id = $2 and status = 'waiting' for update""")
async def lock_waiting(db: Connection, workspace_id: UUID, message_id: UUID) -> bool | None: ...


@sql(
    """update outbox set status = 'delivered', body = null, subject = null, last_error = null,
              finished_at = elci_now()
       where workspace_id = $1 and id = $2 and status = 'waiting'"""
)
async def mark_delivered(db: Connection, workspace_id: UUID, message_id: UUID) -> None: ...


@sql(
    """update outbox set status = 'dead', last_error = $3, finished_at = elci_now()
       where workspace_id = $1 and id = $2 and status = 'waiting'"""
)
async def mark_dead(db: Connection, workspace_id: UUID, message_id: UUID, error: str) -> None: ...


@sql(
    """update outbox set last_error = $3, next_attempt_at = elci_now() + $4::interval
       where workspace_id = $1 and id = $2 and status = 'waiting'"""
)
async def mark_failed(
    db: Connection, workspace_id: UUID, message_id: UUID, error: str, wait: timedelta
) -> None: ...


@sql("update outbox set queue_id = $3 where workspace_id = $1 and id = $2")
async def set_place(db: Connection, workspace_id: UUID, message_id: UUID, queue_id: int) -> None: ...


@sql("delete from outbox where workspace_id = $1 and subject = $2")
async def forget(db: Connection, workspace_id: UUID, subject: str) -> None:
    """Deletes what is waiting or dead about a person; what was delivered holds nothing about anyone."""


@sql("select distinct subject from outbox where workspace_id = $1 and subject is not null")
async def subjects(db: Connection, workspace_id: UUID) -> list[str]:
    """Whom messages that are waiting or dead are about."""
    ...
