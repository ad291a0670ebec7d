"""A request's body as it passes by: its fingerprint, without holding on to it."""

import hashlib
import re
from typing import cast

import msgspec
from litestar.types import HTTPReceiveMessage, HTTPScope, Receive

from service.kit.problems import BadRequest, TooLarge

# A longer JSON body is fingerprinted byte by byte: it is a file more likely than a form.
LONGEST_CANONICAL = 1024 * 1024
_BOUNDARY = re.compile(rb"multipart/.*;\s*boundary=\"?([^\";]{1,70})\"?", re.IGNORECASE)


class Body:
    """Receives for the handler, and computes the fingerprint of what came in."""

    def __init__(self, scope: HTTPScope, receive: Receive, most: int) -> None:
        kind = next((value for name, value in scope["headers"] if name == b"content-type"), b"")
        boundary = _BOUNDARY.fullmatch(kind)
        self._receive = receive
        self._most = most
        self._query = scope["query_string"]
        self._hash = hashlib.sha256()
        self._size = 0
        # A client that sends a form again makes a new boundary; it is no difference.
        self._boundary = boundary[1] if boundary else b""
        self._tail = b""
        self._json: bytearray | None = bytearray() if _is_json(kind) else None
        self._complete = False

    async def receive(self) -> HTTPReceiveMessage:
        """ASGI's receive, for the handler."""
        message = cast(HTTPReceiveMessage, await self._receive())
        if message["type"] == "http.request":
            self._take(message.get("body", b""))
            self._complete = not message.get("more_body", False)
        return message

    async def fingerprint(self) -> bytes:
        """Of query and body; reads what the handler left unread. Raises TooLarge, BadRequest."""
        while not self._complete:
            if (await self.receive())["type"] != "http.request":
                raise BadRequest("the request was broken off")
            if self._size > self._most:
                raise TooLarge("the body is too large")
        self._hash.update(self._tail)
        body = self._canonical() or b"raw" + self._hash.digest()
        return hashlib.sha256(self._query + b"\0" + body).digest()

    def _take(self, chunk: bytes) -> None:
        self._size += len(chunk)
        kept = (self._tail + chunk).replace(self._boundary, b"") if self._boundary else chunk
        # The end may be the beginning of a boundary.
        cut = len(kept) - max(0, len(self._boundary) - 1)
        self._tail = kept[max(0, cut) :]
        self._hash.update(kept[: max(0, cut)])
        if self._json is not None:
            self._json += chunk
            if len(self._json) > LONGEST_CANONICAL:
                self._json = None

    def _canonical(self) -> bytes | None:
        """The JSON without its white space and with its members in order, None if it is none."""
        try:
            value = msgspec.json.decode(self._json) if self._json is not None else msgspec.UNSET
            return None if value is msgspec.UNSET else b"json" + msgspec.json.encode(value, order="sorted")
        except (msgspec.MsgspecError, UnicodeError, RecursionError):
            return None


def _is_json(kind: bytes) -> bool:
    plain = kind.split(b";")[0].strip().lower()
    return plain in (b"", b"application/json") or plain.endswith(b"+json")
