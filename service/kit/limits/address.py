"""Whose address a request comes from."""

from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

from litestar.types import Scope

from service.settings import Network

Address = IPv4Address | IPv6Address


def client_address(scope: Scope | Any, trusted: tuple[Network, ...]) -> str:
    """The address that a request is counted under; an IPv6 one stands for its /64.

    X-Forwarded-For is read from its end, and believed as long as who appended the entry is a trusted proxy:
    what a client wrote into it itself is never reached.
    """
    client = scope.get("client")
    nearest = _parsed(client[0]) if client else None
    if nearest is None:
        return "unknown"
    for name, value in reversed(list(scope["headers"])):
        if name == b"x-forwarded-for" and _is_trusted(nearest, trusted):
            nearest = _behind(nearest, value.decode("latin-1"), trusted)
    return _shown(nearest)


def _behind(nearest: Address, forwarded: str, trusted: tuple[Network, ...]) -> Address:
    for entry in reversed(forwarded.split(",")):
        further = _parsed(entry.strip())
        if further is None or not _is_trusted(nearest, trusted):
            break
        nearest = further
    return nearest


def _is_trusted(address: Address, trusted: tuple[Network, ...]) -> bool:
    return any(address in network for network in trusted)


def _parsed(text: str) -> Address | None:
    try:
        address = ip_address(text.strip("[]").partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _shown(address: Address) -> str:
    if isinstance(address, IPv4Address):
        return str(address)
    # Whoever has one address of a /64 has all of them.
    return f"{IPv6Address(int(address) >> 64 << 64)}/64"
