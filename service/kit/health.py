"""Is the process alive, is it ready, what does it count."""

from typing import Any

from litestar import Request, Response, get
from litestar.types import ControllerRouterHandler
from msgspec import Struct

from migrations.newest import is_current
from service.kit.observe import exposition
from service.kit.problems import Problem, Unavailable


class Health(Struct):
    """`ok` where the process answers."""

    status: str


class NotReady(Unavailable):
    title = "Not ready"
    slug = "not-ready"


@get("/healthz", tags=["operations"], security=[{}], sync_to_thread=False, summary="Is the process alive?")
def healthz() -> Health:
    """Answers as long as the process runs, whatever the database does."""
    return Health("ok")


@get("/readyz", tags=["operations"], security=[{}], raises=[NotReady], summary="Can it serve?")
async def readyz(request: Request[Any, Any, Any]) -> Health:
    """Answers once the database does, at the newest schema; else 503 with the reason."""
    try:
        async with request.app.state.database.connection() as db:
            current = await is_current(db)
    except Problem as error:
        raise NotReady(error.detail, headers={"Retry-After": "2"}) from error
    if not current:
        raise NotReady("the database is not at the newest schema: run `elci migrate`")
    return Health("ok")


@get("/metrics", tags=["operations"], security=[{}], media_type="text/plain")
async def metrics(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Counters and gauges in the text format of Prometheus."""
    return Response(await exposition(request.app), media_type="text/plain; version=0.0.4")


ROUTES: list[ControllerRouterHandler] = [healthz, readyz, metrics]
