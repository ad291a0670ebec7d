import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress

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


async def flood(port: int, start: bytes, piece: bytes) -> tuple[bytes, int]:
    """What a server has said when it refuses to take more, and how much it took; pieces come one by one."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(start)
    said, taken = b"", 0
    while taken < 10 * MOST_HEAD:
        writer.write(piece)
        await writer.drain()
        taken += len(piece)
        with suppress(TimeoutError):
            said += await asyncio.wait_for(reader.read(65_536), 0.01)
        if b"HTTP/1.1 400 " in said:
            writer.close()
            return said, taken
    raise AssertionError("it takes whatever comes")


async def test_a_head_without_an_end_is_not_collected(port):
    said, taken = await flood(port, b"GET / HTTP/1.1\r\nx: ", b"a" * 16_384)
    assert said.startswith(b"HTTP/1.1 400 ")
    assert said.endswith(b'"detail":"the request\'s head is too long"}')
    assert taken < 2 * MOST_HEAD


async def test_trailers_without_an_end_are_not_collected(port):
    """What follows the last chunk is a head again, and nobody reads it."""
    start = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n"
    said, taken = await flood(port, start, b"x-trailer: yes\r\n" * 1_000)
    # The answer came first: the request was whole but for its trailers.
    assert said.startswith(b"HTTP/1.1 200 OK")
    assert taken < 2 * MOST_HEAD


async def test_requests_one_behind_the_other_and_with_large_bodies_are_served(port):
    large = (
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % (3 * MOST_HEAD) + b"b" * 3 * MOST_HEAD
    )
    small = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    last = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    _, body = await answer(port, large, small + small, last)
    assert body.count(b"HTTP/1.1 200 OK") == 3
    assert body.endswith(b"ok")


async def test_the_end_of_a_body_is_no_head(port):
    """A read that holds the end of a large body and the beginning of the next request is served."""
    body = b"b" * (3 * MOST_HEAD)
    large = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    _, answered = await answer(port, large + b"GET / HTTP/1.1\r\nHost: x\r\n", b"Connection: close\r\n\r\n")
    assert answered.count(b"HTTP/1.1 200 OK") == 1
