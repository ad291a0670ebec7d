"""The token in the mail that asks whether an address is somebody's: signed, so that nothing secret is stored.
Pure."""

import base64
import binascii
import hmac
from typing import NamedTuple
from uuid import UUID

_MARK = 16
_LENGTH = 16 + 16 + _MARK


class Asked(NamedTuple):
    """A request to join, and in which workspace."""

    workspace_id: UUID
    request_id: UUID


def write(key: bytes, asked: Asked) -> str:
    """The token of a request.

    >>> one = Asked(UUID(int=1), UUID(int=2))
    >>> read(b"k", write(b"k", one)) == one, read(b"other", write(b"k", one)), read(b"k", "?")
    (True, None, None)
    """
    named = asked.workspace_id.bytes + asked.request_id.bytes
    return base64.urlsafe_b64encode(named + _mark(key, named)).decode()


def read(key: bytes, token: str) -> Asked | None:
    """The request of a token; None where it is none of ours."""
    try:
        found = base64.b64decode(token, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    named, mark = found[:-_MARK], found[-_MARK:]
    if len(found) != _LENGTH or not hmac.compare_digest(mark, _mark(key, named)):
        return None
    return Asked(UUID(bytes=named[:16]), UUID(bytes=named[16:]))


def _mark(key: bytes, named: bytes) -> bytes:
    return hmac.digest(key, b"join" + named, "sha256")[:_MARK]
