"""What the front knows beside links: salts, hosts, where addresses are, how signals of privacy are answered."""

import functools
from ipaddress import ip_address
from typing import Any
from uuid import UUID

from service.kit.db import Connection
from service.links import store
from service.links.front.listening import Clock
from service.links.front.salting import Salts
from service.links.traffic import Signals
from service.settings import Settings


class Surroundings:
    """Read anew every half minute, and at once where a link host has changed."""

    def __init__(self, settings: Settings, salts: Salts, clock: Clock) -> None:
        self.salts = salts
        self.hosts: frozenset[str] = frozenset()
        self._clock = clock
        self._trusted = settings.trusted_proxies
        self._header = settings.country_header.encode() if settings.country_header else None

    async def refresh(self, db: Connection) -> None:
        """Read what may have changed."""
        self.hosts = frozenset(await store.link_hosts(db))
        await self.salts.refresh(db, self._clock.milliseconds())

    def place(self, scope: Any, kept: dict[bytes, bytes], address: str) -> tuple[str | None, str | None]:
        """Country and class of network of a request."""
        told = kept.get(self._header) if self._header is not None else None
        client = scope.get("client")
        country = _country(told) if told and client and _is_trusted(client[0], self._trusted) else None
        return country, None

    def privacy(self, workspace_id: UUID, signals: Signals) -> tuple[bool, bool]:
        """Whether the visitor may be known by a number, and whether the click may be kept in a cookie."""
        shy = signals.private or signals.untracked
        return not shy, not shy


@functools.lru_cache(maxsize=1024)
def _country(told: bytes) -> str | None:
    code = told[:3].decode("latin-1").upper()
    # XX and T1: what proxies say where they do not know.
    return code if len(code) == 2 and code.isascii() and code.isalpha() and code != "XX" else None


@functools.lru_cache(maxsize=4096)
def _is_trusted(host: str, trusted: Any) -> bool:
    try:
        nearest = ip_address(host)
    except ValueError:
        return False
    return any(nearest in network for network in trusted)
