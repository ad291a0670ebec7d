"""RSS, Atom and RDF, also where they are not well made: what can be read is, what can't is said. Pure."""

import io
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from service.mentions.intake.found import Found
from service.mentions.intake.making import platform_of, put
from service.mentions.intake.markup import plain
from service.mentions.keys import site

MOST_ENTRIES = 1_000
# feedparser takes a quarter of a minute for 700,000 tags inside each other; feeds leave a few thousand open.
MOST_UNCLOSED = 50_000
_KINDS = {"youtube": "video", "reddit": "post", "x": "post", "forum": "forum", "review": "review"}
_MARKS = ("<rss", "<feed", "<rdf:rdf", "<channel", "<item", "<entry")


def is_feed(body: bytes) -> bool:
    """Whether a body looks like a feed, by its first characters in any encoding.

    >>> is_feed(b'<?xml version="1.0"?><rss version="2.0">'), is_feed(b"<html><body>"), is_feed(b"{}")
    (True, False, False)
    """
    start = body[:8_192].replace(b"\x00", b"").decode("latin-1").casefold()
    return "<" in start and any(mark in start for mark in _MARKS)


def read(body: bytes, found: Found, *, url: str | None = None, content_type: str | None = None) -> bool:
    """Adds the entries of a feed; False where there is no feed in it. `url`: where it came from, for its
    relative links."""
    if unclosed(body) > MOST_UNCLOSED:
        found.fault("", "too_deep", lost=True)
        return True
    # A tenth of a second of import, which the API's start has no use for.
    import feedparser  # type: ignore[import-untyped]

    headers = {"content-location": url or ""}
    if content_type:
        headers["content-type"] = content_type
    try:
        feed: Any = feedparser.parse(io.BytesIO(body), response_headers=headers)
    except Exception as error:
        # It promises not to, and what it is given is whatever people send.
        found.fault("", "feed", type(error).__name__, lost=True)
        return False
    entries = feed.get("entries") or []
    if not entries and not feed.get("version"):
        return False
    if feed.get("bozo"):
        problem = feed.get("bozo_exception")
        found.fault("", "malformed", f"{type(problem).__name__}: {problem}")
    for at, entry in enumerate(entries[:MOST_ENTRIES]):
        _entry(entry, feed.get("feed") or {}, f"entries[{at}]", url, found)
    if len(entries) > MOST_ENTRIES:
        found.fault(f"entries[{MOST_ENTRIES}]", "too_many", len(entries), lost=True)
    return True


def unclosed(body: bytes) -> int:
    """How many tags are opened and not closed, nearly.

    >>> unclosed(b"<a><b/></a><br>"), unclosed("<a><b>".encode("utf-16-le"))
    (1, 2)
    """
    flat = body.replace(b"\x00", b"")
    return flat.count(b"<") - 2 * flat.count(b"</") - flat.count(b"/>")


def _entry(
    entry: Mapping[str, Any], feed: Mapping[str, Any], path: str, url: str | None, found: Found
) -> None:
    link = _link(entry, url)
    guid = _of(entry, "id")
    platform = platform_of(link or url, "news")
    title = _title(entry)
    texts = [plain(text) for text in _texts(entry)]
    put(
        found,
        path,
        source="rss",
        platform=platform,
        kind=_KINDS.get(platform, "article"),
        texts=texts or [title],
        title=title if any(texts) else None,
        published=(
            *(_time(_of(entry, f"{name}_parsed")) for name in ("published", "updated", "created")),
            *(_of(entry, name) for name in ("published", "updated", "created")),
        ),
        observed=_time(_of(entry, "updated_parsed")),
        native_id=_native(guid, link, url),
        url=link,
        language=_language(entry, feed),
        author_name=_author(entry, feed),
        comments=_of(entry, "slash_comments"),
        tags=[tag.get("term") for tag in _of(entry, "tags") or [] if isinstance(tag, dict)],
    )


def _of(entry: Mapping[str, Any], name: str) -> Any:
    """What an entry itself says: feedparser's own look-up lends `updated` from `published`."""
    return dict.get(entry, name) if isinstance(entry, dict) else None


def _native(guid: Any, link: str | None, url: str | None) -> str | None:
    """An id that is no address counts within its site alone; one that is the link says no more than it."""
    if not isinstance(guid, str) or not guid.strip() or guid == link:
        return None
    if guid.startswith(("http://", "https://", "urn:", "tag:")):
        return guid
    return f"{site(url) or site(link) or ''} {guid}".strip()


def _link(entry: Mapping[str, Any], url: str | None) -> str | None:
    links = [_of(entry, "link")]
    links += [
        one.get("href")
        for one in _of(entry, "links") or []
        if isinstance(one, dict) and one.get("rel") in ("alternate", None)
    ]
    links += [_of(entry, "feedburner_origlink")]
    for link in links:
        if isinstance(link, str) and link.strip():
            try:
                return urljoin(url or "", link.strip())
            except ValueError:
                return link.strip()
    return None


def _texts(entry: Mapping[str, Any]) -> list[str]:
    """The whole text, else the summary; a video's description."""
    whole = [part.get("value") for part in _of(entry, "content") or [] if isinstance(part, dict)]
    found = [*whole, _of(entry, "summary"), _of(entry, "description"), _of(entry, "subtitle")]
    return [text for text in found if isinstance(text, str) and plain(text)]


def _title(entry: Mapping[str, Any]) -> str | None:
    title = _of(entry, "title")
    return plain(title) or None if isinstance(title, str) else None


def _author(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> str | None:
    detail = _of(entry, "author_detail")
    named = detail.get("name") if isinstance(detail, dict) else None
    for name in (named, _of(entry, "author"), feed.get("title")):
        if isinstance(name, str) and plain(name):
            return plain(name)
    return None


def _language(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> str | None:
    for value in (_of(entry, "language"), feed.get("language")):
        if isinstance(value, str):
            return value
    return None


def _time(parsed: Any) -> Any:
    """feedparser's nine numbers, in UTC."""
    from calendar import timegm

    try:
        return timegm(parsed) if parsed else None
    except (TypeError, ValueError, OverflowError):
        return None
