"""GET /v1/jobs, /v1/jobs/{id}, /events; DELETE cancels."""

from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import Request, delete, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import ServerSentEvent

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.kit import ids, jobs, paging, sse
from service.kit.db import Connection, Database
from service.kit.jobs import JobView, UnknownJob
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page

Reader = Annotated[Caller, May("jobs:read")]
Writer = Annotated[Caller, May("jobs:write")]
Kind = Annotated[str | None, QueryParameter(max_length=100, description="such as imports.run")]
Status = Annotated[
    Literal["queued", "running", "succeeded", "failed", "cancelled"] | None,
    QueryParameter(description="where the job stands"),
]


@get("/v1/jobs", tags=["jobs"], raises=[BadCursor])
async def list_jobs(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    kind: Kind = None,
    status: Status = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[JobView]:
    """The workspace's jobs, the newest first."""
    after = paging.decode(cursor, UUID)
    rows = await jobs.list_jobs(db, caller.workspace_id, kind=kind, status=status, after=after, limit=limit)
    return paging.page(rows, limit, lambda row: row.id, jobs.show)


@get("/v1/jobs/{job_id:str}", tags=["jobs"], raises=[UnknownJob])
async def get_job(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], job_id: FromPath[str]
) -> JobView:
    """A job: its status, how far it is, its result or the problem it failed with."""
    return jobs.show(await jobs.get(db, caller.workspace_id, ids.read("job", job_id)))


@get(
    "/v1/jobs/{job_id:str}/events",
    tags=["jobs"],
    media_type="text/event-stream",
    opt={"openapi_answer": sse.OPENAPI_ANSWER},
    raises=[UnknownJob],
)
async def watch_job(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: Request[Any, Any, Any],
    job_id: FromPath[str],
) -> ServerSentEvent:
    """The job now and at each change, as server-sent events `job`, until it has ended."""
    job = await jobs.get(db, caller.workspace_id, ids.read("job", job_id))
    return sse.stream(_views(request.app.state.database, caller.workspace_id, job.id), "job")


async def _views(database: Database, workspace_id: UUID, job_id: UUID) -> AsyncIterator[JobView]:
    async for job in jobs.events(database, workspace_id, job_id):
        yield jobs.show(job)


@delete("/v1/jobs/{job_id:str}", tags=["jobs"], status_code=202, raises=[UnknownJob])
async def cancel_job(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], job_id: FromPath[str]
) -> JobView:
    """Asks a job to stop; one that has ended stays as it is. What it did in its last step is undone."""
    job = await jobs.cancel(db, caller.workspace_id, ids.read("job", job_id))
    await audit.record(db, caller, "job.cancelled", job_id, {"kind": job.kind})
    return jobs.show(job)


ROUTES = [list_jobs, get_job, watch_job, cancel_job]
