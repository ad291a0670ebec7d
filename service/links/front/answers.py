"""What a link is answered with, as ASGI has it."""

from typing import NamedTuple

from litestar.types import Send

from service.links import pages
from service.links.redirect import Redirect

Headers = list[tuple[bytes, bytes]]


class Answer(NamedTuple):
    """Headers and body."""

    headers: Headers
    body: bytes


# A click id belongs to one click: no cache may give it to two.
_UNCACHED = (b"cache-control", b"private, no-store")
_EMPTY = (b"content-length", b"0")
_PAGE = [
    (b"content-type", b"text/html; charset=utf-8"),
    (b"content-security-policy", pages.POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-robots-tag", b"noindex"),
    (b"referrer-policy", b"no-referrer"),
    _UNCACHED,
]
NOT_ALLOWED = Answer([(b"allow", b"GET, HEAD"), _EMPTY], b"")


def cookie(days: int) -> bytes:
    """A first-party cookie of the link's host, for as long as a click is attributed; `%s` is the click's id.

    HttpOnly: only the host itself reads it back (a pixel, a postback), and no script needs it. Secure
    without exception: a link host without TLS keeps no cookie. Lax: a click is a navigation from elsewhere.
    """
    return b"elci=%%s; Max-Age=%d; Path=/; Secure; HttpOnly; SameSite=Lax" % (days * 86_400)


def page(text: str) -> Answer:
    """A page for people."""
    body = text.encode()
    return Answer([*_PAGE, (b"content-length", str(len(body)).encode())], body)


def later(seconds: int) -> Answer:
    """Nothing now; again in some seconds."""
    return Answer([(b"retry-after", str(seconds).encode()), _UNCACHED, _EMPTY], b"")


def redirect(location: str) -> Headers:
    """The headers of a 302. A Location is ASCII without white space: the table of links holds no other."""
    return [(b"location", location.encode("ascii")), _UNCACHED, _EMPTY]


def decided(what: Redirect) -> Answer:
    """The answer to a visit: a redirect, or a page."""
    if what.page is None and what.location is not None:
        return Answer(redirect(what.location), b"")
    return page(what.page or "")


async def send(send: Send, status: int, headers: Headers, body: bytes) -> None:
    """Send it."""
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
