"""Load on a server of links: `python -m service.bench.load PORT REQUESTS`, in a process of its own.

Keeps `CONNECTIONS` connections busy, one request each, until all are answered. Much cheaper than what it
measures: a protocol that compares bytes and writes the next request. Prints one JSON object.
"""

import argparse
import asyncio
import random
import sys
import time
from collections.abc import Iterator
from typing import cast

import msgspec

CONNECTIONS = 64
LINKS = 1000
VISITORS = 20_000
AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0"
    " Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Version/18.1 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Mobile/21G93 Instagram 350.0.0.31.91 (iPhone14,5; iOS 17_6_1; tr_TR; tr; scale=3.00; 1170x2532)",
    "Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0"
    " Mobile Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:132.0) Gecko/20100101 Firefox/132.0",
)


class Result(msgspec.Struct):
    """`wrong`: answers that were no 302; `cpu_s`: what the load itself has cost."""

    seconds: float
    cpu_s: float
    answered: int
    wrong: int
    p50_ms: float
    p99_ms: float


def code(number: int) -> str:
    """The code of the n-th link."""
    return f"bench-{number}"


def requests() -> list[bytes]:
    """What browsers behind a proxy send; shuffled, the same each time."""
    drawn = random.Random(5)  # noqa: S311 - no secret
    return [_request(drawn) for _ in range(VISITORS)]


def _request(drawn: random.Random) -> bytes:
    address = (
        f"{drawn.randrange(1, 224)}.{drawn.randrange(256)}.{drawn.randrange(256)}.{drawn.randrange(256)}"
    )
    return (
        f"GET /r/{code(drawn.randrange(LINKS))} HTTP/1.1\r\n"
        "Host: elci.example\r\n"
        f"User-Agent: {drawn.choice(AGENTS)}\r\n"
        "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
        "Accept-Language: tr-TR,tr;q=0.9,en;q=0.8\r\n"
        "Accept-Encoding: gzip, deflate, br\r\n"
        "Referer: https://l.instagram.com/\r\n"
        f"X-Forwarded-For: {address}\r\n\r\n"
    ).encode()


class Caller(asyncio.Protocol):
    """One connection: the next request when the last is answered."""

    def __init__(self, waiting: Iterator[bytes], took: list[float], result: Result) -> None:
        self.done = asyncio.get_running_loop().create_future()
        self._waiting = waiting
        self._took = took
        self._result = result
        self._began = 0.0
        self._read = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._next()

    def _next(self) -> None:
        request = next(self._waiting, None)
        if request is None:
            self._transport.close()
            if not self.done.done():
                self.done.set_result(None)
            return
        self._began = time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._read += data
        if not self._read.endswith(b"\r\n\r\n"):
            return
        self._took.append(time.perf_counter() - self._began)
        if self._read[9:12] != b"302":
            self._result.wrong += 1
        self._result.answered += 1
        self._read = b""
        self._next()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(error or ConnectionError("the server has hung up"))


async def run(port: int, number: int) -> Result:
    """Send `number` requests."""
    made = requests()
    waiting = (made[at % len(made)] for at in range(number))
    took: list[float] = []
    result = Result(0, 0, 0, 0, 0, 0)
    loop = asyncio.get_running_loop()
    began, spent = time.perf_counter(), time.process_time()
    connected = await asyncio.gather(
        *(
            loop.create_connection(lambda: Caller(waiting, took, result), "127.0.0.1", port)
            for _ in range(min(CONNECTIONS, number))
        )
    )
    await asyncio.gather(*(caller.done for _, caller in connected))
    result.seconds, result.cpu_s = time.perf_counter() - began, time.process_time() - spent
    took.sort()
    result.p50_ms, result.p99_ms = took[len(took) // 2] * 1000, took[len(took) * 99 // 100] * 1000
    return result


def main() -> None:
    """Print what came of it."""
    import uvloop

    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("number", type=int)
    asked = parser.parse_args()
    result = uvloop.run(run(asked.port, asked.number))
    sys.stdout.buffer.write(msgspec.json.encode(result) + b"\n")


if __name__ == "__main__":
    main()
