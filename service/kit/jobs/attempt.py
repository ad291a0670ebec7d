"""What a job's handler holds: its workspace, its transaction, its progress."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import msgspec

from service.kit.db import Connection, Database
from service.kit.jobs import store
from service.kit.jobs.queue import Tools
from service.settings import Settings

PULSE_S = 0.3
# A job has longer statements than a request; this bounds one that waits for ever.
STATEMENT_TIMEOUT = "15min"


class Cancelled(Exception):
    """Somebody cancelled the job."""


class Superseded(Exception):
    """Another attempt at the same job has begun, or the job has ended; this one must not write."""


class Work:
    """One attempt at a job."""

    def __init__(self, tools: Tools, workspace_id: UUID, job_id: UUID, attempt: int, cancelled: bool) -> None:
        self.settings: Settings = tools.settings
        self.database: Database = tools.database
        self.workspace_id = workspace_id
        self.job_id = job_id
        self.attempt = attempt
        self.done = 0
        self.total: int | None = None
        self.finished = False
        self.cancelled = cancelled
        self.superseded = False
        self._written: tuple[int, int | None] = (0, None)

    async def progress(self, done: int, total: int | None = None) -> None:
        """Says how far the job is. Raises Cancelled, Superseded."""
        self.report(done, total)
        # Lets the pulse write, also where the handler awaits nothing else.
        await asyncio.sleep(0)

    def report(self, done: int, total: int | None = None) -> None:
        """The same from a thread of the handler's own."""
        self.done = done
        self.total = self.total if total is None else total
        if self.cancelled:
            raise Cancelled
        if self.superseded:
            raise Superseded

    @contextlib.asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """A transaction in the job's workspace that only the newest attempt gets into. Raises Superseded.

        A killed worker's statement may still run when the next attempt begins; the lock waits for its end.
        """
        async with self.database.transaction(self.workspace_id) as db:
            await store.take_turn(db, STATEMENT_TIMEOUT, f"{self.workspace_id} {self.job_id}")
            if not await store.is_newest(db, self.workspace_id, self.job_id, self.attempt):
                raise Superseded
            yield db

    async def finish(self, db: Connection, result: Any = None) -> None:
        """Ends the job in the handler's last transaction, so that effect and status are one."""
        await self.close(db, "succeeded", result=result)
        self.finished = True

    async def close(self, db: Connection, status: str, *, result: Any = None, error: Any = None) -> None:
        """Writes the final status. Raises Superseded."""
        values = (status, msgspec.to_builtins(result), error, self.done, self.total)
        if not await store.close(db, self.workspace_id, self.job_id, self.attempt, *values):
            raise Superseded

    async def pulse(self) -> None:
        """Writes the progress and reads whether the job was cancelled, over a connection of its own."""
        while not (self.cancelled or self.superseded):
            await asyncio.sleep(PULSE_S)
            # The job's own statements will say that the database is away.
            with contextlib.suppress(Exception):
                await self._beat()

    async def _beat(self) -> None:
        now = (self.done, self.total)
        async with self.database.transaction(self.workspace_id) as db:
            if now == self._written:
                answer = await store.read_cancel(db, self.workspace_id, self.job_id, self.attempt)
            else:
                answer = await store.write_progress(db, self.workspace_id, self.job_id, self.attempt, *now)
        self._written = now
        self.cancelled = bool(answer)
        self.superseded = answer is None and not self.finished
