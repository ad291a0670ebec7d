"""The application in front: what asks for a link is answered here, all else goes on untouched."""

from typing import Any

from litestar.enums import ScopeType
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
        key = self._key(follower, scope) if follower is not None and scope["type"] == ScopeType.HTTP else None
        if follower is None or key is None:
            await self._app(scope, receive, send)
        else:
            host, _, code = key.rpartition("/")
            await follower.follow(scope, send, host, code)

    def _key(self, follower: Follower, scope: Any) -> str | None:
        path: str = scope["path"]
        if path.startswith(PREFIX):
            code = path[len(PREFIX) :]
            return None if "/" in code or not self.answers(_host(scope)) else f"/{code}"
        return self.root_key(follower, path, _host(scope)) if follower.surroundings.serves_roots else None

    def root_key(self, follower: Follower, path: str, host: bytes | None) -> str | None:
        """The key of a link at the root of a host that serves links; None where it is none."""
        found = follower.surroundings.root(host_name(host))
        if found is None or path.count("/") != 1:
            return None
        # The service's own paths are there too.
        normal = codes.normal(path[1:])
        return None if normal is None or codes.is_reserved(normal) else found + path

    def answers(self, host: bytes | None) -> bool:
        """Whether the Host header names this service: otherwise the API says that it does not."""
        if not self._allowed:
            return True
        given = (host or b"").decode("latin-1")
        return host_name(host) == self._link_host or is_allowed(given, self._allowed)

    @property
    def has_roots(self) -> bool:
        """Whether the root of some host serves links."""
        return self.follower is not None and self.follower.surroundings.serves_roots


def _host(scope: Any) -> bytes | None:
    return next((value for name, value in scope["headers"] if name == b"host"), None)


def host_name(host: bytes | None) -> str:
    """The name in a Host header.

    >>> host_name(b"Go.Shop.example:443"), host_name(None)
    ('go.shop.example', '')
    """
    return (host or b"").decode("latin-1").lower().partition(":")[0]
