"""The short way answers exactly what the long way does, or leaves it to the long way."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
import uvicorn

from service.kit.db import Connection, Database
from service.links.front import quick
from service.links.front.asgi import Front
from service.links.front.opening import opened
from service.serve.protocol import Protocol, protocol_for
from service.settings import Settings
from tests.service.links.clicking import CHROME, add_link, add_workspace

PLAIN = f"Host: x\r\nUser-Agent: {CHROME}\r\nAccept-Language: tr\r\n"
REQUESTS = {
    "plain": f"GET /r/yaz HTTP/1.1\r\n{PLAIN}\r\n",
    "query": f"GET /r/yaz?fbclid=a%26b&utm_source=x&sub2=t&url=//evil HTTP/1.1\r\n{PLAIN}\r\n",
    "no value": f"GET /r/yaz? HTTP/1.1\r\n{PLAIN}\r\n",
    "targets": f"GET /r/hedef HTTP/1.1\r\n{PLAIN}\r\n",
    "button": f"GET /r/dugme HTTP/1.1\r\n{PLAIN}\r\n",
    "retired": f"GET /r/eski HTTP/1.1\r\n{PLAIN}\r\n",
    "bot": "GET /r/yaz HTTP/1.1\r\nHost: x\r\nUser-Agent: Googlebot/2.1\r\n\r\n",
    "no agent": "GET /r/yaz HTTP/1.1\r\nhost:x\r\n\r\n",
    "shouted": f"GET /r/yaz HTTP/1.1\r\nHOST: x\r\nUSER-AGENT:   {CHROME}  \r\nSEC-GPC: 1\r\n\r\n",
    "prefetch": f"GET /r/yaz HTTP/1.1\r\n{PLAIN}Sec-Purpose: prefetch\r\n\r\n",
    "cookies": f"GET /r/yaz HTTP/1.1\r\n{PLAIN}Cookie: a=b; elci=clk_x\r\nConnection: keep-alive\r\n\r\n",
    "forwarded": f"GET /r/yaz HTTP/1.1\r\n{PLAIN}X-Forwarded-For: 192.0.2.1, 192.0.2.2\r\n\r\n",
}
UNUSUAL = {
    "head": f"HEAD /r/yaz HTTP/1.1\r\n{PLAIN}\r\n",
    "old": f"GET /r/yaz HTTP/1.0\r\n{PLAIN}\r\n",
    "closing": f"GET /r/yaz HTTP/1.1\r\n{PLAIN}Connection: close\r\n\r\n",
    "body": f"GET /r/yaz HTTP/1.1\r\n{PLAIN}Content-Length: 3\r\n\r\nabc",
    "length": f"GET /r/yaz HTTP/1.1\r\n{PLAIN}Content-Length: 0\r\n\r\n",
    "chunked": f"GET /r/yaz HTTP/1.1\r\n{PLAIN}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "upgrade": f"GET /r/yaz HTTP/1.1\r\n{PLAIN}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    "two": f"GET /r/yaz HTTP/1.1\r\n{PLAIN}\r\n" * 2,
    "folded": f"GET /r/yaz HTTP/1.1\r\n{PLAIN} folded: x\r\n\r\n",
    "space": f"GET /r/yaz HTTP/1.1\r\n{PLAIN}A : x\r\n\r\n",
    "bare feed": f"GET /r/yaz HTTP/1.1\r\n{PLAIN}A: x\ny: z\r\n\r\n",
    "bare return": f"GET /r/yaz HTTP/1.1\r\n{PLAIN}A: x\ry\r\n\r\n",
    "no colon": f"GET /r/yaz HTTP/1.1\r\n{PLAIN}nonsense\r\n\r\n",
    "nul": f"GET /r/yaz HTTP/1.1\r\n{PLAIN}A: \0\r\n\r\n",
    "fragment": f"GET /r/yaz?a=b#c HTTP/1.1\r\n{PLAIN}\r\n",
    "encoded": f"GET /r/%79az HTTP/1.1\r\n{PLAIN}\r\n",
    "capitals": f"GET /r/YAZ HTTP/1.1\r\n{PLAIN}\r\n",
    "unknown": f"GET /r/hic HTTP/1.1\r\n{PLAIN}\r\n",
    "two spaces": f"GET  /r/yaz HTTP/1.1\r\n{PLAIN}\r\n",
    "control": f"GET /r/yaz?a=\x01 HTTP/1.1\r\n{PLAIN}\r\n",
    "absolute": f"GET http://x/r/yaz HTTP/1.1\r\n{PLAIN}\r\n",
    "part": "GET /r/yaz HTTP/1.1\r\nHost: x\r\n",
}


@pytest.fixture
async def front(own: Settings, database: Database, owner: Connection) -> AsyncIterator[Front]:
    workspace_id = await add_workspace(owner)
    await add_link(owner, workspace_id, "yaz", utm={"utm_medium": "{partner_id}x", "utm_term": "{click_id}"})
    targets = [{"url": "https://a.shop.example/", "languages": ["tr"], "weight": 1}]
    await add_link(owner, workspace_id, "hedef", targets=targets)
    await add_link(owner, workspace_id, "dugme", mode="interstitial", title="Mağaza")
    await owner.execute(
        "update links set retired_at = now() where id = $1", await add_link(owner, workspace_id, "eski")
    )
    made = Front(_nowhere, own)
    async with opened(made, own, database):
        yield made


async def _nowhere(scope, receive, send):  # type: ignore[no-untyped-def]
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


class Server:
    """A front on a port, with or without the short way."""

    def __init__(self, front: Front, protocol: object) -> None:
        self.config = uvicorn.Config(front, port=0, http=protocol, ws="none", lifespan="off", log_config=None)  # type: ignore[arg-type]
        self.server = uvicorn.Server(self.config)

    async def __aenter__(self) -> "Server":
        self.config.load()
        self.server.lifespan = self.config.lifespan_class(self.config)
        await self.server.startup()
        self.port = self.server.servers[0].sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.server.shutdown()

    async def ask(self, *pieces: bytes, answers: int = 1) -> bytes:
        """What comes back, until there is nothing more for a moment."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        for piece in pieces:
            writer.write(piece)
            await asyncio.sleep(0.01)
        said = b""
        try:
            async with asyncio.timeout(5):
                while said.count(b"HTTP/1.1 ") < answers and (more := await reader.read(65_536)):
                    said += more
                    await asyncio.sleep(0.01)
        except TimeoutError:
            pass
        writer.close()
        return said


