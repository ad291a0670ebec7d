"""A post as a row of the table, whoever brought it: by what it is known, and rows of one post made one."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import msgspec

from service.influencers.identity import digest
from service.influencers.posts import caption as captions
from service.kit.text import fold_tr

# So much of a caption tells posts of one moment apart.
_TELLING = 200


class PostValues(msgspec.Struct, frozen=True):
    """The columns of a post that a row brings, in the order in which they are written; None is unknown."""

    account_id: UUID
    post_key: str
    platform_id: str | None
    url: str | None
    format: str
    published_at: datetime | None
    caption: str | None
    hashtags: list[str]
    mentions: list[str]
    sponsored: bool | None
    likes: int | None
    comments: int | None
    shares: int | None
    saves: int | None
    private_interactions: int | None
    views: int | None
    reach: int | None
    impressions: int | None
    followers: int | None
    observed_at: datetime
    source: str


def post_key(
    platform_id: str | None, url: str | None, published_at: datetime | None, caption: str | None
) -> str | None:
    """By what a post is known within its account; None where nothing tells it apart.

    >>> post_key("17", "https://x.com/elci/status/17", None, None)
    'id:17'
    >>> post_key(None, "https://www.instagram.com/p/C1/?igsh=zz", None, None)
    'url:instagram.com/p/C1'
    """
    if platform_id:
        return f"id:{platform_id}"
    if url:
        return f"url:{_address(url)}"
    if published_at is not None:
        return f"at:{digest((published_at, fold_tr(caption or '')[:_TELLING])):x}"
    return None


def _address(url: str) -> str:
    """An address without what varies: scheme, www., query (but YouTube's v) and a last slash."""
    bare = url.split("#", 1)[0].split("://", 1)[-1].removeprefix("www.").removeprefix("m.")
    path, _, query = bare.partition("?")
    video = next((part for part in query.split("&") if part.startswith("v=")), "")
    return path.rstrip("/") + (f"?{video}" if video else "")


def tags(values: Iterable[str] | None, caption: str | None) -> list[str]:
    """Hashtags as given, without #, else as they stand in the caption."""
    if values is None:
        return captions.hashtags(caption)
    return list(dict.fromkeys(stripped for value in values if (stripped := value.strip().lstrip("#＃"))))


def handles(values: Iterable[str] | None, caption: str | None) -> list[str]:
    """Mentions as given, without @, else as they stand in the caption."""
    if values is None:
        return captions.mentions(caption)
    return list(dict.fromkeys(stripped for value in values if (stripped := value.strip().lstrip("@"))))


class Known(msgspec.Struct):
    """All rows of a file that speak of one post: what they say together, and a digest of each."""

    values: PostValues
    digests: list[int]
    places: list[int]


def together(rows: Iterable[tuple[int, PostValues]]) -> list[Known]:
    """Rows by post; a later row completes and corrects an earlier one."""
    found: dict[tuple[UUID, str], Known] = {}
    for place, values in rows:
        key = (values.account_id, values.post_key)
        told = digest(msgspec.structs.astuple(values))
        known = found.get(key)
        if known is None:
            found[key] = Known(values, [told], [place])
        else:
            known.values = _completed(known.values, values)
            known.places.append(place)
            if told not in known.digests:
                known.digests.append(told)
    return list(found.values())


def _completed(before: PostValues, after: PostValues) -> PostValues:
    names = PostValues.__struct_fields__
    said = {name: value for name in names if (value := getattr(after, name)) not in (None, [])}
    return msgspec.structs.replace(before, **said)
