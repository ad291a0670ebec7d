"""Which Host headers are answered (ELCI_ALLOWED_HOSTS)."""

from collections.abc import Sequence

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

from service.kit.problems import BadRequest

# Whoever is on this machine: probes, and the command line. No page in a browser can have these names.
_NEAR = frozenset({"localhost", "127.0.0.1", "::1"})


class UnknownHost(BadRequest):
    """The request was made for another host."""

    title = "Unknown host"
    slug = "unknown-host"


def known_host(app: ASGIApp) -> ASGIApp:
    """Refuses requests for hosts that are not this service's, where it was told which are."""

    async def checked(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP:
            allowed = scope["litestar_app"].state.settings.allowed_hosts
            hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
            if allowed and not (len(hosts) == 1 and is_allowed(hosts[0], allowed)):
                raise UnknownHost("the Host header names no host of this service")
        await app(scope, receive, send)

    return checked


def is_allowed(host: str, allowed: Sequence[str]) -> bool:
    """Whether a Host header, with or without a port, is one of the names; `*.x` are all names below x.

    >>> is_allowed("Elci.example:443", ["elci.example"]), is_allowed("a.b.example", ["*.b.example"])
    (True, True)
    >>> is_allowed("b.example", ["*.b.example"]), is_allowed("[::1]:8000", ["elci.example"])
    (False, True)
    """
    given = host.lower()
    name = given[1:].partition("]")[0] if given.startswith("[") else given.partition(":")[0].removesuffix(".")
    return name in _NEAR or any(
        name.endswith(each[1:]) if each.startswith("*.") else name == each for each in allowed
    )
