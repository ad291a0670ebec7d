"""The application in front: what asks for a link is answered here, all else goes on untouched."""

from typing import Any

from litestar.types import ASGIApp, Receive, Scope, Send

from service.kit.hosts import is_allowed
from service.links import codes
from service.links.front.following import Follower
from service.settings import Settings

PREFIX = "/r/"


class Front:
    """Wraps the API's application. Without a `follower` (before the start) nothing is a link."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.follower: Follower | None = None
        self._app = app
        self._allowed = settings.allowed_hosts
        self._link_host = settings.link_host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        follower = self.follower
        if follower is None or scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        if path.startswith(PREFIX):
            code, host = path[len(PREFIX) :], ""
            if "/" in code or not self._answers(scope):
                await self._app(scope, receive, send)
                return
        elif path.count("/") == 1 and follower.surroundings.serves_roots:
            found = follower.surroundings.root(_host(scope))
            code = path[1:]
            if found is None or not _can_be_root(code):
                await self._app(scope, receive, send)
                return
            host = found
        else:
            await self._app(scope, receive, send)
            return
        await follower.follow(scope, send, host, code)

    def _answers(self, scope: Any) -> bool:
        """Whether the Host header names this service: otherwise the API says that it does not."""
        if not self._allowed:
            return True
        host = _host(scope)
        return host == self._link_host or is_allowed(host, self._allowed)


def _host(scope: Any) -> str:
    for name, value in scope["headers"]:
        if name == b"host":
            text: str = value.decode("latin-1").lower()
            return text.partition(":")[0]
    return ""


def _can_be_root(text: str) -> bool:
    """Whether a path can be a link at a host's root, where the service's own paths are too."""
    normal = codes.normal(text)
    return normal is not None and not codes.is_reserved(normal)
