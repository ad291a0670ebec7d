"""Where links may lead: addresses in one normal form, on hosts that the workspace has listed. Pure."""

from collections.abc import Collection
from urllib.parse import SplitResult, parse_qsl, quote, urlsplit

from msgspec import Struct

from service.accounts.workspaces.checks import normal_host
from service.links.redirect import CLICK

LONGEST = 2_000
# What may stand in an address as it is (RFC 3986), and % of what is encoded already.
_KEPT = "!#$%&'()*+,/:;=?@[]~-._"


class NotALink(ValueError):
    """An address that no link may lead to; the text says why."""


class Address(Struct, frozen=True):
    """A normal address, and its host."""

    url: str
    host: str


def read(text: str) -> Address:
    """An address in its normal form: lower-case scheme, ASCII host, everything else percent-encoded.

    >>> read("HTTPS://Mağaza.example:443/yaz indirimi".replace(" ", "-")).url
    'https://xn--maaza-l1a.example/yaz-indirimi'
    >>> read("https://shop.example").url
    'https://shop.example/'

    Raises NotALink.
    """
    text = text.strip(" ")
    # urlsplit drops some of these without a word, and browsers take a backslash for a slash.
    if any(char <= " " or char in "\\\x7f" for char in text):
        raise NotALink("has white space, a backslash or a control character")
    if "{" in text or "}" in text:
        raise NotALink("has a brace: macros stand in utm, not in the address")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise NotALink("can't be read as an address") from error
    host = _host(parts)
    if any(name == CLICK for name, _ in parse_qsl(parts.query, keep_blank_values=True)):
        raise NotALink(f"has a parameter {CLICK}, which carries the click's id")
    scheme = parts.scheme.lower()
    shown_port = "" if port in (None, {"http": 80, "https": 443}[scheme]) else f":{port}"
    rest = parts._replace(scheme="", netloc="", path=parts.path or "/").geturl()
    url = f"{scheme}://{host}{shown_port}{quote(rest, safe=_KEPT)}"
    if len(url) > LONGEST:
        raise NotALink(f"is longer than {LONGEST} characters")
    return Address(url, host)


def _host(parts: SplitResult) -> str:
    if parts.scheme.lower() not in ("http", "https"):
        raise NotALink("does not begin with http:// or https://")
    if "@" in parts.netloc:
        raise NotALink("has a user name")
    host = normal_host(parts.hostname or "")
    if host is None:
        raise NotALink("names no host")
    return host


def is_listed(host: str, listed: Collection[str]) -> bool:
    """Whether a host is on an allow-list; `*.x` are all names below x.

    >>> is_listed("www.shop.example", ["*.shop.example"]), is_listed("shop.example", ["*.shop.example"])
    (True, False)
    >>> is_listed("evilshop.example", ["shop.example", "*.shop.example"])
    False
    """
    return any(
        host.endswith(each[1:]) and len(host) > len(each) - 1 if each.startswith("*.") else host == each
        for each in listed
    )
