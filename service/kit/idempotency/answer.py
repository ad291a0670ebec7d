"""An answer that is held back until its effect is committed, and kept for the next time it is asked for."""

from datetime import datetime

import msgspec
from litestar.types import Message, Send

from service.kit.idempotency.key import Key
from service.kit.idempotency.problems import AnswerGone
from service.kit.secrets import Unsealable, Vault

Headers = list[tuple[bytes, bytes]]


class Answer(msgspec.Struct, array_like=True):
    """Status, headers and body of an answer."""

    status: int = 500
    headers: Headers = msgspec.field(default_factory=list)
    body: bytes = b""

    async def take(self, message: Message) -> None:
        """ASGI's send, for the handler."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = [(name, value) for name, value in message["headers"]]
        elif message["type"] == "http.response.body":
            self.body += message["body"]

    def sealed(self, vault: Vault, key: Key) -> bytes:
        """The answer for the table: it may hold a key that is shown once."""
        return vault.seal(msgspec.msgpack.encode(self), _context(key))

    def saying(self, expires_at: datetime, *, replayed: bool) -> "Answer":
        """The answer with the headers of idempotency."""
        headers = [*self.headers, (b"idempotency-expires", expires_at.isoformat().encode())]
        if replayed:
            headers.append((b"idempotency-replayed", b"true"))
        return Answer(self.status, headers, self.body)

    async def send(self, send: Send) -> None:
        """Lets it go."""
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await send({"type": "http.response.body", "body": self.body, "more_body": False})


def opened(vault: Vault, key: Key, sealed: bytes | None) -> Answer:
    """A stored answer. Raises AnswerGone where it was erased, or sealed by a key that was changed since."""
    try:
        plain = vault.open(sealed or b"", _context(key))
    except Unsealable as error:
        raise AnswerGone from error
    return msgspec.msgpack.decode(plain, type=Answer)


def _context(key: Key) -> bytes:
    return key.workspace_id.bytes + key.digest
