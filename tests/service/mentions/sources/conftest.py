"""A site on this machine that feeds are asked of, and short ways to sources."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import msgspec
import pytest
from litestar import Litestar

from service.kit import jobs
from service.kit.db import Database
from service.settings import Settings

Json = dict[str, Any]
Make = Callable[..., Awaitable[Json]]


class Site:
    """Answers by path, and remembers what it was asked: path and headers."""

    def __init__(self) -> None:
        self.port = 0
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def put(self, path: str, body: bytes | str = b"", status: int = 200, **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = (status, named, body.encode() if isinstance(body, str) else body)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        path = lines[0].split(" ")[1]
        headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
        self.asked.append((path, headers))
        status, named, body = self.answers.get(path.split("?")[0], (404, {}, b""))
        head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
        writer.write(f"HTTP/1.1 {status} X\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        writer.close()


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    made = Site()
    server = await asyncio.start_server(made.answer, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    yield made
    server.close()


@pytest.fixture
def near(settings: Settings, site: Site) -> Settings:
    """Settings that let the site be asked."""
    return msgspec.structs.replace(settings, allow_targets=(("127.0.0.1", site.port),))


@pytest.fixture
def open_site(app: Litestar, near: Settings) -> Iterator[None]:
    before = app.state.settings
    app.state.settings = near
    yield
    app.state.settings = before


@pytest.fixture
def look(near: Settings, database: Database) -> Callable[[], Awaitable[None]]:
    """Runs the queued jobs with these settings."""

    async def run() -> None:
        await jobs.run_queued(near, database)

    return run


@pytest.fixture
def source(client: httpx.AsyncClient) -> Make:
    """Makes a source: `await source("rss", url="...")`; `path` is that of its inbound address."""

    async def make(kind: str, **fields: Any) -> Json:
        answer = await client.post("/v1/listening/sources", json={"kind": kind, "name": kind, **fields})
        assert answer.status_code == 201, answer.text
        made: Json = answer.json()
        made["path"] = urlsplit(made["inbound_url"]).path if made["inbound_url"] else None
        return made

    return make
