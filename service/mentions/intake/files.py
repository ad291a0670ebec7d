"""Files of mentions and reviews: exports of Brandwatch, Talkwalker, Mention and of review sites, with headers
in English and Turkish. Pure."""

import math
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from service.imports.cells.style import Style
from service.imports.cells.types import COUNT, COUNTRY, ID, MOMENT, CellType
from service.imports.kinds import Field, Kind, Parsed, RowError
from service.imports.rejects import Unfit
from service.kit.text import fold_tr
from service.mentions.intake import values
from service.mentions.intake.markup import plain
from service.mentions.intake.platforms import platform_named
from service.mentions.intake.words import WORDS
from service.mentions.reports import KINDS

_KIND_WORDS = {
    **dict.fromkeys(("tweet", "gonderi", "status", "photo", "social", "retweet"), "post"),
    **dict.fromkeys(("haber", "news", "blog", "yazi", "blog post", "makale"), "article"),
    **dict.fromkeys(("yorum", "reply", "yanit", "cevap"), "comment"),
    **dict.fromkeys(("degerlendirme", "rating", "reviews", "inceleme", "sikayet", "complaint"), "review"),
    **dict.fromkeys(("forums", "thread", "konu", "entry"), "forum"),
    **dict.fromkeys(("videos", "reel", "reels", "short"), "video"),
}
_RATIO = re.compile(
    r"(\d{1,3}(?:[.,]\d{1,3})?)\s*(?:/|out of|uzerinden|of)\s*(\d{1,3})(?: (?:stars?|yildiz))?"
)
_NUMBER = re.compile(r"(\d{1,3}(?:[.,]\d{1,3})?)\s*(?:stars?|yildiz|puan|\u2b50)?")


class MentionFileRow(Struct, frozen=True):
    """One row as the file has it. `stars` are of five."""

    row: int
    native_id: str | None
    url: str | None
    title: str | None
    text: str | None
    published_at: datetime | None
    observed_at: datetime | None
    source: str | None
    platform: str | None
    kind: str | None
    language: str | None
    country: str | None
    author_name: str | None
    author_handle: str | None
    author_id: str | None
    thread_id: str | None
    followers: int | None
    reach: int | None
    impressions: int | None
    views: int | None
    likes: int | None
    comments: int | None
    shares: int | None
    engagement: int | None
    stars: float | None
    sentiment: str | None
    tags: tuple[str, ...]


class Rating(Struct, frozen=True):
    """A rating as its cell has it; `top` where the cell itself says how far its scale goes."""

    number: float
    top: float | None = None


def read_rating(value: Any, style: Style) -> Rating:
    """A number, "8/10", or stars as they are drawn.

    >>> read_rating("4,5", Style()), read_rating("8/10", Style()), read_rating("★★★☆☆", Style()).number
    (Rating(number=4.5, top=None), Rating(number=8.0, top=10.0), 3.0)
    """
    text = fold_tr(str(value)).strip()[:40] if isinstance(value, str | int | float) else ""
    if text and re.fullmatch(r"[★⭐]{0,5}[☆✩]{0,5}", text.replace("\ufe0f", "")):
        return Rating(float(sum(char in "★⭐" for char in text)), 5.0)
    if found := _RATIO.fullmatch(text):
        return Rating(float(found[1].replace(",", ".")), float(found[2]))
    if found := _NUMBER.fullmatch(text):
        return Rating(float(found[1].replace(",", ".")))
    raise Unfit("not_a_number")


def stars_of(rating: Rating, top: float) -> float | None:
    """A rating as stars of five, `top` being its column's scale; None where it lies beyond.

    >>> stars_of(Rating(9.0), 10), stars_of(Rating(4.0, 5.0), 10), stars_of(Rating(6.0), 5)
    (4.5, 4.0, None)
    """
    top = top if rating.top is None else rating.top
    return round(rating.number * 5 / top, 2) if top and rating.number <= top else None


