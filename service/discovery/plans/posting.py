"""Which posts an influencer is planned with (pure)."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from service.discovery.plans.schemas import AskedPosts

# Where a plan says nothing of posts: one of what the platform is mainly made of.
_FILMED = frozenset({"tiktok", "youtube", "twitch"})


def posts_of(lines: Iterable[AskedPosts], influencer_id: UUID, platform: str) -> Mapping[str, int]:
    """Format -> how many: by the influencer's own lines, else the platform's, else those for all.

    {} where lines are given and none is about the influencer. Without any line one post is planned.

    >>> lines = [AskedPosts("reel", 2, None, "instagram"), AskedPosts("post", 1, None, None)]
    >>> posts_of(lines, UUID(int=1), "instagram"), posts_of([], UUID(int=1), "tiktok")
    ({'reel': 2}, {'video': 1})
    """
    every = list(lines)
    if not every:
        return {"video" if platform in _FILMED else "post": 1}
    here = [line for line in every if line.platform in (None, platform)]
    own = [line for line in here if line.influencer_id == influencer_id]
    general = [line for line in here if line.influencer_id is None]
    of_platform = [line for line in general if line.platform is not None]
    return _summed(own or of_platform or general)


def _summed(lines: Iterable[AskedPosts]) -> dict[str, int]:
    posts: dict[str, int] = {}
    for line in lines:
        posts[line.format] = posts.get(line.format, 0) + line.count
    return {form: count for form, count in posts.items() if count}
