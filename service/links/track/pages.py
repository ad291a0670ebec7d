"""Web pages of other sites may call /v1/track/, where the handler decides by the Origin who is counted, and
what applicants to a program read and send.

No cookie and no secret is involved: a publishable key is in the page's source. So any origin may read the
answer, which holds ids alone, or what the page shows to everybody.
"""

import re
from typing import Final

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

PREFIX: Final = "/v1/track/"
PAGES: Final = re.compile(r"/v1/(?:programs/[^/]+/(?:public|applications)|reviews/public(?:/summary)?)/?")
_OPEN: Final = [
    (b"access-control-allow-origin", b"*"),
    (b"cross-origin-resource-policy", b"cross-origin"),
]
_PREFLIGHT: Final = [
    *_OPEN,
    (b"access-control-allow-methods", b"GET, POST"),
    (b"access-control-allow-headers", b"authorization, content-type, idempotency-key"),
    (b"access-control-max-age", b"86400"),
    (b"vary", b"access-control-request-headers"),
]
_OURS: Final = {
    b"access-control-allow-origin",
    b"access-control-allow-credentials",
    b"cross-origin-resource-policy",
}


def open_to_pages(app: ASGIApp) -> ASGIApp:
    """Answers preflights of what pages call, and lets any page read what is answered there."""

    async def opened(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or not is_open(scope["path"]):
            await app(scope, receive, send)
            return
        if scope["method"] == "OPTIONS":
            await send({"type": "http.response.start", "status": 204, "headers": _PREFLIGHT})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            return

        async def readable(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [(name, value) for name, value in message["headers"] if name not in _OURS]
                message["headers"] = [*kept, *_OPEN]
            await send(message)

        await app(scope, receive, readable)

    return opened


def is_open(path: str) -> bool:
    """Whether pages of other sites may call it.

    >>> is_open("/v1/track/click"), is_open("/v1/programs/prg_1/public"), is_open("/v1/programs/prg_1")
    (True, True, False)
    """
    return path.startswith(PREFIX) or PAGES.fullmatch(path) is not None
