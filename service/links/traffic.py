"""Whether a click counts, and if not, why; what it was made with and where it came from: pure.

Reasons are a closed set (names.py). Those of OWN are the visit's; those of RULES depend on what a workspace
has decided, and evaluation writes them later, again and again, from what is stored of the click.
"""

import functools
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from service.links.agents import LONGEST, Device, read_agent

# Of the agent string, so they can be found again from what is stored.
OF_AGENT: Final = ("no_agent", "bot", "preview", "not_a_browser")
# Of the request, which is not stored: once said, they stay.
OF_REQUEST: Final = ("head", "prefetch", "foreign_origin")
# Of the link, which may be another one since: once said, they stay as well (redirect.decide says them).
OF_LINK: Final = ("retired", "expired", "over_cap")
# Of a workspace's rules.
OF_RULES: Final = ("datacenter", "agent", "referrer", "velocity")
REASONS: Final = (*OF_AGENT, *OF_REQUEST, *OF_LINK, *OF_RULES)

DATACENTER: Final = "datacenter"

# Hosts that social platforms lead out of; a subdomain is its domain's.
PLATFORM_HOSTS: Final = {
    "instagram.com": "instagram",
    "threads.net": "threads",
    "threads.com": "threads",
    "facebook.com": "facebook",
    "fb.com": "facebook",
    "fb.me": "facebook",
    "messenger.com": "messenger",
    "m.me": "messenger",
    "tiktok.com": "tiktok",
    "youtube.com": "youtube",
    "youtu.be": "youtube",
    "t.co": "x",
    "twitter.com": "x",
    "x.com": "x",
    "linkedin.com": "linkedin",
    "lnkd.in": "linkedin",
    "pinterest.com": "pinterest",
    "pinterest.com.tr": "pinterest",
    "pin.it": "pinterest",
    "twitch.tv": "twitch",
    "snapchat.com": "snapchat",
    "reddit.com": "reddit",
    "whatsapp.com": "whatsapp",
    "wa.me": "whatsapp",
    "telegram.org": "telegram",
    "t.me": "telegram",
}
# Apps that are no place where somebody has followers.
_NO_PLATFORMS: Final = {"google", "other"}


class Traffic(Struct, frozen=True, gc=False):
    """A click's verdict and its kind. `platform`: of the app that it was made in, else of the referrer."""

    counted: bool
    reasons: tuple[str, ...]
    device: Device
    os: str | None
    browser: str | None
    in_app: str | None
    platform: str | None


class Signals(Struct, frozen=True, gc=False):
    """What a request's headers say, bounded. `private`: Global Privacy Control; `untracked`: Do Not Track."""

    agent: str = ""
    prefetch: bool = False
    referrer_host: str | None = None
    language: str | None = None
    private: bool = False
    untracked: bool = False


def classify(
    agent: str,
    *,
    method: str = "GET",
    prefetch: bool = False,
    network_class: str | None = None,
    referrer_host: str | None = None,
) -> Traffic:
    """The verdict on a click. A repeated one costs a look into a table (under a microsecond).

    >>> classify("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)").reasons
    ('bot',)
    >>> classify("", method="HEAD").reasons
    ('no_agent', 'head')
    """
    return _classified(agent[:LONGEST], len(agent) > LONGEST, method, prefetch, network_class, referrer_host)


@functools.lru_cache(maxsize=16_384)
def _classified(
    text: str, cut: bool, method: str, prefetch: bool, network_class: str | None, referrer_host: str | None
) -> Traffic:
    agent = read_agent(text)
    why = agent.why_not or ("not_a_browser" if cut else None)
    found = {
        why: True,
        "head": method == "HEAD",
        "prefetch": prefetch,
        "datacenter": network_class == DATACENTER,
    }
    reasons = tuple(reason for reason in REASONS if found.get(reason))
    app = agent.in_app if agent.in_app not in _NO_PLATFORMS else None
    platform = app or platform_of(referrer_host)
    return Traffic(not reasons, reasons, agent.device, agent.os, agent.browser, agent.in_app, platform)


def warm() -> None:
    """Makes the tables of agents (200 ms), so that no visitor waits for them."""
    read_agent("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0")


def platform_of(host: str | None) -> str | None:
    """The social platform that a referrer's host belongs to.

    >>> platform_of("l.instagram.com"), platform_of("netflix.com"), platform_of("com.tr")
    ('instagram', None, None)
    """
    while host:
        if host in PLATFORM_HOSTS:
            return PLATFORM_HOSTS[host]
        host = host.partition(".")[2]
    return None


def read_signals(headers: Iterable[tuple[bytes, bytes]]) -> Signals:
    """Reads an ASGI request's headers, whose names are in lower case."""
    kept = {name: value for name, value in headers if name in _READ}
    purpose = b",".join(kept[name] for name in _PURPOSES if name in kept).lower()
    return Signals(
        kept.get(b"user-agent", b"").decode("latin-1"),
        b"prefetch" in purpose or b"prerender" in purpose or b"preview" in purpose,
        referrer_host(kept.get(b"referer", b"")),
        _language(kept.get(b"accept-language", b"")),
        kept.get(b"sec-gpc", b"").strip() == b"1",
        kept.get(b"dnt", b"").strip() == b"1",
    )


# Sec-Purpose is the standard's; the others are older browsers' (Safari's and Firefox's).
_PURPOSES: Final = (b"sec-purpose", b"purpose", b"x-purpose", b"x-moz")
_READ: Final = {*_PURPOSES, b"user-agent", b"referer", b"accept-language", b"sec-gpc", b"dnt"}


@functools.lru_cache(maxsize=4096)
def _host(start: bytes) -> str | None:
    text = start.decode("latin-1").lower()
    scheme, found, rest = text.partition("://")
    host = rest.partition("/")[0].partition("?")[0].partition("#")[0].rpartition("@")[2]
    if scheme == "android-app":
        return host[:253] or None
    host = host.partition(":")[0].rstrip(".")
    known = found and scheme in ("http", "https") and all(each.isalnum() or each in ".-_" for each in host)
    return host.removeprefix("www.") if known and 0 < len(host) <= 253 else None


def referrer_host(referrer: bytes) -> str | None:
    """The host of a Referer in lower case without `www.`; None where there is none.

    >>> referrer_host(b"https://www.Kahve.example/blog?x=1"), referrer_host(b"nonsense")
    ('kahve.example', None)
    """
    return _host(referrer[:300]) if referrer else None


@functools.lru_cache(maxsize=4096)
def _language(header: bytes) -> str | None:
    """The first language that a browser asks for: two or three letters."""
    code = header[:40].decode("latin-1").partition(",")[0].partition(";")[0].partition("-")[0].strip().lower()
    return code if 2 <= len(code) <= 3 and code.isascii() and code.isalpha() else None
