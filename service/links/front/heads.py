"""What a request's head says, read once: the parts that many requests share are looked up, not read again."""

import re
from collections.abc import Iterable
from typing import Any

from msgspec import Struct, structs

from service.links import traffic
from service.links.recording import layout
from service.links.recording.layout import Circumstances
from service.links.traffic import Signals, Traffic

_MOST = 20_000
_PURPOSES = (b"sec-purpose", b"purpose", b"x-purpose", b"x-moz")
_SIGNALS = frozenset({*_PURPOSES, b"user-agent", b"referer", b"accept-language", b"sec-gpc", b"dnt"})
_REPEATED = frozenset(
    {b"accept", b"accept-encoding", b"cache-control", b"connection", b"pragma", b"priority", b"te"}
    | {b"upgrade-insecure-requests", b"x-forwarded-proto", b"x-forwarded-host", b"x-forwarded-port"}
)
# What changes how a request is read, or where it ends.
_PARSED = frozenset(
    {b"connection", b"content-length", b"transfer-encoding", b"upgrade", b"expect", b"keep-alive", b"trailer"}
    | {b"proxy-connection", b"http2-settings"}
)
# A field as RFC 9110 5.1 and 5.5 have it; anything else a parser is to judge.
_LINE = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*)")
Pair = tuple[bytes, bytes]
IGNORED: Pair = (b"ignored", b"")
UNUSUAL: Pair = (b"unusual", b"")


class Kind(Struct, frozen=True):
    """What is made of a head without its address: verdict, signals, the row's fields, the full language."""

    traffic: Traffic
    signals: Signals
    fields: bytes
    tag: str | None
    country: str | None
    circumstances: Circumstances
    of_closed: dict[str, bytes]

    def closed(self, reason: str) -> bytes:
        """The row's fields where the link is closed: the click does not count, whoever made it."""
        found = self.of_closed.get(reason)
        if found is None:
            told = structs.replace(
                self.circumstances, counted=False, reasons=(*self.circumstances.reasons, reason)
            )
            found = self.of_closed[reason] = layout.circumstances(told)
        return found


class Heads:
    """Kinds of requests by what was sent, bounded: the oldest goes."""

    def __init__(self, country_header: bytes | None = None) -> None:
        self._apart = {b"host", b"x-forwarded-for", *([country_header] if country_header else [])}
        self._wanted = _SIGNALS | self._apart
        self._kinds: dict[Any, Kind] = {}
        self._lines: dict[bytes, Pair] = {}

    def kept(self, headers: Iterable[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
        """The headers that matter here; of repeated ones the last."""
        wanted = self._wanted
        return {name: value for name, value in headers if name in wanted}

    def kept_of(self, lines: list[bytes]) -> dict[bytes, bytes] | None:
        """The same of a head's raw lines; None where one of them needs a parser.

        Browsers send the same lines again and again: each is read once, and looked up from then on.
        """
        known = self._lines
        kept = {}
        for line in lines:
            pair = known.get(line) or self._pair(line)
            if pair is IGNORED:
                continue
            if pair is UNUSUAL:
                return None
            kept[pair[0]] = pair[1]
        return kept

    def _pair(self, line: bytes) -> Pair:
        found = _LINE.fullmatch(line)
        if found is None:
            return UNUSUAL
        name = found[1].lower()
        if name in self._apart:
            return name, found[2].rstrip(b" \t")
        if name in _PARSED and not (name == b"connection" and found[2].lower() == b"keep-alive"):
            return UNUSUAL
        pair = (name, found[2].rstrip(b" \t")) if name in _SIGNALS else IGNORED
        # What differs with each request (cookies, ids of traces) would only push the others out.
        if pair is not IGNORED or name in _REPEATED or name.startswith(b"sec-"):
            if len(self._lines) >= _MOST:
                del self._lines[next(iter(self._lines))]
            self._lines[line] = pair
        return pair

    def kind(self, method: str, kept: dict[bytes, bytes], country: str | None, network: str | None) -> Kind:
        """What a request is. `kept` loses what is of one request."""
        for name in self._apart:
            kept.pop(name, None)
        key = (method, country, network, *kept.items())
        found = self._kinds.get(key)
        if found is None:
            found = _made(method, kept, country, network)
            if len(self._kinds) >= _MOST:
                del self._kinds[next(iter(self._kinds))]
            self._kinds[key] = found
        return found


def _made(method: str, kept: dict[bytes, bytes], country: str | None, network: str | None) -> Kind:
    signals = traffic.read_signals(kept.items())
    verdict = traffic.classify(
        signals.agent,
        method=method,
        prefetch=signals.prefetch,
        network_class=network,
        referrer_host=signals.referrer_host,
    )
    told = Circumstances(
        country=country,
        language=signals.language,
        referrer_host=signals.referrer_host,
        platform=verdict.platform,
        counted=verdict.counted,
        reasons=verdict.reasons,
        device=verdict.device,
        os=verdict.os,
        browser=verdict.browser,
        in_app=verdict.in_app,
        user_agent=signals.agent or None,
        network_class=network,
    )
    tag = language_tag(kept.get(b"accept-language", b""))
    return Kind(verdict, signals, layout.circumstances(told), tag, country, told, {})


def language_tag(header: bytes) -> str | None:
    """The first language that is asked for, as it is written.

    >>> language_tag(b"tr-TR,tr;q=0.9"), language_tag(b"*"), language_tag(b"")
    ('tr-TR', None, None)
    """
    tag = header[:40].decode("latin-1").partition(",")[0].partition(";")[0].strip()
    plain = tag.replace("-", "").replace("_", "")
    return tag if plain.isascii() and plain.isalnum() else None
