"""The HTTP protocol of uvicorn with three things of ours.

A bound on a request's head, problem details for what is no request, and a short way for clicks on links.
"""

from functools import partial
from typing import Any

import msgspec
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from service.kit.problems import BadRequest
from service.links.front import quick
from service.links.front.asgi import Front

# httptools can't read an address of more than 65,535 bytes; a head has room for one, and for as much again.
MOST_HEAD = 2 * 65_536


class Protocol(HttpToolsProtocol):
    """What never becomes a request is answered here, in the form in which every other error comes."""

    _unfinished = 0
    _in_head = False
    _in_trailers = False
    _in_message = False

    def data_received(self, data: bytes) -> None:
        """Feed the parser. Without a bound it would collect a head without an end until memory is gone."""
        super().data_received(data)
        if not self._in_head:
            return
        # What arrives with a head's first bytes may hold the end of the body before it as well.
        self._unfinished = 0 if self._unfinished < 0 else self._unfinished + len(data)
        if self._unfinished > MOST_HEAD and not self.transport.is_closing():
            self.logger.warning("A request's head is too long.")
            self.send_400_response("the request's head is too long")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_head, self._in_message, self._unfinished = True, True, -1

    def on_chunk_header(self) -> None:
        """A chunk begins, or the trailers after the last one, which are bounded as a head is and not kept."""
        self._in_head = self._in_trailers = True
        self._unfinished = -1

    def on_header(self, name: bytes, value: bytes) -> None:
        if not self._in_trailers:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._in_head = False
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._in_head = self._in_trailers = False
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._in_head = self._in_trailers = self._in_message = False
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Answer what the parser could not read, and close: where the next request starts nobody knows."""
        body = msgspec.json.encode(BadRequest(msg).body())
        head = (
            "HTTP/1.1 400 Bad Request\r\ncontent-type: application/problem+json\r\n"
            f"cache-control: no-store\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(head.encode("ascii") + body)
        self.transport.close()


class LinkProtocol(Protocol):
    """Answers clicks itself where it can; one request at a time, as HTTP/1.1 wants it."""

    # More than that while an answer waits for the disk is no browser.
    _MOST_HELD = 65_536

    def __init__(self, front: Front, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._front = front
        self._waiting = False
        self._stopping = False
        self._held = b""
        self._answered_at = 0.0
        self._lines: tuple[Any, bytes] = (None, b"")

    def data_received(self, data: bytes) -> None:
        """A click in one piece, between two requests; else what the parser makes of it."""
        if self._waiting:
            self._hold(data)
        elif not (quick.may_be(self._front, data) and self._at_rest() and self._clicked(data)):
            super().data_received(data)

    def _at_rest(self) -> bool:
        cycle = self.cycle
        return not (
            self._in_message or (cycle is not None and not cycle.response_complete) or self.flow.write_paused
        )

    def _clicked(self, data: bytes) -> bool:
        self._waiting = True
        client = self.client[0] if self.client else None
        if quick.answer(self._front, data, client, self._added(), self._reply):
            return True
        self._waiting = False
        return False

    def _added(self) -> bytes:
        """The headers of every answer (the date), as lines: the server makes a new list each second."""
        headers = self.server_state.default_headers
        if self._lines[0] is not headers:
            self._lines = (headers, b"".join(b"%s: %s\r\n" % pair for pair in headers))
        return self._lines[1]

    def _reply(self, answer: bytes) -> None:
        self._waiting = False
        self.server_state.total_requests += 1
        if self.transport.is_closing():
            return
        self.transport.write(answer)
        if self._stopping:
            self.transport.close()
            return
        self._answered_at = self.loop.time()
        if self.timeout_keep_alive_task is None:
            self._watch(self.timeout_keep_alive)
        if self._held:
            held, self._held = self._held, b""
            self.transport.resume_reading()
            self.data_received(held)

    def _watch(self, seconds: float) -> None:
        self.timeout_keep_alive_task = self.loop.call_later(seconds, self.timeout_keep_alive_handler)

    def timeout_keep_alive_handler(self) -> None:
        """Close what is idle. A click does not set the clock anew, it is looked at when it rings."""
        left = self._answered_at + self.timeout_keep_alive - self.loop.time()
        if self._waiting or left > 0.01:
            self._watch(max(left, 1.0))
        else:
            super().timeout_keep_alive_handler()

    def _hold(self, data: bytes) -> None:
        self._held += data
        if len(self._held) > self._MOST_HELD:
            self.transport.pause_reading()

    def shutdown(self) -> None:
        """End in order: who waits for the disk is answered first."""
        if self._waiting:
            self._stopping = True
        else:
            super().shutdown()


def protocol_for(front: Front) -> Any:
    """The protocol of a server with this front."""
    return partial(LinkProtocol, front)
