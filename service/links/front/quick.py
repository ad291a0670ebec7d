"""A click in one piece, from the bytes that came to the bytes that go: what most requests for a link are.

The same follower decides and records as for the ASGI application; only what lies around it is left out, and
that costs more than the click itself: a parser's callbacks, a scope, a task, two messages. Whatever is in any
way unusual (another method, a body, a head in two pieces, a link that is not in memory) is not taken here and
goes the long way: nothing was consumed then.
"""

import re
import time
from collections.abc import Callable
from http import HTTPStatus

from service.links.front.answers import UNCACHED_LINE
from service.links.front.asgi import PREFIX, Front
from service.links.front.following import Click, Follower

_START = b"GET " + PREFIX.encode()
_END = b" HTTP/1.1"
_QUERY = re.compile(rb"[!-~]*")
_FOUND = b"HTTP/1.1 302 Found\r\nlocation: %s\r\n" + UNCACHED_LINE + b"\r\ncontent-length: 0\r\n%s"
_COOKIE = b"set-cookie: "


def answer(
    front: Front, data: bytes, client: str | None, more: bytes, reply: Callable[[bytes], None]
) -> bool:
    """Whether `data` is one whole request that is answered here: `reply` is called with the answer, at once
    or when the click is safe. `more`: header lines that the server adds to each answer."""
    follower = front.follower
    if follower is None or not data.endswith(b"\r\n\r\n"):
        return False
    lines = data[:-4].split(b"\r\n")
    first = lines[0]
    if not first.endswith(_END):
        return False
    path, _, query = first[4:-9].partition(b"?")
    del lines[0]
    kept = follower.heads.kept_of(lines)
    if kept is None or (query and (b"#" in query or not _QUERY.fullmatch(query))):
        return False
    key = _key(front, follower, path, kept.get(b"host"))
    found = None if key is None else follower.destinations.fresh(key, time.monotonic())
    if found is None:
        return False
    asked = follower.asked("GET", client, kept, query)
    click = follower.click(asked, found)
    told = _redirect(follower, click, more) if click.page is None else _page(follower, click, more)
    follower.recorder.record(click.row, lambda: reply(told))
    return True


def _key(front: Front, follower: Follower, path: bytes, host: bytes | None) -> str | None:
    """Under what a link is in memory; None where the path is none, or not for this host."""
    if not path.isascii():
        return None
    text = path.decode("ascii")
    if text.startswith(PREFIX):
        # A code has no slash: one with more of them is under no key.
        return text[2:] if front.answers(host) else None
    return front.root_key(follower, text, host)


def _redirect(follower: Follower, click: Click, more: bytes) -> bytes:
    follower.recorder.tally.redirects += 1
    location: bytes = click.location.encode("ascii")  # type: ignore[union-attr]
    if click.cookie is None:
        return _FOUND % (location, more) + b"\r\n"
    return _FOUND % (location, more) + _COOKIE + follower.cookie % click.cookie.encode() + b"\r\n\r\n"


def _page(follower: Follower, click: Click, more: bytes) -> bytes:
    follower.recorder.tally.status("GET", click.status)
    answer = follower.answer(click)
    lines = b"".join(b"%s: %s\r\n" % pair for pair in answer.headers)
    status = b"HTTP/1.1 %d %s\r\n" % (click.status, HTTPStatus(click.status).phrase.encode())
    return status + more + lines + b"\r\n" + answer.body


def may_be(front: Front, data: bytes) -> bool:
    """Whether it is worth a closer look."""
    return data.startswith(_START) or (front.has_roots and data.startswith(b"GET /"))
