"""What a period's posts and snapshots say, and what they don't."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from service.influencers.brands.comparing import deciding, measuring
from service.influencers.brands.comparing.schemas import PostRow

AT = datetime(2026, 1, 5, tzinfo=UTC)
MONTH = AT + timedelta(days=28)
BRAND, FIRST, SECOND = UUID(int=1), UUID(int=2), UUID(int=3)


def post(number: int, **given: Any) -> PostRow:
    values: dict[str, Any] = {
        "account_id": FIRST,
        "brand_id": BRAND,
        "platform": "instagram",
        "url": None,
        "format": "post",
        "published_at": AT + timedelta(hours=number),
        "age_hours": 500.0,
        "caption": None,
        "hashtags": [],
        "sponsored": False,
        "likes": 10,
        "comments": 0,
        "followers": 1_000,
        **given,
    }
    unknown = dict.fromkeys(("shares", "saves", "private", "views", "reach"))
    return PostRow(**{"id": UUID(int=number), **unknown, **values})


def test_rates_stand_by_format_with_their_basis() -> None:
    posts = [
        post(1, likes=10),
        post(2, likes=30),
        post(3, likes=80, format="video"),
        post(4, format="reel", likes=50, views=500),
        post(5, likes=900, age_hours=71.0),
        post(6, likes=None),
        post(7, sponsored=True, likes=20),
        post(8, account_id=SECOND, likes=40),
    ]
    by_account = measuring.rates(posts, "account_id", "median", "public")
    told = [
        (one.format, one.sponsored, one.value, one.n, one.basis, one.statistic) for one in by_account[FIRST]
    ]
    assert told == [
        ("feed", False, 0.03, 3, "followers", "median"),
        ("reel", False, 0.1, 1, "views", "median"),
        ("feed", True, 0.02, 1, "followers", "median"),
    ]
    feed = measuring.rates(posts, "brand_id", "mean", "public")[BRAND][0]
    assert (feed.value or 0) == pytest.approx(0.04)
    assert (feed.n, feed.statistic) == (4, "mean")


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"likes": None}, "hidden_likes"),
        ({"followers": None}, "no_base"),
        ({"age_hours": 3.0}, "no_posts"),
        ({"likes": None, "comments": None}, "no_rate"),
    ],
)
def test_a_rate_that_is_not_known_says_why(given: dict[str, Any], reason: str) -> None:
    (rate,) = measuring.rates([post(1, **given)], "account_id", "median", "public")[FIRST]
    assert (rate.value, rate.n, rate.reason) == (None, 0, reason)


def test_the_first_posts_have_the_most_engagements() -> None:
    posts = [
        post(1, likes=5),
        post(2, likes=None, comments=99),
        post(3, likes=1, comments=3, shares=1),
        post(4),
    ]
    assert [one.engagements for one in measuring.top_posts(posts, 2)] == [10, 5]
    assert [one.published_at.hour for one in measuring.top_posts(posts, 3)] == [4, 3, 1]
    assert measuring.top_posts(posts, 0) == []


def test_hashtags_are_one_however_they_are_written() -> None:
    posts = [
        post(1, hashtags=["İndirim", "indirim", "kahve"]),
        post(2, hashtags=["indirim"], likes=None),
        post(3, hashtags=["İNDİRİM", "moda"], likes=7),
        post(4, hashtags=["Moda"], likes=None),
    ]
    told = [
        (one.hashtag, one.posts, one.measured, one.engagements) for one in measuring.top_hashtags(posts, 9)
    ]
    assert told[0][1:] == (3, 2, 17)
    assert told[1:] == [("Moda", 2, 1, 7), ("kahve", 1, 1, 10)]
    hidden = measuring.top_hashtags([post(1, hashtags=["a"], likes=None)], 5)
    assert [(one.posts, one.measured, one.engagements) for one in hidden] == [(1, 0, None)]


@pytest.mark.parametrize(
    ("posts", "seen_at", "since", "until", "expected"),
    [
        (8, MONTH, AT, MONTH, (2.0, None)),
        (0, MONTH, AT, MONTH, (0.0, None)),
        (4, AT + timedelta(days=14), AT, MONTH, (2.0, None)),
        (2, MONTH + timedelta(days=99), AT, None, (2 / 9, None)),
        (8, MONTH, None, MONTH, (None, "open_period")),
        (0, None, AT, MONTH, (None, "no_posts_known")),
        (0, AT - timedelta(days=1), AT, MONTH, (None, "not_looked_at")),
        (1, AT + timedelta(hours=3), AT, MONTH, (None, "too_short")),
    ],
)
def test_posts_per_week(
    posts: int,
    seen_at: datetime | None,
    since: datetime | None,
    until: datetime | None,
    expected: tuple[float | None, str | None],
) -> None:
    now = AT + timedelta(weeks=9)
    assert deciding.pace(posts, seen_at, since, until, now) == expected