def within(low: float, high: float) -> Any:
    """Whether a sample lies on this scale: nearly its greatest rating says how far a column counts."""

    def suits(sample: Sequence[Any]) -> bool:
        numbers = sorted(one.number for one in sample if isinstance(one, Rating) and one.top is None)
        greatest = numbers[math.ceil(0.95 * (len(numbers) - 1))] if numbers else 0.0
        return low < greatest <= high or (low == 0 and greatest == 0)

    return suits


def _text(value: Any, style: Style) -> str | None:
    if isinstance(value, dict | list):
        raise Unfit("not_a_text")
    return values.text(plain(str(value))) if value is not None else None


def _url(value: Any, style: Style) -> str:
    found = values.address(value)
    if found is None:
        raise Unfit("not_a_url")
    return found


def _platform(value: Any, style: Style) -> str:
    found = platform_named(value)
    if found is None:
        raise Unfit("not_a_platform")
    return found


def read_kind(value: Any, style: Style) -> str | None:
    """What a mention is; an unknown word says nothing."""
    folded = fold_tr(str(value))[:60].strip()
    return folded if folded in KINDS else _KIND_WORDS.get(folded)


def _language(value: Any, style: Style) -> str | None:
    if values.is_unknown(value):
        return None
    found = values.language(value)
    if found is None:
        raise Unfit("not_a_language")
    return found


def _tags(value: Any, style: Style) -> tuple[str, ...]:
    parts = value if isinstance(value, list) else re.split(r"[;,|\n]", str(value))
    clean = [values.line(100)(part.get("name") if isinstance(part, dict) else part) for part in parts[:200]]
    return tuple(dict.fromkeys(part for part in clean if part))


def _word(value: Any, style: Style) -> str:
    if isinstance(value, dict | list | bool):
        raise Unfit("not_a_text")
    return str(value).strip()[:100]


def _line(most: int) -> CellType:
    def read(value: Any, style: Style) -> str | None:
        if isinstance(value, dict | list):
            raise Unfit("not_a_text")
        return values.line(most)(value)

    return CellType("line", read, loose=True)


TEXT = CellType("text", _text, loose=True)
RATING = CellType("rating", read_rating)
_NETWORKS = ("followers", "reach", "impressions", "views", "likes", "comments", "shares", "engagement")
STARS = (("stars", 0.0, 5.0), ("stars_of_10", 5.0, 10.0), ("stars_of_100", 10.0, 100.0))
FIELDS = (
    Field("native_id", ID, ("=mentionid",)),
    Field("url", CellType("url", _url), ("=mentionurl",)),
    Field("text", TEXT, ("=mentiontext",)),
    Field("snippet", TEXT, ("=mentionsnippet",)),
    Field("title", _line(2_000), ("=mentiontitle",)),
    Field("published_at", MOMENT, ("=mentiontime",)),
    Field("clock", CellType("clock", lambda value, style: read_clock(value)), ("=mentionclock",)),
    Field("added_at", MOMENT, ("=mentionadded",)),
    Field("observed_at", MOMENT, ("=mentionseen",)),
    Field("source", _line(100), ("=mentionsource",)),
    Field("platform", CellType("platform", _platform), ("=mentionplatform",)),
    Field("kind", CellType("kind", read_kind), ("=mentionkind",)),
    Field("language", CellType("language", _language), ("=mentionlanguage",)),
    Field("country", COUNTRY, ("=mentioncountry",)),
    Field("author_name", _line(200), ("=mentionauthor",)),
    Field("full_name", _line(200), ("=mentionfullname",)),
    Field("author_handle", _line(200), ("=mentionhandle",)),
    Field("author_id", ID, ("=mentionauthorid",)),
    Field("thread_id", ID, ("=mentionthread",)),
    *(
        Field(
            name,
            COUNT,
            (f"=mention{name}",),
            many=name in ("followers", "likes", "comments", "shares", "views"),
        )
        for name in _NETWORKS
    ),
    *(Field(name, RATING, ("=mentionstars",), suits=within(low, top)) for name, low, top in STARS),
    Field("score", CellType("score", _word), ("=mentionscore",)),
    Field("sentiment", CellType("sentiment", _word), ("=mentionsentiment",)),
    Field("tags", CellType("tags", _tags, loose=True), ("=mentiontags",), many=True),
    Field("aside", TEXT, ("=mentionaside",), many=True, kept=False),
)


