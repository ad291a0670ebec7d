"""What the front knows beside links: the hosts whose root serves them, and where requests come from."""

import functools
import socket
from ipaddress import ip_address
from typing import Any

from service.kit.db import Connection
from service.kit.limits import client_address
from service.links import store
from service.links.sources.keeping import Sources
from service.settings import Settings

_MOST_PROXIES = 10_000


class Surroundings:
    """Addresses and hosts of requests."""

    def __init__(self, settings: Settings, sources: Sources) -> None:
        self.hosts: frozenset[str] = frozenset()
        self.link_host = settings.link_host
        self.header = settings.country_header.encode() if settings.country_header else None
        self._sources = sources
        self._trusted = settings.trusted_proxies
        self._proxies: dict[str, bool] = {}

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

    def place(self, client: str | None, kept: dict[bytes, bytes]) -> tuple[str, str | None, str | None]:
        """Whose request it is (as the limits count it), the country and the network's class.

        `client`: the connection's other end. Only a trusted proxy is asked for the address and the country.
        """
        forwarded = kept.get(b"x-forwarded-for")
        told = kept.get(self.header) if self.header is not None else None
        trusted = (forwarded or told) and client is not None and self._is_proxy(client)
        if forwarded is None or client is None or not trusted:
            address = _address(client, None, self._trusted)
        else:
            address = _single(forwarded) or _address(client, forwarded, self._trusted)
        said = told.decode("latin-1") if told is not None and trusted else None
        return address, self._sources.country(address, said), self._sources.network_class(address)

    def _is_proxy(self, client: str) -> bool:
        found = self._proxies.get(client)
        if found is None:
            if len(self._proxies) >= _MOST_PROXIES:
                self._proxies.clear()
            found = self._proxies[client] = _is_trusted(client, self._trusted)
        return found


def _single(forwarded: bytes) -> str | None:
    """The one IPv4 address that is forwarded: the most common case, in a fraction of the time."""
    text = forwarded.decode("latin-1")
    try:
        socket.inet_pton(socket.AF_INET, text)
    except (OSError, ValueError):
        return None
    return text


@functools.lru_cache(maxsize=16_384)
def _address(nearest: str | None, forwarded: bytes | None, trusted: Any) -> str:
    scope = {
        "client": (nearest, 0) if nearest else None,
        "headers": [] if forwarded is None else [(b"x-forwarded-for", forwarded)],
    }
    return client_address(scope, trusted)


def _is_trusted(host: str, trusted: Any) -> bool:
    try:
        nearest = ip_address(host)
    except ValueError:
        return False
    return any(nearest in network for network in trusted)
