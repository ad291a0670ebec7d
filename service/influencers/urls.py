"""Which addresses a profile may carry: those of the public web.

Front ends and, later, fetchers follow them; so nothing may point into the network that elci runs in.
"""

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

_LOCAL = ("localhost", ".localhost", ".local", ".internal", ".lan", ".home.arpa")
# Hosts of digits alone, of hexadecimal or with few dots are addresses to many resolvers: 0x7f000001, 127.1.
_NUMERIC = re.compile(r"(0x[0-9a-f]*|\d+)(\.(0x[0-9a-f]*|\d+)){0,3}\.?")


def is_public(url: str) -> bool:
    """Whether a URL names a host of the public web, without a user name in it.

    >>> [is_public(u) for u in ("https://x.com/elci", "http://127.0.0.1/", "http://0x7f000001", "http://[::1]/")]
    [True, False, False, False]
    >>> [is_public(u) for u in ("https://a@b.com", "file:///etc/passwd", "http://localhost:80", "//b.com")]
    [False, False, False, False]
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        _ = parts.port
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc or "\\" in url:
        return False
    if ":" in host or _NUMERIC.fullmatch(host):
        return _is_public_address(host)
    name = host.rstrip(".")
    return "." in name and not name.endswith(_LOCAL)


def _is_public_address(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_global
