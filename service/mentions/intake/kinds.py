"""A body of a kind of source, as mentions: the one way in for payloads. Pure; never raises."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from msgspec import structs

from service.conversions.shops.shapes import mapping
from service.mentions.intake import (
    brandwatch,
    feeds,
    mention_com,
    meta,
    own,
    reddit,
    talkwalker,
    x,
    youtube,
)
from service.mentions.intake.documents import documents
from service.mentions.intake.found import Found
from service.mentions.reports import MentionReport

MOST_REPORTS = 5_000
_READERS: Mapping[str, Callable[[Any, str, Found], bool]] = {
    "brandwatch": brandwatch.read,
    "talkwalker": talkwalker.read,
    "mention": mention_com.read,
    "meta": meta.read,
    "x": x.read,
    "reddit": reddit.read,
    "youtube": youtube.read,
}
# The more particular first: what is left over is whatever its sender's fields are called.
_SIGNS: tuple[tuple[str, Callable[[Any], bool]], ...] = (
    ("youtube", youtube.is_youtube),
    ("reddit", reddit.is_reddit),
    ("meta", meta.is_meta),
    ("talkwalker", talkwalker.is_talkwalker),
    ("brandwatch", brandwatch.is_brandwatch),
    ("x", x.is_x),
    ("mention", mention_com.is_mention_com),
)


def read(
    kind: str,
    body: bytes,
    at: datetime,
    *,
    url: str | None = None,
    content_type: str | None = None,
    aliases: Mapping[str, str] | None = None,
) -> Found:
    """What a body tells, and what of it could not be read.

    `at`: when it came. `kind`: of the source; `generic` ones are recognised by what is in them. `url`: where
    a feed was fetched from. `aliases`: the generic fields' names in this source.
    """
    found = Found(at)
    try:
        _read(kind, body, found, url, content_type, aliases or {})
    except RecursionError:
        # Deeper than anything that a source sends.
        found.fault("", "too_deep", lost=True)
    if len(found.reports) > MOST_REPORTS:
        found.fault(f"[{MOST_REPORTS}]", "too_many", len(found.reports), lost=True)
        del found.reports[MOST_REPORTS:]
        found.undated = [place for place in found.undated if place < MOST_REPORTS]
    return found


def _read(
    kind: str,
    body: bytes,
    found: Found,
    url: str | None,
    content_type: str | None,
    aliases: Mapping[str, str],
) -> None:
    if kind in ("rss", "reddit", "generic") and feeds.is_feed(body):
        if feeds.read(body, found, url=url, content_type=content_type):
            return
    elif kind == "rss" and body.lstrip()[:1] not in (b"{", b"["):
        if not feeds.read(body, found, url=url, content_type=content_type):
            found.fault("", "no_feed", body[:60].decode("latin-1"), lost=True)
        return
    for path, document in documents(body, found):
        try:
            _document(kind, path, document, found, aliases)
        except RecursionError:
            found.fault(path, "too_deep", lost=True)


def _document(kind: str, path: str, document: Any, found: Found, aliases: Mapping[str, str]) -> None:
    if kind == "rss" and isinstance(document, dict) and isinstance(document.get("items"), list):
        _json_feed(document, path, found)
        return
    before = found.failed
    if kind in _READERS:
        took = _READERS[kind](document, path, found)
    else:
        signs = () if aliases else _SIGNS
        named = next((name for name, fits in signs if fits(document)), None)
        took = (
            _READERS[named](document, path, found)
            if named
            else _is_error(document, path, found) or own.read(document, path, found, aliases)
        )
    if not took and found.failed == before:
        found.fault(path, "shape", document, lost=True)


def _is_error(document: Any, path: str, found: Found) -> bool:
    """Whether it is a source's word that something is wrong, which is said once."""
    told = mapping(document)
    error = told.get("error") or told.get("errors")
    if not error or any(name in told for name in (*own.LISTS, "text", "content")):
        return False
    first = error[0] if isinstance(error, list) else error
    message = mapping(first).get("message") or mapping(first).get("detail") or first
    found.fault(f"{path}.error".lstrip("."), "source_error", told.get("message") or message)
    return True


def _json_feed(document: Mapping[str, Any], path: str, found: Found) -> None:
    """https://www.jsonfeed.org/version/1.1/."""
    first = len(found.reports)
    names = {"published_at": "date_published", "observed_at": "date_modified", "tags": "tags"}
    for at, each in enumerate(document["items"]):
        one = each if isinstance(each, dict) else {}
        text = one.get("content_html") or one.get("content_text") or one.get("summary")
        own.read({**one, "text": text}, f"{path}.items[{at}]".lstrip("."), found, names)
    for at, report in enumerate(found.reports[first:], first):
        found.reports[at] = _as_article(report)


def _as_article(report: MentionReport) -> MentionReport:
    return structs.replace(report, source="rss", kind="article")
