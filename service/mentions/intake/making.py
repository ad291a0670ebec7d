"""A report out of a payload's values: the same cleaning for every source. Pure."""

from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b
from typing import Any

from service.mentions.intake import values
from service.mentions.intake.found import Found
from service.mentions.keys import site
from service.mentions.reports import KINDS, MentionReport
from service.mentions.sentiments import said

MOST_TAGS = 50
_TITLE = values.line(2_000)
_NAME = values.line(200)
_CLEAN: Mapping[str, Callable[[Any], Any]] = {
    "url": values.address,
    "title": _TITLE,
    "native_id": values.identifier,
    "language": values.language,
    "country": values.country,
    "author_name": _NAME,
    "author_handle": values.handle,
    "author_id": _NAME,
    "thread_id": values.identifier,
    **dict.fromkeys(
        ("followers", "reach", "impressions", "views", "likes", "comments", "shares", "engagement"),
        values.count,
    ),
}
# What a source leaves empty is not worth a word; of these a false value is.
_SILENT = frozenset(("author_id", "thread_id"))
_HOSTS = {
    "x.com": "x",
    "instagram.com": "instagram",
    "facebook.com": "facebook",
    "fb.com": "facebook",
    "threads.net": "threads",
    "threads.com": "threads",
    "youtube.com": "youtube",
    "youtu.be": "youtube",
    "tiktok.com": "tiktok",
    "reddit.com": "reddit",
    "linkedin.com": "linkedin",
    "pinterest.com": "pinterest",
    "twitch.tv": "twitch",
    "bsky.app": "bluesky",
    "eksisozluk.com": "forum",
    "donanimhaber.com": "forum",
    "sikayetvar.com": "review",
    "trustpilot.com": "review",
    "yelp.com": "review",
    "g2.com": "review",
}


def put(
    found: Found,
    path: str,
    *,
    source: str,
    platform: str,
    kind: str = "post",
    texts: Iterable[Any] = (),
    published: Iterable[Any] = (),
    observed: Any = None,
    sentiment: Any = None,
    scale: float | None = None,
    stars: Any = None,
    top: float = 5,
    tags: Any = (),
    **told: Any,
) -> None:
    """Adds a mention, or says why it is none. Of `texts` and `published` the first that is one counts; where
    no time is told it is the arrival's, and the mention is noted as undated."""
    values_of = {name: _clean(found, path, name, value) for name, value in told.items()}
    text = next((one for one in map(values.text, texts) if one), None)
    if text is None and not (values_of.get("title") or values_of.get("url") or values_of.get("native_id")):
        found.fault(path, "empty", lost=True)
        return
    at = _time(found, path, published)
    meant = said(sentiment if isinstance(sentiment, str | int | float) else None, scale)
    if at is None:
        found.undated.append(len(found.reports))
        if not (values_of.get("native_id") or values_of.get("url")):
            values_of["native_id"] = _said_id(values_of, text)
    found.reports.append(
        MentionReport(
            source=source,
            platform=platform,
            kind=kind if kind in KINDS else "other",
            text=text or "",
            published_at=at or found.at,
            observed_at=values.moment(observed, found.at),
            stars=rated(found, path, stars, top),
            raw_sentiment=values.storable(meant.raw) if meant else None,
            raw_label=meant.label if meant else None,
            raw_score=meant.score if meant else None,
            tags=tagged(tags),
            **values_of,
        )
    )


def rated(found: Found, path: str, value: Any, top: float = 5) -> float | None:
    """Stars of five, whatever the scale goes to."""
    if value in (None, ""):
        return None
    try:
        number = float(str(value).replace(",", ".")) if not isinstance(value, bool | list | dict) else None
    except ValueError:
        number = None
    if number is None or not 0 <= number <= top:
        found.fault(f"{path}.stars", "stars", value)
        return None
    return round(number * 5 / top, 2)


def tagged(value: Any) -> tuple[str, ...]:
    """Tags of a list of texts or of objects with a name.

    >>> tagged(["a", {"name": "b"}, 3, "a"])
    ('a', 'b')
    """
    if not isinstance(value, list | tuple):
        return ()
    names = [one.get("name") or one.get("tag") if isinstance(one, dict) else one for one in value[:500]]
    short = [_TAG(name) for name in names if isinstance(name, str)]
    return tuple(dict.fromkeys(name for name in short if name))[:MOST_TAGS]


_TAG = values.line(100)


def platform_of(url: Any, otherwise: str = "web") -> str:
    """The platform that an address is on.

    >>> platform_of("https://www.twitter.com/a/status/1"), platform_of("https://tr.trustpilot.com/review/a")
    ('x', 'review')
    """
    host = site(values.address(url)) or ""
    while host:
        if host in _HOSTS:
            return _HOSTS[host]
        host = host.partition(".")[2]
    return otherwise


def _said_id(told: Mapping[str, Any], text: str | None) -> str:
    """What has no id, no address and no time is known again by who says what."""
    said = [told.get(name) or "" for name in ("author_id", "author_handle", "author_name", "title")]
    return f"said {blake2b(chr(0).join([*said, text or '']).encode(), digest_size=12).hexdigest()}"


def _clean(found: Found, path: str, name: str, value: Any) -> Any:
    if values.is_unknown(value):
        return None
    clean = _CLEAN[name](value)
    if clean is None and name not in _SILENT:
        found.fault(f"{path}.{name}", name if name in ("url", "language", "country") else "value", value)
    return clean


def _time(found: Found, path: str, published: Iterable[Any]) -> Any:
    told = [value for value in published if not values.is_unknown(value)]
    for value in told:
        at = values.moment(value, found.at)
        if at is not None:
            return at
    found.fault(f"{path}.published_at", "time" if told else "undated", told[0] if told else None)
    return None
