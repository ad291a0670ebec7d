"""The token in a survey's link: signed, so that nothing secret is stored. Pure."""

import base64
import binascii
import hmac
from typing import NamedTuple
from uuid import UUID

_MARK = 16
_LENGTH = 16 + 16 + _MARK


class Link(NamedTuple):
    """An invitation, and whose it is."""

    workspace_id: UUID
    invite_id: UUID


def write(key: bytes, link: Link) -> str:
    """The token of an invitation.

    >>> one = Link(UUID(int=1), UUID(int=2))
    >>> read(b"k", write(b"k", one)) == one, read(b"other", write(b"k", one)), read(b"k", "?")
    (True, None, None)
    """
    named = link.workspace_id.bytes + link.invite_id.bytes
    return base64.urlsafe_b64encode(named + _mark(key, named)).decode()


def read(key: bytes, token: str) -> Link | None:
    """The invitation of a token; None where it is none of ours."""
    try:
        found = base64.b64decode(token, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    named, mark = found[:-_MARK], found[-_MARK:]
    if len(found) != _LENGTH or not hmac.compare_digest(mark, _mark(key, named)):
        return None
    return Link(UUID(bytes=named[:16]), UUID(bytes=named[16:]))


def _mark(key: bytes, named: bytes) -> bytes:
    return hmac.digest(key, b"nps" + named, "sha256")[:_MARK]
