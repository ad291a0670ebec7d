"""Whether settings hold together: pure, and every fault at once."""

import functools
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from msgspec import UNSET, structs

from service.accounts.workspaces.schemas import Tiers, WorkspacePatch
from service.kit.money import CURRENCIES

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*\Z")

Fault = dict[str, str]


@functools.cache
def _zones() -> set[str]:
    # Reads a folder of hundreds of files each time it is asked.
    return available_timezones()


def faults(patch: WorkspacePatch) -> list[Fault]:
    """What is wrong with a change of settings, as `{path, message}`."""
    return [{"path": path, "message": message} for path, message in _faults(patch)]


def _faults(patch: WorkspacePatch) -> Iterator[tuple[str, str]]:
    if patch.currency is not UNSET and patch.currency not in CURRENCIES:
        yield "currency", "is no currency of ISO 4217"
    if patch.timezone is not UNSET and patch.timezone not in _zones():
        yield "timezone", "is no time zone of the IANA list"
    for at, origin in enumerate(patch.cors_origins or []):
        if normal_origin(origin) is None:
            yield f"cors_origins[{at}]", "is no origin such as https://shop.example"
    for at, host in enumerate(patch.link_hosts or []):
        if normal_host(host) is None:
            yield f"link_hosts[{at}]", "is no host name"
    for at, host in enumerate(patch.destination_hosts or []):
        if normal_pattern(host) is None:
            yield f"destination_hosts[{at}]", "is no host name, nor *. and a name of two parts or more"
    if patch.tiers is not UNSET and not _rise(patch.tiers):
        yield "tiers", "have to rise from nano to mega"
    yield from _repeated_rates(patch)


def normal(patch: WorkspacePatch) -> dict[str, Any]:
    """The fields that a faultless change sets, hosts and origins in their normal form."""
    changes = {name: value for name, value in structs.asdict(patch).items() if value is not UNSET}
    for name, normalise in (
        ("cors_origins", normal_origin),
        ("link_hosts", normal_host),
        ("destination_hosts", normal_pattern),
    ):
        if name in changes:
            changes[name] = list(dict.fromkeys(normalise(value) for value in changes[name]))
    return changes


def _rise(tiers: Tiers) -> bool:
    bounds = structs.astuple(tiers)
    return all(low < high for low, high in pairwise(bounds))


def _repeated_rates(patch: WorkspacePatch) -> Iterator[tuple[str, str]]:
    seen = set()
    for at, rate in enumerate(patch.reach_rates or []):
        place = (rate.platform, rate.format, rate.tier)
        if place in seen:
            yield f"reach_rates[{at}]", "stands twice for its platform, format and tier"
        seen.add(place)


def normal_host(text: str) -> str | None:
    """A host name in lower case and ASCII; None where it is none.

    >>> normal_host("Mağaza.example")
    'xn--maaza-l1a.example'
    >>> normal_host("https://shop.example") is None
    True
    """
    try:
        host = text.strip().rstrip(".").encode("idna").decode().lower()
    except UnicodeError:
        return None
    return host if _HOST.match(host) else None


def normal_pattern(text: str) -> str | None:
    """A host name, or `*.` and the name that all meant are below.

    >>> normal_pattern("*.Shop.example"), normal_pattern("*.com"), normal_pattern("a.*.example")
    ('*.shop.example', None, None)
    """
    star, rest = ("*.", text.strip()[2:]) if text.strip().startswith("*.") else ("", text)
    host = normal_host(rest)
    return None if host is None or (star and "." not in host) else star + host


def normal_origin(text: str) -> str | None:
    """An origin as a browser sends it: scheme, host, and a port that is not the scheme's own.

    >>> normal_origin("HTTPS://Shop.example:443/")
    'https://shop.example'
    >>> normal_origin("https://shop.example/path") is None
    True
    """
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError:
        return None
    host = normal_host(parts.hostname or "")
    if parts.scheme not in {"http", "https"} or host is None or "@" in parts.netloc:
        return None
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        return None
    default = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{host}" + ("" if port in (None, default) else f":{port}")
