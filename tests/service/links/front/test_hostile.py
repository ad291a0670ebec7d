"""Over the wire: whatever a request says, the answer leads to the stored place, and its head is ours."""

import asyncio
import re
from collections.abc import AsyncIterator
from urllib.parse import quote, urlsplit

import pytest

from service.kit.db import Connection, Database
from service.links.front.asgi import Front
from service.links.front.opening import opened
from service.serve.protocol import Protocol, protocol_for
from service.settings import Settings
from tests.service.links.clicking import CHROME, DESTINATION, add_link, add_workspace
from tests.service.links.front.test_quick import Server
from tests.service.links.hostile import TARGETS, pairs

OURS = {
    *(b"location", b"cache-control", b"set-cookie", b"content-length", b"date", b"server", b"connection"),
    *(b"content-type", b"content-security-policy", b"referrer-policy", b"x-content-type-options"),
    *(b"x-robots-tag", b"x-frame-options", b"transfer-encoding"),
}
LINE = f"User-Agent: {CHROME}\r\n"
HEADERS = (
    "Host: evil.example\r\n",
    "Host: x\r\nX-Forwarded-Host: evil.example\r\n",
    "Host: x\r\nX-Forwarded-Proto: javascript\r\n",
    "Host: x\r\nForwarded: host=evil.example;proto=https\r\n",
    "Host: x\r\nX-Original-URL: //evil.example\r\nX-Rewrite-URL: //evil.example\r\n",
    "Host: x\r\nReferer: https://evil.example/%0d%0aLocation:%20https://evil.example\r\n",
    "Host: x\r\nReferer: javascript:alert(1)\r\n",
    "Host: x\r\nAccept-Language: //evil.example,tr;q=0.9\r\n",
    "Host: x\r\nCookie: elci=//evil.example; elci=clk_%0d%0aSet-Cookie:a=b\r\n",
    "Host: x\r\nOrigin: https://evil.example\r\n",
    "Host: x\r\nCF-IPCountry: //evil.example\r\nX-Country: //evil.example\r\n",
)
PATHS = (
    *("/r/yaz//evil.example", "/r//evil.example", "/r/yaz/..//evil.example", "/r/yaz%2f%2fevil.example"),
    *("/r/yaz%0d%0aLocation:%20https://evil.example", "/r/https://evil.example", "/r/yaz;@evil.example"),
    *("//evil.example/r/yaz", "/r/\\evil.example", "/r/yaz\\..\\evil.example", "http://evil.example/r/yaz"),
)


def requests() -> dict[str, bytes]:
    """Requests by their name: query strings percent-encoded and as raw as a line of a request can be."""
    made = {}
    for name, value in pairs():
        encoded = f"{quote(name, safe='')}={quote(value, safe='')}"
        made[f"encoded {name} {value!r}"] = f"/r/yaz?{encoded}", f"Host: x\r\n{LINE}"
        raw = re.sub(r"[\x00- \x7f]", "", f"{name}={value}")
        made[f"raw {name} {value!r}"] = f"/r/yaz?{raw}", f"Host: x\r\n{LINE}"
    for value in TARGETS:
        made[f"bare {value!r}"] = f"/r/yaz?{quote(value, safe='/:@')}", f"Host: x\r\n{LINE}"
    for headers in HEADERS:
        made[f"head {headers!r}"] = "/r/yaz", headers + LINE
    for path in PATHS:
        made[f"path {path}"] = path, f"Host: x\r\n{LINE}"
    return {
        name: f"GET {target} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n".encode()
        for name, (target, headers) in made.items()
    }


@pytest.fixture
async def front(own: Settings, database: Database, owner: Connection) -> AsyncIterator[Front]:
    workspace_id = await add_workspace(owner)
    await add_link(owner, workspace_id, "yaz", utm={"utm_medium": "{sub1}{platform}{country}{language}"})
    made = Front(_nowhere, own)
    async with opened(made, own, database):
        yield made


async def _nowhere(scope, receive, send):  # type: ignore[no-untyped-def]
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def _ask(port: int, request: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    said = await asyncio.wait_for(reader.read(), 10)
    writer.close()
    return said


@pytest.mark.parametrize("way", [Protocol, None], ids=["long", "short"])
async def test_no_request_leads_elsewhere(front: Front, way: object) -> None:
    """Seen red with `?url=` obeyed, and with names and values put into the head as they came."""
    followed = 0
    async with Server(front, way or protocol_for(front)) as server:
        for name, request in requests().items():
            said = await _ask(server.port, request)
            head = said.partition(b"\r\n\r\n")[0]
            status, *lines = re.split(rb"[\r\n]+", head)
            fields = [line.partition(b":") for line in lines]
            assert re.match(rb"HTTP/1.1 (302|400|404) ", status), (name, said)
            assert {field.lower() for field, _, _ in fields} <= OURS, (name, said)
            assert said.count(b"HTTP/1.1 ") == 1, (name, said)
            locations = [value.strip().decode("ascii") for field, _, value in fields if field == b"location"]
            assert len(locations) == (b" 302 " in status), (name, said)
            for location in locations:
                assert location.startswith(DESTINATION + "?"), (name, location)
                assert urlsplit(location).netloc == urlsplit(DESTINATION).netloc, name
                followed += 1
    assert followed >= 2 * len(pairs())
