"""Mentions of a sender without a shape of its own: by the names that such fields have everywhere, or by those
that the source was told. Pure."""

import re
from collections.abc import Mapping
from typing import Any

from service.conversions.shops.shapes import mapping
from service.kit.text import fold_tr
from service.mentions.intake.found import Found
from service.mentions.intake.making import platform_of, put
from service.mentions.intake.markup import plain
from service.mentions.intake.platforms import platform_named

LISTS = (
    "mentions",
    "reviews",
    "comments",
    "posts",
    "items",
    "results",
    "records",
    "documents",
    "data",
    "hits",
)
SOURCE = "generic"
ALIASES: Mapping[str, tuple[str, ...]] = {
    # Only where the source is told so: else its ids are its own.
    "source": (),
    "native_id": ("native_id", "id", "mention_id", "review_id", "post_id", "comment_id", "guid", "uuid"),
    "url": ("url", "link", "permalink", "original_url", "post_url", "review_url"),
    "text": (
        *("text", "content", "body", "message", "review", "review_text", "comment", "snippet", "full_text"),
        *("caption", "description", "metin", "yorum", "icerik", "mesaj"),
    ),
    "title": ("title", "headline", "subject", "review_title", "baslik"),
    "published_at": (
        *("published_at", "published", "date", "created_at", "created", "timestamp", "time", "posted_at"),
        *("createdAt", "publishedAt", "review_date", "tarih"),
    ),
    "observed_at": ("observed_at", "updated_at", "updated", "updatedAt"),
    "platform": ("platform", "network", "channel", "source_type", "site"),
    "kind": ("kind", "type", "content_type", "tur"),
    "language": ("language", "lang", "dil"),
    "country": ("country", "country_code", "ulke"),
    "author_name": ("author_name", "author", "name", "user_name", "reviewer", "yazar"),
    "author_handle": ("author_handle", "handle", "username", "screen_name"),
    "author_id": ("author_id", "user_id"),
    "thread_id": ("thread_id", "parent_id", "conversation_id", "product_id"),
    "followers": ("followers", "followers_count", "follower_count", "takipci"),
    "reach": ("reach", "potential_reach", "erisim"),
    "impressions": ("impressions", "gosterim"),
    "views": ("views", "view_count"),
    "likes": ("likes", "like_count", "favorites", "begeni"),
    "comments": ("comments_count", "comment_count", "reply_count", "comments", "replies"),
    "shares": ("shares", "share_count", "retweets"),
    "engagement": ("engagement", "engagements", "interactions", "etkilesim"),
    "stars": ("stars", "rating", "star_rating", "score_stars", "puan", "yildiz"),
    "best": ("best_rating", "rating_max", "max_rating", "scale"),
    "sentiment": ("sentiment", "tone", "polarity", "duygu"),
    "tags": ("tags", "labels", "etiketler"),
}
_OTHERWISE = frozenset(
    (
        *("source", "text", "published_at", "observed_at", "platform", "kind", "stars", "best", "sentiment"),
        "tags",
    )
)
_SAME = tuple(name for name in ALIASES if name not in _OTHERWISE)
_STATED = {"ONE": 1, "TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5}
_KINDS = frozenset(("post", "story", "video", "comment", "article", "forum", "review", "podcast", "other"))


def read(document: Any, path: str, found: Found, aliases: Mapping[str, str]) -> bool:
    """Adds what a document tells; False where there is nothing in it that a mention has."""
    rows, where = _rows(document, path)
    took = False
    for at, each in enumerate(rows):
        place = where if where is path and not isinstance(document, list) else f"{where}[{at}]"
        if not isinstance(each, dict):
            found.fault(place, "shape", each, lost=True)
        else:
            took |= _mention(each, place.lstrip("."), found, aliases)
    return took or bool(rows and where is not path)


def _rows(document: Any, path: str) -> tuple[list[Any], str]:
    if isinstance(document, list):
        return document, path
    told = mapping(document)
    for name in LISTS:
        rows = told.get(name)
        if isinstance(rows, list) and any(isinstance(each, dict) for each in rows):
            return rows, f"{path}.{name}".lstrip(".")
    return [document], path


def _mention(told: Mapping[str, Any], path: str, found: Found, aliases: Mapping[str, str]) -> bool:
    known = {name: _value(told, name, aliases) for name in ALIASES}
    stars = _stars(known["stars"])
    who = mapping(known["author_name"])
    if who:
        known["author_name"] = who.get("name") or who.get("display_name")
        known["author_handle"] = known["author_handle"] or who.get("username") or who.get("handle")
        known["author_id"] = known["author_id"] or who.get("id")
    if isinstance(known["comments"], list | dict):
        known["comments"] = None
    text = plain(known["text"]) if isinstance(known["text"], str) else None
    if text is None and stars is None and known["title"] is None:
        found.fault(path, "shape", lost=True)
        return False
    kind = str(known["kind"] or "").casefold()
    kind = kind if kind in _KINDS else "review" if stars is not None else "post"
    platform = platform_named(known["platform"])
    put(
        found,
        path,
        source=_code(known["source"]),
        platform=platform or platform_of(known["url"], "review" if kind == "review" else "web"),
        kind=kind,
        texts=(text,),
        published=(known["published_at"],),
        observed=known["observed_at"],
        sentiment=known["sentiment"],
        stars=stars,
        top=_top(stars, known["best"]),
        tags=known["tags"],
        **{name: known[name] for name in _SAME},
    )
    return True


def _value(told: Mapping[str, Any], name: str, aliases: Mapping[str, str]) -> Any:
    """By the source's own word (`=` and a constant, or a path with dots), else by a usual name."""
    told_by = aliases.get(name)
    if told_by is not None:
        return told_by[1:] if told_by.startswith("=") else _dig(told, told_by)
    return next((told[each] for each in ALIASES[name] if told.get(each) not in (None, "")), None)


def _dig(told: Any, path: str) -> Any:
    if path in mapping(told):
        return told[path]
    for name in path.split("."):
        if isinstance(told, list) and name.isascii() and name.isdigit() and len(name) < 6:
            told = told[int(name)] if int(name) < len(told) else None
        else:
            told = mapping(told).get(name)
    return told


def _code(value: Any) -> str:
    """The code of a source's name.

    >>> _code("Trust Pilot"), _code(None)
    ('trust_pilot', 'generic')
    """
    folded = fold_tr(value[:100]) if isinstance(value, str) else ""
    return re.sub(r"[^a-z0-9.]+", "_", folded).strip("_.")[:40].strip("_.") or SOURCE


def _stars(value: Any) -> Any:
    """Google's reviews count in words."""
    return _STATED.get(value, value) if isinstance(value, str) else value


def _top(stars: Any, best: Any) -> float:
    """The scale of a rating: as told, else the smallest usual one that holds it."""
    for value in (best,):
        if isinstance(value, int | float | str) and not isinstance(value, bool):
            try:
                if 1 <= float(value) <= 1_000:
                    return float(value)
            except ValueError:
                pass
    try:
        number = float(str(stars).replace(",", "."))
    except ValueError:
        return 5
    return next((top for top in (5.0, 10.0, 100.0) if number <= top), 5)
