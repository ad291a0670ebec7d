"""Files of posts: a row is a post of an account."""

import re
from datetime import timedelta
from typing import Any

from service.imports.cells.style import Style
from service.imports.cells.types import (
    BOOLEAN,
    COUNT,
    DATE,
    HASHTAGS,
    ID,
    LONG,
    MOMENT,
    PROFILE,
    CellType,
)
from service.imports.kinds import Field, Kind, Parsed, RowError
from service.imports.rejects import Unfit
from service.influencers.intake import who
from service.influencers.intake.profiles import WEB
from service.influencers.intake.rows import PostRow
from service.kit.text import fold_tr

_UNITS = {
    **dict.fromkeys(("second", "seconds", "sec", "s", "saniye", "sn"), timedelta(seconds=1)),
    **dict.fromkeys(("minute", "minutes", "min", "mins", "m", "dakika", "dk"), timedelta(minutes=1)),
    **dict.fromkeys(("hour", "hours", "hr", "hrs", "h", "saat", "sa"), timedelta(hours=1)),
    **dict.fromkeys(("day", "days", "d", "gun", "g"), timedelta(days=1)),
    **dict.fromkeys(("week", "weeks", "w", "hafta", "h."), timedelta(weeks=1)),
}
_AGE = re.compile(r"(\d{1,5}) ?([a-z.]{1,8})(?: (?:ago|once))?")
_FORMATS = {
    **dict.fromkeys(("photo", "image", "picture", "static", "foto", "fotograf", "gorsel", "gonderi"), "post"),
    **dict.fromkeys(("carousel", "carousel album", "sidecar", "album", "carousel container"), "carousel"),
    **dict.fromkeys(("reels", "reel", "clips"), "reel"),
    **dict.fromkeys(("story", "stories", "hikaye"), "story"),
    **dict.fromkeys(("short", "shorts", "youtube shorts"), "short"),
    **dict.fromkeys(("live", "canli yayin", "livestream", "stream"), "live"),
}


def read_age(value: Any, style: Style) -> timedelta:
    """How old a post is said to be.

    >>> read_age("11 hours", Style()), read_age("3 gün önce", Style())
    (datetime.timedelta(seconds=39600), datetime.timedelta(days=3))
    """
    found = _AGE.fullmatch(fold_tr(value)) if isinstance(value, str) and len(value) < 40 else None
    unit = _UNITS.get(found[2]) if found else None
    if not found or unit is None:
        raise Unfit("not_a_date")
    return int(found[1]) * unit


def read_format(value: Any, style: Style) -> str:
    """A post's format as the API names them: post, reel, story, video, short, carousel, live, or the word
    itself.

    >>> read_format("CAROUSEL_ALBUM", Style()), read_format("Photo", Style()), read_format("Video", Style())
    ('carousel', 'post', 'video')
    """
    folded = re.sub(r"[^a-z0-9]+", " ", fold_tr(str(value)[:60])).strip()
    known = _FORMATS.get(folded, folded.replace(" ", "_"))
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", known):
        raise Unfit("not_a_code")
    return known


AGE = CellType("age", read_age)
FORMAT = CellType("format", read_format)

_COUNTED = (
    *("likes", "comments", "shares", "reposts", "replies", "saves", "private_interactions", "views", "reach"),
    *("impressions", "followers"),
)
FIELDS = (
    *(field for field in who.FIELDS if field.name not in ("platform_id", "profile", "as_of")),
    Field("account_id", ID, ("username id", "user id", "channel id", "profile id"), suits=who.platform_ids),
    Field("profile", PROFILE, ("profile link", "creator link", "channel link", "username link", "profile")),
    Field("as_of", DATE, ("asof", "asof date")),
    Field("post_id", ID, ("post id", "platform id", "id", "shortcode", "post shortcode", "=post")),
    Field("post_url", WEB, ("post link", "link")),
    Field("published_at", MOMENT, ("published", "date published", "post date", "date")),
    Field("age", AGE, ("published", "age", "published time", "time since published")),
    Field("format", FORMAT, ("format", "type", "content format", "post type")),
    Field("caption", LONG, ("caption", "bio", "post caption", "note")),
    Field("hashtags", HASHTAGS, ("hashtag", "tag", "hashtag name"), many=True),
    Field("mentions", HASHTAGS, ("mention",)),
    Field("sponsored", BOOLEAN, ("sponsored",)),
    Field("likes", COUNT, ("like", "total like")),
    Field("comments", COUNT, ("comment", "total comment")),
    Field("shares", COUNT, ("share", "total share")),
    Field("reposts", COUNT, ("repost",)),
    Field("replies", COUNT, ("reply",)),
    Field("saves", COUNT, ("save", "total save")),
    Field("private_interactions", COUNT, ("private engagement",)),
    Field("views", COUNT, ("view", "post view", "total view")),
    Field("reach", COUNT, ("reach", "total reach", "post reach")),
    Field("impressions", COUNT, ("impression", "total impression", "post impression")),
    Field("followers", COUNT, ("follower", "follower snapshot")),
    Field("category", ID, ("category",), kept=False),
    Field("engagement_rate", ID, ("engagement rate",), kept=False),
)


def assemble(parsed: Parsed) -> list[list[PostRow] | RowError]:
    """The post of each row; its age counts back from the file's date."""
    column = parsed.column
    parsed.values.setdefault(("platform_id", None), column("account_id"))
    people = who.People(parsed).of(None)
    moments = [
        moment or (who.midnight(person.as_of) - age if age and person and person.as_of else None)
        for moment, age, person in zip(column("published_at"), column("age"), people, strict=True)
    ]
    lists = [[each or () for each in column(name)] for name in ("hashtags", "mentions")]
    rest = zip(
        *(column(name) for name in ("post_id", "post_url")),
        moments,
        *(column(name) for name in ("format", "caption")),
        *lists,
        column("sponsored"),
        *(column(name) for name in _COUNTED),
        strict=True,
    )
    return [
        _post(number, person, values)
        for number, person, values in zip(parsed.rows, people, rest, strict=True)
    ]


def _post(number: int, person: who.Who | None, values: tuple[Any, ...]) -> list[PostRow] | RowError:
    if person is None:
        return RowError("no_identity")
    if not any(values[:3]) and not values[4]:
        return RowError("missing_value", "post_id")
    return [PostRow(number, *person, *values)]


POSTS = Kind(
    name="posts",
    fields=FIELDS,
    assemble=assemble,
    lists=frozenset(("posts", "videos", "media", "medias", "tweets", "reels", "gonderiler")),
    explode=frozenset(("posts", "recentPosts", "recent_posts", "latestPosts")),
    words={"mention": ("mention", "mentions", "bahsetme", "bahsedilen", "usertags")},
)