def read_clock(value: Any) -> tuple[int, int, int]:
    """A time of day beside a day.

    >>> read_clock("9:05 PM"), read_clock("14:30:15")
    ((21, 5, 0), (14, 30, 15))
    """
    found = re.fullmatch(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(am|pm)?", fold_tr(str(value)).strip())
    if not found:
        raise Unfit("not_a_date")
    hour = int(found[1]) % 12 + (12 if found[4] == "pm" else 0) if found[4] else int(found[1])
    minute, second = int(found[2]), int(found[3] or 0)
    if hour > 23 or minute > 59 or second > 59:
        raise Unfit("not_a_date")
    return hour, minute, second


def assemble(parsed: Parsed) -> list[list[MentionFileRow] | RowError]:
    """The mention in each row."""
    columns = {each.name: parsed.column(each.name) for each in FIELDS if each.kept}
    return [
        _row(parsed.rows[at], {name: column[at] for name, column in columns.items()}, parsed)
        for at in range(len(parsed.rows))
    ]


_SAME = tuple(
    name
    for name in MentionFileRow.__struct_fields__
    if name not in ("row", "text", "published_at", "platform", "stars", "sentiment", "tags", "native_id")
)
# What a spreadsheet has made of a long id has lost the digits that told it from others.
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d{1,3}")


# Brandwatch's full name of somebody on a network.
_HANDLE_AND_NAME = re.compile(r"([^\s()]{1,100}) \((.{1,200})\)")


def _row(row: int, cells: dict[str, Any], parsed: Parsed) -> list[MentionFileRow] | RowError:
    text = cells["text"] or cells["snippet"]
    if not (text or cells["native_id"] or cells["url"] or cells["title"]):
        return RowError("missing_value", "text")
    if cells["native_id"] and _SHORTENED.fullmatch(cells["native_id"]):
        return RowError("shortened_number", "native_id", cells["native_id"])
    rated = next(((cells[name], top) for name, _, top in STARS if cells[name] is not None), None)
    stars = stars_of(*rated) if rated else None
    if rated and stars is None:
        return RowError("too_large", "stars", rated[0].number)
    told = {name: _one(cells[name]) for name in _SAME}
    told["author_name"] = cells["full_name"] or told["author_name"]
    if found := _HANDLE_AND_NAME.fullmatch(told["author_name"] or ""):
        told["author_handle"], told["author_name"] = told["author_handle"] or found[1], found[2]
    if told["title"] in (told["url"], text):
        told["title"] = None
    context = parsed.context
    return [
        MentionFileRow(
            row=row,
            native_id=cells["native_id"],
            text=text,
            published_at=_moment(cells["published_at"], cells["clock"]) or cells["added_at"],
            platform=context.platform if context.platform_given else cells["platform"] or context.platform,
            stars=stars,
            sentiment=cells["score"] or cells["sentiment"],
            tags=_flat(cells["tags"]),
            **told,
        )
    ]


def _one(value: Any) -> Any:
    """Networks have columns of their own: of several figures the greatest, the others are empty or zero."""
    if isinstance(value, tuple | list):
        known = [each for each in value if each is not None]
        return max(known) if known else None
    return value


def _flat(value: Any) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for part in value or ():
        found.update(dict.fromkeys(part if isinstance(part, tuple | list) else [part]))
    return tuple(found)[:50]


def _moment(at: datetime | None, clock: tuple[int, int, int] | None) -> datetime | None:
    if at is None or clock is None or (at.hour, at.minute, at.second) != (0, 0, 0):
        return at
    return at.replace(hour=clock[0], minute=clock[1], second=clock[2])


MENTIONS = Kind(
    name="mentions",
    fields=FIELDS,
    assemble=assemble,
    lists=frozenset(
        ("mentions", "reviews", "comments", "tweets", "bahsetmeler", "yorumlar", "result_content")
    ),
    words=WORDS,
)
