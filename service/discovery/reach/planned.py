"""Which posts an account is planned to publish (pure)."""

import re
from collections.abc import Sequence
from uuid import UUID

from service.discovery.reach.schemas import MOST_POSTS, Planned, PlannedPosts
from service.kit import ids
from service.kit.problems import InvalidInput, NotFound

# What an influencer publishes where nobody says what: the feed's own word on each platform.
USUAL = {"tiktok": "video", "youtube": "video", "twitch": "live"}
# Formats that other platforms don't have.
ONLY_ON = {"reel": {"instagram", "facebook", "other"}, "short": {"youtube", "other"}}
MOST_ENTRIES = 50
_ENTRY = re.compile(
    r"(?:(?P<platform>[a-z]{1,20})/)?(?P<format>[a-z][a-z0-9_]{0,39})(?::(?P<count>\d{1,3}))?"
    r"(?:@(?P<influencer>inf_[0-9a-z]{1,30}))?"
)
_PLATFORMS = frozenset(
    ("instagram", "tiktok", "youtube", "x", "facebook", "linkedin", "pinterest", "twitch", "other")
)


def read(text: str | None) -> tuple[Planned, ...]:
    """`reel:2,story:3`; a platform stands before (`tiktok/video:2`), an influencer behind (`reel:2@inf_...`).

    Raises InvalidInput with every part that can't be read.

    >>> [(each.platform, each.format, each.count) for each in read("reel:2,tiktok/video")]
    [(None, 'reel', 2), ('tiktok', 'video', 1)]
    """
    parts = [part.strip() for part in (text or "").split(",") if part.strip()]
    read_ones = [_entry(part) for part in parts[:MOST_ENTRIES]]
    errors = [
        {"path": f"posts[{at}]", "message": one} for at, one in enumerate(read_ones) if isinstance(one, str)
    ]
    if len(parts) > MOST_ENTRIES:
        errors.append({"path": "posts", "message": f"holds more than {MOST_ENTRIES} parts"})
    if errors:
        raise InvalidInput("planned posts can't be read", errors=errors)
    return tuple(one for one in read_ones if not isinstance(one, str))


def _entry(part: str) -> Planned | str:
    found = _ENTRY.fullmatch(part)
    if found is None:
        return "is not of the form [platform/]format[:count][@influencer]"
    if found["platform"] not in (None, *_PLATFORMS):
        return f"{found['platform']!r} is no platform"
    count = int(found["count"] or 1)
    if not 1 <= count <= MOST_POSTS:
        return f"the count must be 1 to {MOST_POSTS}"
    try:
        influencer = ids.read("inf", found["influencer"]) if found["influencer"] else None
    except NotFound:
        return f"{found['influencer']!r} is no id of an influencer"
    return Planned(found["format"], count, found["platform"], influencer)


def of_body(posts: Sequence[PlannedPosts]) -> tuple[Planned, ...]:
    """The same from a body. Raises InvalidInput for ids that are none."""
    made, errors = [], []
    for at, each in enumerate(posts):
        try:
            influencer = ids.read("inf", each.influencer_id) if each.influencer_id is not None else None
        except NotFound:
            errors.append({"path": f"posts[{at}].influencer_id", "message": "is no id of an influencer"})
            continue
        made.append(Planned(each.format, each.count, each.platform, influencer))
    if errors:
        raise InvalidInput("planned posts can't be read", errors=errors)
    return tuple(made)


def of_account(planned: Sequence[Planned], influencer_id: UUID, platform: str) -> tuple[tuple[str, int], ...]:
    """Formats and counts for one account, () where nothing of the plan is for it.

    >>> of_account(read("reel:2,reel,story"), UUID(int=1), "instagram")
    (('reel', 3), ('story', 1))
    >>> of_account(read("reel:2"), UUID(int=1), "tiktok"), of_account((), UUID(int=1), "tiktok")
    ((), (('video', 1),))
    """
    if not planned:
        return ((USUAL.get(platform, "post"), 1),)
    own = [each for each in planned if each.influencer_id == influencer_id]
    general = [each for each in planned if each.influencer_id is None]
    counts: dict[str, int] = {}
    for each in own or general:
        if each.platform in (None, platform) and platform in ONLY_ON.get(each.format, {platform}):
            counts[each.format] = counts.get(each.format, 0) + each.count
    return tuple(counts.items())
