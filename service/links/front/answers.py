"""What a link is answered with, as ASGI has it."""

from typing import NamedTuple

from service.links import pages

Headers = list[tuple[bytes, bytes]]


class Answer(NamedTuple):
    """Status, headers and body."""

    status: int
    headers: Headers
    body: bytes


# A click id belongs to one click: no cache may give it to two.
_UNCACHED = (b"cache-control", b"private, no-store")
UNCACHED_LINE = b": ".join(_UNCACHED)
_EMPTY = (b"content-length", b"0")
_PAGE = [
    (b"content-type", b"text/html; charset=utf-8"),
    (b"content-security-policy", pages.POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-robots-tag", b"noindex"),
    (b"referrer-policy", b"no-referrer"),
    _UNCACHED,
]
NOT_ALLOWED = Answer(405, [(b"allow", b"GET, HEAD"), _EMPTY], b"")


def cookie(days: int) -> bytes:
    """A first-party cookie of the link's host, for as long as a click is attributed; `%s` is the click's id.

    HttpOnly: only the host itself reads it back (a pixel, a postback), and no script needs it. Secure
    without exception: a link host without TLS keeps no cookie. Lax: a click is a navigation from elsewhere.
    """
    return b"elci=%%s; Max-Age=%d; Path=/; Secure; HttpOnly; SameSite=Lax" % (days * 86_400)


def page(status: int, text: str) -> Answer:
    """A page for people."""
    body = text.encode()
    return Answer(status, [*_PAGE, (b"content-length", str(len(body)).encode())], body)


def later(status: int, seconds: int) -> Answer:
    """Nothing now; again in some seconds."""
    return Answer(status, [(b"retry-after", str(seconds).encode()), _UNCACHED, _EMPTY], b"")


def clicked(status: int, location: str | None, text: str | None) -> Answer:
    """The answer to a click: a page where there is one, else a redirect.

    A Location is ASCII without white space: the table of links holds no other, and what is added is encoded.
    """
    if text is None and location is not None:
        return Answer(status, [(b"location", location.encode("ascii")), _UNCACHED, _EMPTY], b"")
    return page(status, text or "")
