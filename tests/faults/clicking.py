"""Visitors who click at a given rate while something is killed, and remember what they were answered."""

import asyncio
import re
import threading
import time
from collections import Counter

_LOCATION = re.compile(rb"\r\nlocation: [^\r]*elci=(clk_[0-9a-z]{26})")
_AGENT = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Version/18.1 Mobile/15E148 Safari/604.1"
)
RATE = 500
CONNECTIONS = 40
PATIENCE_S = 20.0
_CUT = (OSError, asyncio.IncompleteReadError, TimeoutError)


class Visitors:
    """Clicks in a thread of their own from `with` to its end, about `RATE` a second.

    `answered`: ids of clicks whose redirect came. A connection that is cut, or refused, is tried once more
    from the start, and counted in `cut`; `wrong` has what was no 302, and what failed twice.
    """

    def __init__(self, port: int, codes: list[str], connections: int = CONNECTIONS) -> None:
        self.answered: list[str] = []
        self.wrong: Counter[str] = Counter()
        self.cut = 0
        self.sent = 0
        self.slowest = 0.0
        self._port = port
        self._codes = codes
        self._connections = connections
        self._over = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()))

    def __enter__(self) -> "Visitors":
        self._began = time.monotonic()
        self._thread.start()
        return self

    def stop(self) -> None:
        """No more clicks from here on."""
        self._over.set()

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._thread.join()
        self.seconds = time.monotonic() - self._began

    @property
    def rate(self) -> float:
        """Answers a second, over all."""
        return len(self.answered) / self.seconds

    async def _run(self) -> None:
        await asyncio.gather(*(self._visitor(at) for at in range(self._connections)))

    async def _visitor(self, at: int) -> None:
        pause = self._connections / RATE
        connection = Connection(self._port)
        # Not all in the same tenth of a second.
        await asyncio.sleep(pause * at / self._connections)
        while not self._over.is_set():
            began = time.monotonic()
            request = self._request(at)
            try:
                await self._click(connection, request)
            except _CUT:
                self.cut += 1
                connection.close()
                try:
                    await self._click(connection, request)
                except _CUT as error:
                    self.wrong[type(error).__name__] += 1
                    connection.close()
            took = time.monotonic() - began
            self.slowest = max(self.slowest, took)
            await asyncio.sleep(max(0.0, pause - took))
        connection.close()

    def _request(self, at: int) -> bytes:
        self.sent += 1
        code = self._codes[self.sent % len(self._codes)]
        return f"GET /r/{code} HTTP/1.1\r\nHost: x\r\nUser-Agent: {_AGENT} v/{at}\r\n\r\n".encode()

    async def _click(self, connection: "Connection", request: bytes) -> None:
        async with asyncio.timeout(PATIENCE_S):
            head = await connection.ask(request)
        found = _LOCATION.search(head)
        if head[9:12] == b"302" and found:
            self.answered.append(found[1].decode())
        else:
            self.wrong[head[:40].decode()] += 1


class Connection:
    """A connection that is made when it is needed."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, request: bytes) -> bytes:
        """The head of the answer."""
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        writer.write(request)
        return await reader.readuntil(b"\r\n\r\n")

    def close(self) -> None:
        """End it at once, whatever the other side does."""
        if self._streams is not None:
            self._streams[1].transport.abort()
            self._streams = None
