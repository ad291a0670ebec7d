"""What tests of clicks stand on: links without the API, the front on a test's own database, visitors."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import httpx
import msgspec

from service.kit import ids
from service.kit.db import Connection, Database
from service.links.front.asgi import Front
from service.links.front.opening import opened
from service.settings import Settings

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0"
    " Safari/537.36"
)
DESTINATION = "https://shop.example/x"


async def add_workspace(owner: Connection, hosts: list[str] | None = None) -> UUID:
    """A workspace that may lead to shop.example."""
    workspace_id: UUID = ids.new()
    await owner.execute("select entry.new_workspace($1, $2)", workspace_id, "Brand")
    await owner.execute(
        "update workspaces set destination_hosts = $2 where id = $1",
        workspace_id,
        hosts or ["shop.example", "*.shop.example"],
    )
    return workspace_id


async def add_link(owner: Connection, workspace_id: UUID, code: str, **values: Any) -> UUID:
    """A link to DESTINATION."""
    link_id: UUID = ids.new()
    given = {"url": DESTINATION, "hosts": ["shop.example"], "folded": code} | values
    names = ", ".join(f'"{name}"' for name in given)
    marks = ", ".join(f"${at}" for at in range(4, 4 + len(given)))
    await owner.execute(
        f"insert into links (workspace_id, id, code, {names}) values ($1, $2, $3, {marks})",
        workspace_id,
        link_id,
        code,
        *given.values(),
    )
    return link_id


async def _nowhere(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 299, "headers": []})
    await send({"type": "http.response.body", "body": b"passed on"})


@asynccontextmanager
async def visiting(
    settings: Settings, database: Database, **changes: Any
) -> AsyncIterator[httpx.AsyncClient]:
    """A visitor's client to a front of its own; what is no link is answered 299."""
    own = msgspec.structs.replace(settings, **changes)
    front = Front(_nowhere, own)
    async with (
        opened(front, own, database),
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app=front, client=("192.0.2.7", 1234)),
            base_url="http://elci.test",
            headers={"User-Agent": CHROME, "Accept-Language": "tr-TR,tr;q=0.9"},
        ) as client,
    ):
        yield client
