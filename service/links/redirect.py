"""Where a visit of a link goes. Pure, and the contract between links, their cache and the front.

The Location begins with the bytes of a stored URL, whose scheme and host nothing of a request can change:
all that is added is percent-encoded and stands in the query.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import blake2b
from typing import Literal
from urllib.parse import quote_plus, unquote_plus
from uuid import UUID

from msgspec import Struct

from service.kit import ids
from service.links import macros, networks, pages

Mode = Literal["redirect", "interstitial", "direct"]
Device = Literal["mobile", "tablet", "desktop", "other"]
Subs = tuple[str | None, str | None, str | None, str | None, str | None]
Closed = Literal["retired", "expired", "over_cap"]

CLICK = "elci"
SUBS = ("sub1", "sub2", "sub3", "sub4", "sub5")
NO_SUBS: Subs = (None, None, None, None, None)
# What advertisers' networks put on a link, and the destination's own analytics look for.
PASSED = frozenset({"fbclid", "gclid", "ttclid"})
LONGEST_PASSED = 500
LONGEST_SUB = 200
MOST_PASSED = 20


class Target(Struct, frozen=True):
    """One of several destinations. An empty tuple is any; `weight` shares visits among equals."""

    url: str
    weight: int = 1
    countries: tuple[str, ...] = ()
    devices: tuple[Device, ...] = ()
    languages: tuple[str, ...] = ()


class Destination(Struct, frozen=True):
    """All that a redirect needs of a link; cached, and written to the disk cache as msgpack.

    `host` None: served at /r/ and at the root of ELCI_LINK_HOST. `utm`: full parameter name -> template.
    `platform`: where the link is placed; `partner`: the partner's name as a slug, for {partner}.
    """

    workspace_id: UUID
    link_id: UUID
    code: str
    host: str | None
    url: str
    mode: Mode = "redirect"
    targets: tuple[Target, ...] = ()
    utm: dict[str, str] = {}
    sub: Subs = NO_SUBS
    partner_id: UUID | None = None
    campaign_id: UUID | None = None
    via: str | None = None
    cap: int | None = None
    expires_at: datetime | None = None
    retired: bool = False
    network: str | None = None
    tracking_id: str | None = None
    version: int = 1
    fallback_url: str | None = None
    platform: str | None = None
    partner: str | None = None
    title: str | None = None


class Visit(Struct, frozen=True):
    """What is known of a request.

    `query`: decoded pairs in order. `country`: two upper-case letters; `language`: the first one of
    Accept-Language, such as `tr-TR`. `platform`: where it came from. `visitor`: the keyed daily hash.
    `used`: counted clicks of the link as far as this process knows (only looked at where there is a cap).
    """

    now: datetime
    query: Sequence[tuple[str, str]] = ()
    country: str | None = None
    device: str | None = None
    language: str | None = None
    platform: str | None = None
    referrer: str | None = None
    visitor: bytes | None = None
    used: int = 0


class Redirect(Struct, frozen=True):
    """The answer: 302 with `location`; 200 with `page` (interstitial; its button leads to `location`); 410
    with `page`. `closed` says why a link no longer counts: such a click is kept with that reason.

    `target`: index in the link's targets, None for its own URL. `sub`: the sub ids of this click.
    """

    status: Literal[302, 200, 410]
    location: str | None
    page: str | None
    target: int | None
    sub: Subs
    closed: Closed | None = None


def decide(destination: Destination, visit: Visit, click_id: str) -> Redirect:
    """What a visit of a link is answered with. `click_id`: the outer id, `clk_...`."""
    sub = _subs(destination.sub, visit.query)
    closed = _closed(destination, visit)
    if closed:
        away = destination.fallback_url
        page = None if away else pages.gone(visit.language)
        return Redirect(302 if away else 410, away, page, None, sub, closed)
    index, url = choose(destination, visit, click_id)
    location = append(url, _added(destination, visit, click_id, sub, index))
    if destination.mode == "interstitial":
        page = pages.interstitial(location, host_of(url), destination.title, visit.language)
        return Redirect(200, location, page, index, sub)
    return Redirect(302, location, None, index, sub)


def landing(destination: Destination) -> str:
    """The address that a link of mode `direct` is given out as: the destination itself, with `?via=`."""
    nobody = Visit(datetime.min.replace(tzinfo=UTC))
    return append(destination.url, _added(destination, nobody, "", destination.sub, None))


def _closed(destination: Destination, visit: Visit) -> Closed | None:
    if destination.retired:
        return "retired"
    if destination.expires_at is not None and visit.now >= destination.expires_at:
        return "expired"
    if destination.cap is not None and visit.used >= destination.cap:
        return "over_cap"
    return None


def choose(destination: Destination, visit: Visit, click_id: str) -> tuple[int | None, str]:
    """The target's index and URL: of those that match, those that ask for most; among these by weight.

    One visitor always gets the same (for as long as the daily hash lasts); an unknown one is drawn by the
    click's id. Where no target matches, it is the link's own URL and None.
    """
    if not destination.targets:
        return None, destination.url
    asked = [(_match(target, visit), at, target) for at, target in enumerate(destination.targets)]
    best = max((rank for rank, _, target in asked if target.weight), default=-1)
    equals = [(at, target) for rank, at, target in asked if rank == best >= 0 and target.weight]
    if not equals:
        return None, destination.url
    drawn = _draw(destination.link_id, visit.visitor or click_id.encode())
    mark = drawn * sum(target.weight for _, target in equals) >> 64
    for at, target in equals:
        mark -= target.weight
        if mark < 0:
            return at, target.url
    raise AssertionError("weights sum to more than the mark")


def _match(target: Target, visit: Visit) -> int:
    """How many conditions a visit meets; -1 where it fails one."""
    language = (visit.language or "")[:2].lower()
    rank = 0
    for wanted, value in (
        (target.countries, visit.country),
        (target.devices, visit.device),
        (target.languages, language),
    ):
        if wanted and value not in wanted:
            return -1
        rank += bool(wanted)
    return rank


def _draw(link_id: UUID, key: bytes) -> int:
    """64 even bits that depend on link and visitor alone."""
    return int.from_bytes(blake2b(key, digest_size=8, key=link_id.bytes).digest(), "big")


def _subs(stored: Subs, query: Sequence[tuple[str, str]]) -> Subs:
    """The link's own sub ids; what it leaves open, the request may say."""
    if not query:
        return stored
    told: dict[str, str] = {}
    for name, value in query:
        if name in SUBS and value:
            told.setdefault(name, value[:LONGEST_SUB])
    kept = [own if own is not None else told.get(name) for name, own in zip(SUBS, stored, strict=True)]
    return (kept[0], kept[1], kept[2], kept[3], kept[4])


