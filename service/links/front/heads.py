"""What a request's head says, read once: the parts that many requests share are looked up, not read again."""

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
        self._country_header = country_header
        self._wanted = _SIGNALS | {b"host", b"x-forwarded-for", *([country_header] if country_header else [])}
        self._kinds: dict[Any, Kind] = {}

    def kept(self, headers: Iterable[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
        """The headers that matter here; of repeated ones the last."""
        wanted = self._wanted
        return {name: value for name, value in headers if name in wanted}

    def kind(self, method: str, kept: dict[bytes, bytes], country: str | None, network: str | None) -> Kind:
        """What a request is. `kept` loses `host` and the forwarded addresses."""
        kept.pop(b"host", None)
        kept.pop(b"x-forwarded-for", None)
        if self._country_header is not None:
            kept.pop(self._country_header, None)
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
