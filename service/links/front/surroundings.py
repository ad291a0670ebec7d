"""What the front knows beside links: the hosts whose root serves them, and where requests come from."""

import functools
from ipaddress import ip_address
from typing import Any

from service.kit.db import Connection
from service.kit.limits import client_address
from service.links import store
from service.links.sources.keeping import Sources
from service.settings import Settings


class Surroundings:
    """Addresses and hosts of requests."""

    def __init__(self, settings: Settings, sources: Sources) -> None:
        self.hosts: frozenset[str] = frozenset()
        self.link_host = settings.link_host
        self.header = settings.country_header.encode() if settings.country_header else None
        self._sources = sources
        self._trusted = settings.trusted_proxies

    async def refresh(self, db: Connection) -> None:
        """Read the hosts again: every half minute, and when one has changed."""
        self.hosts = frozenset(await store.link_hosts(db))

    @property
    def serves_roots(self) -> bool:
        """Whether there is any host whose root serves links."""
        return self.link_host is not None or bool(self.hosts)

    def root(self, host: str) -> str | None:
        """The host as links know it, where its root serves them: '' for ELCI_LINK_HOST."""
        if host == self.link_host:
            return ""
        return host if host in self.hosts else None

    def address(self, scope: Any, kept: dict[bytes, bytes]) -> str:
        """Whose request it is, as the limits count it."""
        client = scope.get("client")
        return _address(client[0] if client else None, kept.get(b"x-forwarded-for"), self._trusted)

    def place(self, scope: Any, kept: dict[bytes, bytes], address: str) -> tuple[str | None, str | None]:
        """Country and class of network of a request. Only a trusted proxy is asked for the country."""
        told = None
        if self.header is not None and self.header in kept:
            client = scope.get("client")
            if client and _is_trusted(client[0], self._trusted):
                told = kept[self.header].decode("latin-1")
        return self._sources.country(address, told), self._sources.network_class(address)


@functools.lru_cache(maxsize=16_384)
def _address(nearest: str | None, forwarded: bytes | None, trusted: Any) -> str:
    scope = {
        "client": (nearest, 0) if nearest else None,
        "headers": [] if forwarded is None else [(b"x-forwarded-for", forwarded)],
    }
    return client_address(scope, trusted)


@functools.lru_cache(maxsize=4096)
def _is_trusted(host: str, trusted: Any) -> bool:
    try:
        nearest = ip_address(host)
    except ValueError:
        return False
    return any(nearest in network for network in trusted)
