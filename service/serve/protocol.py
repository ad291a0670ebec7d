"""The HTTP protocol of uvicorn with two things of ours: a bound on a request's head, and problem details."""

import msgspec
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from service.kit.problems import BadRequest

# httptools can't read an address of more than 65,535 bytes; a head has room for one, and for as much again.
MOST_HEAD = 2 * 65_536


class Protocol(HttpToolsProtocol):
    """What never becomes a request is answered here, in the form in which every other error comes."""

    _unfinished = 0
    _in_head = False
    _in_trailers = False

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
        self._in_head, self._unfinished = True, -1

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
        self._in_head = self._in_trailers = False
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
