"""The token in a mail's link that ends notices of its kind: signed, without an end. Pure."""

import base64
import binascii
import hmac
from typing import get_args
from uuid import UUID

from service.programs.notices.schemas import About, Place
from service.programs.preferences.schemas import Notice

_ABOUT = get_args(About)
_NOTICES = get_args(Notice)
_MARK = 16
_LENGTH = 2 + 16 + 16 + _MARK


def write(key: bytes, place: Place) -> str:
    """The token of a place.

    >>> one = Place(UUID(int=1), "partner", UUID(int=2), "first_sale")
    >>> read(b"k", write(b"k", one)) == one, read(b"other", write(b"k", one))
    (True, None)
    """
    kinds = bytes([_ABOUT.index(place.about), _NOTICES.index(place.notice)])
    named = kinds + place.workspace_id.bytes + place.id.bytes
    return base64.urlsafe_b64encode(named + _mark(key, named)).decode().rstrip("=")


def read(key: bytes, token: str) -> Place | None:
    """The place of a token; None where it is none of ours."""
    try:
        found = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    named, mark = found[:-_MARK], found[-_MARK:]
    if len(found) != _LENGTH or not hmac.compare_digest(mark, _mark(key, named)):
        return None
    about, notice = named[0], named[1]
    if about >= len(_ABOUT) or notice >= len(_NOTICES):
        return None
    return Place(UUID(bytes=named[2:18]), _ABOUT[about], UUID(bytes=named[18:]), _NOTICES[notice])


def _mark(key: bytes, named: bytes) -> bytes:
    return hmac.digest(key, named, "sha256")[:_MARK]
