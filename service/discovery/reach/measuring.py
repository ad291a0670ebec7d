"""From an account's posts to what a post of a kind reaches (pure).

Of the last 12 posts within 90 days that show the figure, older than 72 hours: organic ones, and sponsored
ones only where no organic one shows it.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from uuid import UUID

from msgspec import Struct

from scoring.medians import Median, median
from scoring.posts import LAST
from service.influencers.engagement import PostFigures, basis_format

# Where recommended videos reach people by themselves, so that views above the followers are other people.
RECOMMENDED = frozenset((("tiktok", "feed"), ("youtube", "feed"), ("youtube", "short")))


class Measure(Struct, frozen=True):
    """A median over posts; sponsored: of sponsored ones."""

    median: Median
    sponsored: bool


class Measured(Struct, frozen=True):
    """Of one account and kind of posts. reach, views: over followers, uncapped. outside: people of one post
    above the followers, by reach, else by views where videos are recommended."""

    reach: Measure | None
    views: Measure | None
    outside: Measure | None


Shown = Callable[[PostFigures], float | None]


def measure(posts: Iterable[PostFigures]) -> dict[tuple[UUID, str], Measured]:
    """By account and kind of posts (feed, reel, short, story); undated posts are left out."""

    def kind(row: PostFigures) -> tuple[str, str]:
        return row.account_id.hex, basis_format(row.format)

    dated = [row for row in posts if row.age_hours is not None]
    newest = sorted(dated, key=lambda row: row.age_hours or 0.0)
    return {
        (group[0].account_id, name): _measured(group, name)
        for (_, name), rows in groupby(sorted(newest, key=kind), key=kind)
        for group in [list(rows)]
    }


def _measured(posts: Sequence[PostFigures], kind: str) -> Measured:
    above_reach = _of(posts, lambda row: _above(row.reach, row.followers))
    recommended = kind in ("reel", "short") or (posts[0].platform, kind) in RECOMMENDED
    above_views = _of(posts, lambda row: _above(row.views, row.followers)) if recommended else None
    return Measured(
        reach=_of(posts, lambda row: _over(row.reach, row.followers)),
        views=_of(posts, lambda row: _over(row.views, row.followers)),
        outside=above_reach or above_views,
    )


def _of(posts: Sequence[PostFigures], shown: Shown) -> Measure | None:
    for sponsored in (False, True):
        figures = [shown(row) for row in posts if row.sponsored == sponsored]
        found = median([each for each in figures if each is not None][:LAST])
        if found is not None:
            return Measure(found, sponsored)
    return None


def _over(count: int | None, followers: int | None) -> float | None:
    return count / followers if count is not None and followers else None


def _above(count: int | None, followers: int | None) -> float | None:
    return float(max(0, count - followers)) if count is not None and followers is not None else None
