"""The jobs' rows."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from msgspec import Struct

from service.kit.db import Connection, fetch, sql
from service.kit.problems import NotFound


class UnknownJob(NotFound):
    title = "Unknown job"
    slug = "unknown-job"


class Job(Struct, frozen=True):
    """A job as its workspace sees it. `error` holds the members of a problem."""

    id: UUID
    kind: str
    status: str
    done: int
    total: int | None
    result: Any
    error: dict[str, Any] | None
    cancel_requested: bool
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @property
    def final(self) -> bool:
        """Whether nothing will change any more."""
        return self.finished_at is not None


class Started(Struct, frozen=True):
    """A job that has just been started, with the number of its attempt."""

    kind: str
    payload: Any
    attempts: int
    cancel_requested: bool


_COLUMNS = """id, kind, status, done, total, result, error, cancel_requested,
              created_at, started_at, finished_at"""


@sql(
    """insert into jobs (workspace_id, id, kind, payload, dedupe, priority, queue_id)
       values ($1, $2, $3, $4::jsonb, $5, $6, 0)
       on conflict (workspace_id, kind, dedupe) where status = 'queued' and dedupe is not null do nothing
       returning id"""
)
async def insert(
    db: Connection,
    workspace_id: UUID,
    job_id: UUID,
    kind: str,
    payload: Any,
    dedupe: str | None,
    priority: int,
) -> UUID | None: ...


@sql("update jobs set queue_id = $3 where workspace_id = $1 and id = $2")
async def set_place(db: Connection, workspace_id: UUID, job_id: UUID, queue_id: int) -> None: ...


@sql(
    """select id from jobs where workspace_id = $1 and kind = $2 and dedupe = $3 and status = 'queued'
       for key share"""
)
async def find_queued(db: Connection, workspace_id: UUID, kind: str, dedupe: str) -> UUID | None: ...


@sql(
    """update jobs set status = 'running', attempts = attempts + 1, dedupe = null,
              started_at = coalesce(started_at, elci_now())
       where workspace_id = $1 and id = $2 and status in ('queued', 'running')
       returning kind, payload, attempts, cancel_requested"""
)
async def start(db: Connection, workspace_id: UUID, job_id: UUID) -> Started | None: ...


@sql("""select attempts = $3 and status = 'running' from jobs where workspace_id = $1 and id = $2""")
async def is_newest(db: Connection, workspace_id: UUID, job_id: UUID, attempt: int) -> bool | None: ...


@sql("""select set_config('statement_timeout', $1, true), pg_advisory_xact_lock(hashtextextended($2, 0))""")
async def take_turn(db: Connection, statement_timeout: str, lock: str) -> None: ...


@sql(
    """update jobs set done = $4, total = $5
       where workspace_id = $1 and id = $2 and attempts = $3 and status = 'running'
       returning cancel_requested"""
)
async def write_progress(
    db: Connection, workspace_id: UUID, job_id: UUID, attempt: int, done: int, total: int | None
) -> bool | None: ...


@sql(
    """select cancel_requested from jobs
       where workspace_id = $1 and id = $2 and attempts = $3 and status = 'running'"""
)
async def read_cancel(db: Connection, workspace_id: UUID, job_id: UUID, attempt: int) -> bool | None: ...


@sql(
    """update jobs set status = $4, result = $5::jsonb, error = $6::jsonb, done = $7, total = $8,
              payload = null, finished_at = elci_now()
       where workspace_id = $1 and id = $2 and attempts = $3 and status = 'running'
       returning true"""
)
async def close(
    db: Connection,
    workspace_id: UUID,
    job_id: UUID,
    attempt: int,
    status: str,
    result: Any,
    error: Any,
    done: int,
    total: int | None,
) -> bool | None: ...


@sql(
    """update jobs set status = 'queued'
       where workspace_id = $1 and id = $2 and attempts = $3 and status = 'running'"""
)
async def put_back(db: Connection, workspace_id: UUID, job_id: UUID, attempt: int) -> None: ...


@sql(
    """update jobs set cancel_requested = true,
              status = case status when 'queued' then 'cancelled' else status end,
              payload = case status when 'queued' then null else payload end,
              finished_at = case status when 'queued' then elci_now() end
       where workspace_id = $1 and id = $2 and status in ('queued', 'running')"""
)
async def request_cancel(db: Connection, workspace_id: UUID, job_id: UUID) -> None: ...


@sql(f"select {_COLUMNS} from jobs where workspace_id = $1 and id = $2", missing=UnknownJob)
async def get(db: Connection, workspace_id: UUID, job_id: UUID) -> Job: ...


@sql(f"select {_COLUMNS} from jobs where workspace_id = $1 and id = $2")
async def find(db: Connection, workspace_id: UUID, job_id: UUID) -> Job | None: ...


@sql(f"select {_COLUMNS} from jobs where workspace_id = $1 and id = any($2)")
async def find_all(db: Connection, workspace_id: UUID, job_ids: Sequence[UUID]) -> list[Job]:
    """Those that are there, in no order."""
    ...


async def list_jobs(
    db: Connection,
    workspace_id: UUID,
    *,
    kind: str | None = None,
    status: str | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> list[Job]:
    """Newest first, of one kind or status where given, older than `after`; `limit` and one more."""
    values: list[Any] = [workspace_id]
    where = ["workspace_id = $1"]
    for fragment, value in (("kind = ", kind), ("status = ", status), ("id < ", after)):
        if value is not None:
            values.append(value)
            where.append(f"{fragment}${len(values)}")
    values.append(limit + 1)
    text = f"select {_COLUMNS} from jobs where {' and '.join(where)} order by id desc limit ${len(values)}"
    return await fetch(db, Job, text, *values)


class Lost(Struct, frozen=True):
    """An open job or message that has no place in the queue any more."""

    what: str
    workspace_id: UUID
    id: UUID


@sql("select what, workspace_id, id from entry.lost_work()")
async def list_lost(db: Connection) -> list[Lost]: ...


class Place(Struct, frozen=True):
    """What is needed to queue a job anew."""

    kind: str
    priority: int


@sql(
    """select kind, priority from jobs
       where workspace_id = $1 and id = $2 and status in ('queued', 'running') for update"""
)
async def find_place(db: Connection, workspace_id: UUID, job_id: UUID) -> Place | None: ...


@sql("select entry.purge_kit($1)")
async def purge(db: Connection, most: int) -> int: ...


@sql("delete from pgqueuer_log where created < now() - $1::interval")
async def purge_log(db: Connection, age: timedelta) -> None: ...


@sql("delete from pgqueuer_statistics where created < now() - $1::interval")
async def purge_statistics(db: Connection, age: timedelta) -> None: ...


@sql("delete from rate_limits where full_at < elci_now()")
async def purge_limits(db: Connection) -> None: ...


# For a dedupe key: jobs of one transaction are one, those of others have other keys. A key that all share
# would let everybody wait who asks for the same while one transaction, an import say, is open.
@sql("select pg_current_xact_id()::text /* in whichever workspace_id */")
async def this_transaction(db: Connection) -> str: ...


@sql("""
    update jobs set result = result - $3::text[], error = error - $3::text[]
    where workspace_id = $1 and kind = $2 and finished_at is not null
      and coalesce(jsonb_typeof(result), 'null') in ('object', 'null')
""")
async def forget_members(db: Connection, workspace_id: UUID, kind: str, members: Sequence[str]) -> None:
    """Takes members out of the results and problems of a kind of job: what was quoted from files."""
    ...