def _added(
    destination: Destination, visit: Visit, click_id: str, sub: Subs, index: int | None
) -> Iterator[tuple[str, str]]:
    """What is appended, the stronger first: `append` takes the first of a name."""
    if destination.utm:
        values = _values(destination, visit, click_id, sub, index)
        for name, template in destination.utm.items():
            yield name, macros.expand(template, values)
    yield from networks.parameters(destination.network, destination.tracking_id, click_id)
    if destination.via:
        yield "via", destination.via
    for name, value in zip(SUBS, sub, strict=True):
        if value:
            yield name, value
    passed = 0
    for name, value in visit.query:
        if (name in PASSED or name.startswith("utm_")) and len(name) <= 40 and passed < MOST_PASSED:
            passed += 1
            yield name, value[:LONGEST_PASSED]
    yield CLICK, click_id


def _values(
    destination: Destination, visit: Visit, click_id: str, sub: Subs, index: int | None
) -> dict[str, str | None]:
    return {
        "partner": destination.partner,
        "partner_id": ids.show_or_none("prt", destination.partner_id),
        "campaign": ids.show_or_none("cmp", destination.campaign_id),
        "platform": destination.platform or visit.platform,
        "code": destination.code,
        "link_id": ids.show("lnk", destination.link_id),
        "click_id": click_id,
        "country": visit.country and visit.country.lower(),
        "device": visit.device,
        "language": visit.language and visit.language[:2].lower(),
        "target": None if index is None else str(index),
        "network": destination.network,
        **dict(zip(SUBS, sub, strict=True)),
    }


def append(url: str, pairs: Iterator[tuple[str, str]] | Sequence[tuple[str, str]]) -> str:
    """The URL with parameters behind its own, which none of them overrides; empty ones are left out.

    >>> append("https://a.example/x?sub1=own#top", [("sub1", "theirs"), ("utm_term", "ç&d")])
    'https://a.example/x?sub1=own&utm_term=%C3%A7%26d#top'
    """
    base, mark, fragment, own = _split(url)
    taken = set(own)
    added = []
    for name, value in pairs:
        if value and name not in taken:
            taken.add(name)
            added.append(f"{_quoted(name)}={_quoted(value)}")
    return f"{base}{mark}{'&'.join(added)}{fragment}" if added else url


def _quoted(text: str) -> str:
    # A lone surrogate can't be encoded: such text comes from bytes that are no UTF-8.
    return quote_plus(text, safe="", errors="replace")


@lru_cache(maxsize=50_000)
def _split(url: str) -> tuple[str, str, str, frozenset[str]]:
    """A stored URL up to its fragment, what joins a parameter to it, its fragment, and its own names."""
    base, hash_mark, fragment = url.partition("#")
    _, question, query = base.partition("?")
    own = frozenset(unquote_plus(piece.partition("=")[0]) for piece in query.split("&") if piece)
    mark = "?" if not question else "" if query == "" or query.endswith("&") else "&"
    return base, mark, hash_mark + fragment, own - {CLICK}


def host_of(url: str) -> str:
    """The host of a stored URL, as it is shown to people."""
    return url.partition("://")[2].partition("/")[0].partition("?")[0].partition("#")[0]
