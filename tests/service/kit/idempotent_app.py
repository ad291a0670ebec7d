"""An application as small as the middleware of idempotency needs it, for test_idempotency.

`python idempotent_app.py PORT NAME=VALUE...` serves it as a process that can be killed.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from litestar import Litestar, Request, Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.params import JSONBody
from msgspec import Struct

from service.kit import answers, ids
from service.kit import db as kit_db
from service.kit.db import Connection, Database
from service.kit.idempotency import idempotency
from service.kit.problems import Conflict
from service.settings import Settings, app_dsn, search_dsn

AnyRequest = Request[Any, Any, Any]


class Thing(Struct):
    """A thing to make; `wait_s` holds up the handler after it has written."""

    name: str
    wait_s: float = 0.0
    size: Any = None


class Made(Struct):
    """A thing that was made, with a secret that is shown once."""

    id: str
    name: str
    secret: str


async def _write(db: Connection, workspace_id: UUID, name: str) -> UUID:
    thing_id = ids.new()
    await db.execute("insert into things values ($1, $2, $3)", workspace_id, thing_id, name)
    return thing_id


@post(["/v1/things", "/v1/others"])
async def make(db: NamedDependency[Connection], request: AnyRequest, data: JSONBody[Thing]) -> Response[Made]:
    """Writes one row, and answers with a secret."""
    thing_id = await _write(db, request.scope["state"]["caller"].workspace_id, data.name)
    await asyncio.sleep(data.wait_s)
    made = Made(str(thing_id), data.name, f"sk_canary_{thing_id}")
    return Response(made, headers={"Location": f"/v1/things/{thing_id}"})


@post("/v1/failures")
async def fail(db: NamedDependency[Connection], request: AnyRequest, data: JSONBody[Thing]) -> None:
    """Writes one row, and fails."""
    await _write(db, request.scope["state"]["caller"].workspace_id, data.name)
    raise Conflict("not after all")


@post("/v1/files")
async def upload(db: NamedDependency[Connection], request: AnyRequest) -> int:
    """Counts the bytes of a body that it does not hold."""
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
    await _write(db, request.scope["state"]["caller"].workspace_id, str(size))
    return size


@post("/v1/deaf")
async def deaf(db: NamedDependency[Connection], request: AnyRequest) -> str:
    """Never reads its body."""
    await _write(db, request.scope["state"]["caller"].workspace_id, "deaf")
    return "ok"


@get("/v1/things", sync_to_thread=False)
def things() -> str:
    """Nothing to repeat."""
    return "ok"


def identify(app: Any) -> Any:
    """Who calls stands in two headers, as good as a key."""

    async def identified(scope: Any, receive: Any, send: Any) -> None:
        headers = dict(scope["headers"])
        if b"x-workspace" in headers:
            workspace_id = UUID(headers[b"x-workspace"].decode())
            actor = headers.get(b"x-actor", b"1").decode()
            scope["state"]["caller"] = SimpleNamespace(workspace_id=workspace_id, kind="key", id=actor)
        await app(scope, receive, send)

    return identified


async def provide_db(request: AnyRequest) -> AsyncIterator[Connection]:
    """As the accounts' dependency: the middleware's transaction, else one of its own."""
    opened = request.scope["state"].get("db")
    if opened is not None:
        yield opened
        return
    database: Database = request.app.state.database
    async with database.transaction(request.scope["state"]["caller"].workspace_id) as db:
        yield db


def make_app(settings: Settings, database: Database | None = None) -> Litestar:
    """The application; without a database it opens its own."""

    @asynccontextmanager
    async def opened(app: Litestar) -> AsyncIterator[None]:
        async with kit_db.connect(app_dsn(settings), search_dsn(settings), settings) as pools:
            app.state.database = pools
            yield

    return Litestar(
        [make, fail, upload, deaf, things],
        middleware=[identify, idempotency],
        dependencies={"db": Provide(provide_db)},
        state=State({"settings": settings, "database": database}),
        lifespan=[] if database else [opened],
        exception_handlers=answers.exception_handlers({}),
        request_max_body_size=None,
        openapi_config=None,
    )


if __name__ == "__main__":
    import uvicorn

    given = Settings.from_env(dict(item.split("=", 1) for item in sys.argv[2:]))
    uvicorn.run(make_app(given), port=int(sys.argv[1]), log_level="warning")