def _comparable(answer: bytes) -> tuple[bytes, list[bytes], bytes]:
    head, _, body = re.sub(rb"clk_[0-9a-z]{26}", b"CLICK", answer).partition(b"\r\n\r\n")
    status, *lines = head.split(b"\r\n")
    return status, sorted(line for line in lines if not line.startswith(b"date:")), body


async def test_both_ways_say_the_same(front: Front) -> None:
    async with Server(front, Protocol) as long, Server(front, protocol_for(front)) as short:
        for code in ("yaz", "hedef", "dugme", "eski"):
            await long.ask(f"GET /r/{code} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        for name, request in (REQUESTS | UNUSUAL).items():
            if name == "part":
                continue
            data, answers = request.encode(), 1 + (name == "two")
            told, expected = await short.ask(data, answers=answers), await long.ask(data, answers=answers)
            assert _comparable(told) == _comparable(expected), name
            assert told, name


async def test_what_is_unusual_is_left_alone(front: Front) -> None:
    async with Server(front, Protocol) as long:
        for code in ("yaz", "hedef", "dugme", "eski"):
            await long.ask(f"GET /r/{code} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    for name, request in REQUESTS.items():
        said: list[bytes] = []
        assert quick.answer(front, request.encode(), "192.0.2.1", b"", said.append), name
    for name, request in UNUSUAL.items():
        said = []
        usual = quick.may_be(front, request.encode()) and quick.answer(
            front, request.encode(), "192.0.2.1", b"", said.append
        )
        assert not usual, name
        assert not said, name


async def test_a_connection_serves_both_ways_in_turn(front: Front) -> None:
    """Pipelined, in pieces, with other requests in between: each gets its answer, in order."""
    click, other = REQUESTS["plain"].encode(), b"GET /else HTTP/1.1\r\nHost: x\r\n\r\n"
    async with Server(front, protocol_for(front)) as server:
        await server.ask(click)
        said = await server.ask(click, other, click, click + other, click[:20], click[20:], answers=7)
        statuses = re.findall(rb"HTTP/1.1 (\d+)", said)
        assert statuses == [b"302", b"204", b"302", b"302", b"204", b"302"]
