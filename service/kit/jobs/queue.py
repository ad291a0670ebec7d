"""The queue: pgqueuer's table, filled inside the caller's transaction. A row says where to look, no more."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.persistence.qb import (
    QueryBuilderEnvironment,
    QueryQueueBuilder,
    QuerySchedulerBuilder,
)
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.domain.settings import DBSettings
from pgqueuer.domain.types import Channel
from pgqueuer.ports.driver import Driver

from service.kit.db import Connection, Database
from service.kit.jobs.stop import Stop
from service.settings import Settings, app_dsn

CHANNEL = Channel("ch_pgqueuer")
# Every name is given: unset ones would be read from the environment (even a bare FUNCTION or TRIGGER).
NAMES = DBSettings(
    prefix="",
    db_schema="public",
    channel=CHANNEL,
    function="fn_pgqueuer_changed",
    statistics_table="pgqueuer_statistics",
    queue_status_type="pgqueuer_status",
    queue_table="pgqueuer",
    queue_table_log="pgqueuer_log",
    trigger="tg_pgqueuer_changed",
    schedules_table="pgqueuer_schedules",
)
_ENQUEUE = QueryQueueBuilder(NAMES).build_enqueue_query("skip")


class Tools(msgspec.Struct, frozen=True):
    """What a piece of work may use."""

    settings: Settings
    database: Database
    stop: Stop


async def put(
    db: Connection,
    name: str,
    workspace_id: UUID,
    row_id: UUID,
    *,
    delay: timedelta | None = None,
    priority: int = 0,
) -> int:
    """Queues a row's id in the caller's transaction; workers are told when it commits. Returns the place.

    The statement is the library's, the binding ours: through our jsonb codec its own call would store
    the headers as a JSON string, which it can't read again.
    """
    payload = workspace_id.bytes + row_id.bytes
    rows = await db.fetch(_ENQUEUE, [priority], [name], [payload], [delay or timedelta()], [None], [None])
    return int(rows[0]["id"])


def ids(payload: bytes | None) -> tuple[UUID, UUID]:
    """Workspace and row of a queue row."""
    if payload is None or len(payload) != 32:
        raise ValueError("a queue row's payload is two ids")
    return UUID(bytes=payload[:16]), UUID(bytes=payload[16:])


def queries(driver: Driver) -> Any:
    """The library's statements over a connection."""
    return Queries(
        driver,
        qbe=QueryBuilderEnvironment(NAMES),
        qbq=QueryQueueBuilder(NAMES),
        qbs=QuerySchedulerBuilder(NAMES),
    )


@asynccontextmanager
async def listening(settings: Settings) -> AsyncIterator[Any]:
    """The statements over a connection of their own, which never wait for ever on a half-dead network."""
    connection = await asyncpg.connect(app_dsn(settings), command_timeout=20, timeout=5)
    try:
        yield queries(AsyncpgDriver(connection))
    finally:
        connection.terminate()
