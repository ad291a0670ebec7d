"""The averages a vendor's list would show for an account, taken from the posts of the same sample."""

from collections.abc import Callable, Iterable
from statistics import fmean
from typing import NamedTuple

from service.demo.records import Account, Post


class Averages(NamedTuple):
    """Means over the posts that show the figure, None where none does; `engagement_rate` is a fraction."""

    views: int | None
    likes: int | None
    comments: int | None
    shares: int | None
    engagement_rate: float | None


def averages(account: Account) -> Averages:
    """Means of the counters and of the engagement rate: by views on TikTok and YouTube, else by followers."""
    followers = account.snapshots[-1].followers
    return Averages(
        views=_mean(account.posts, lambda post: post.views),
        likes=_mean(account.posts, lambda post: post.likes),
        comments=_mean(account.posts, lambda post: post.comments),
        shares=_mean(account.posts, lambda post: post.shares),
        engagement_rate=_rate(account.platform, followers, account.posts),
    )


def _mean(posts: Iterable[Post], figure: Callable[[Post], int | None]) -> int | None:
    shown = [value for post in posts if (value := figure(post)) is not None]
    return round(fmean(shown)) if shown else None


def _rate(platform: str, followers: int, posts: Iterable[Post]) -> float | None:
    by_views = platform in ("tiktok", "youtube")
    rates = [
        (post.likes + post.comments + (post.shares or 0)) / base
        for post in posts
        if post.likes is not None and (by_views or post.format != "reel")
        if (base := post.views if by_views else followers)
    ]
    return round(min(fmean(rates), 1.0), 4) if rates else None
