"""A receiver of postbacks on loopback: it keeps what comes, and answers as it is told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK"


class Came(NamedTuple):
    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def values(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query))

    @property
    def text(self) -> str:
        return f"{self.target} {self.headers} {self.body.decode()}"


class Receiver:
    """`answers`: what is answered first, one after the other; then OK."""

    def __init__(self) -> None:
        self.came: list[Came] = []
        self.answers: list[bytes] = []
        self.port = 0
        self.takes_s = 0.0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        method, target, _ = head[0].split(" ")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        self.came.append(Came(method, target, headers, body))
        await asyncio.sleep(self.takes_s)
        writer.write(self.answers.pop(0) if self.answers else OK)
        await writer.drain()
        writer.close()


def answer(status: int, headers: str = "", body: bytes = b"") -> bytes:
    return f"HTTP/1.1 {status} X\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode() + body


@asynccontextmanager
async def listening() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    receiver.port = server.sockets[0].getsockname()[1]
    async with server:
        yield receiver
