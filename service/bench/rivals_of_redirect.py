"""What the redirect is measured against: `python -m service.bench.rivals_of_redirect bare|insert SOCKET`."""

import argparse
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

LOCATION = "https://shop.example/x?utm_source=elci&elci=clk_00000000000000000000000000"
INSERT = """
    insert into bench_clicks (id, code, clicked_at, address, agent, referrer)
    values ($1, $2, clock_timestamp(), $3, $4, $5)
"""


async def bare(scope: Any, receive: Any, send: Any) -> None:
    """The least that ASGI allows: a 302 that is the same for all."""
    if scope["type"] != "http":
        return
    headers = [(b"location", LOCATION.encode()), (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": 302, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def insert() -> Any:
    """A plain Litestar handler: one INSERT a click, then the 302."""
    import asyncpg
    from litestar import Litestar, Request, get
    from litestar.response import Redirect

    from service.kit import ids
    from service.settings import Settings, environment, owner_dsn

    @asynccontextmanager
    async def pool(app: Litestar) -> AsyncIterator[None]:
        dsn = owner_dsn(Settings.from_env(environment()))
        async with asyncpg.create_pool(dsn, min_size=10, max_size=10) as app.state.pool:
            yield

    @get("/r/{code:str}")
    async def follow(request: Request[Any, Any, Any], code: str) -> Redirect:
        told = request.headers
        await request.app.state.pool.execute(
            INSERT,
            ids.new(),
            code,
            told.get("x-forwarded-for"),
            told.get("user-agent"),
            told.get("referer"),
        )
        return Redirect(LOCATION)

    return Litestar([follow], lifespan=[pool], openapi_config=None, logging_config=None)


def main() -> None:
    """Serve on a socket that is bound already."""
    import uvicorn

    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=["bare", "insert"])
    parser.add_argument("socket", type=int)
    asked = parser.parse_args()
    config = uvicorn.Config(
        bare if asked.kind == "bare" else insert(),
        loop="uvloop",
        http="httptools",
        ws="none",
        lifespan="off" if asked.kind == "bare" else "on",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,
    )
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=asked.socket)])


if __name__ == "__main__":
    main()
