import asyncio
import json
from collections.abc import AsyncIterator

import pytest
import uvicorn

from service.serve.protocol import MOST_HEAD, Protocol


@pytest.fixture
async def port() -> AsyncIterator[int]:
    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})

    config = uvicorn.Config(app, port=0, http=Protocol, ws="none", lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    yield server.servers[0].sockets[0].getsockname()[1]
    await server.shutdown()


async def answer(port: int, *pieces: bytes) -> tuple[bytes, bytes]:
    """Head and body of what comes back before the server closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for piece in pieces:
        writer.write(piece)
        await writer.drain()
        await asyncio.sleep(0)
    head, _, body = (await asyncio.wait_for(reader.read(), 10)).partition(b"\r\n\r\n")
    writer.close()
    return head, body


@pytest.mark.parametrize(
    "request_head",
    [
        b"GET /?" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"nonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost\x00: x\r\n\r\n",
    ],
)
async def test_what_is_no_request_is_answered_as_a_problem(port, request_head):
    head, body = await answer(port, request_head)
    assert head.startswith(b"HTTP/1.1 400 ")
    assert b"content-type: application/problem+json" in head
    assert json.loads(body)["type"] == "/problems/bad-request"


async def test_a_head_without_an_end_is_not_collected(port):
    endless = [b"GET / HTTP/1.1\r\nx: ", *[b"a" * 16_384] * (MOST_HEAD // 16_384)]
    head, body = await answer(port, *endless)
    assert head.startswith(b"HTTP/1.1 400 ")
    assert json.loads(body)["detail"] == "the request's head is too long"


async def test_requests_one_behind_the_other_and_with_large_bodies_are_served(port):
    large = (
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % (3 * MOST_HEAD) + b"b" * 3 * MOST_HEAD
    )
    small = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    last = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    _, body = await answer(port, large, small + small, last)
    assert body.count(b"HTTP/1.1 200 OK") == 3
    assert body.endswith(b"ok")
