"""Rates from rows alone: formats, the stored rate that stands in, and what nobody knows."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
import pytest

from service.accounts.workspaces.schemas import Tiers
from service.discovery.engagement.measuring import measure
from service.discovery.engagement.schemas import AccountRow, Options
from service.discovery.engagement.standing import stand, tier
from service.influencers.engagement import PostFigures

ID = UUID(int=1)
NOW = datetime(2026, 11, 20, tzinfo=UTC)
ACCOUNT = AccountRow(
    id=ID,
    platform="instagram",
    handle="ece",
    followers=1_000,
    category=None,
    country=None,
    er_value=0.03,
    er_format="feed",
    er_basis="followers",
    er_components="public",
    er_statistic="mean_unknown_n",
    er_n=None,
    er_window_days=None,
    er_origin="averages",
    er_as_of=NOW,
    seen_at=NOW,
)
POST = PostFigures(ID, "instagram", "post", False, 100.0, 40, 10, None, None, None, 500, 400, 1_000)


def rows(account: AccountRow = ACCOUNT, *posts: PostFigures, **options: Any) -> list[tuple[Any, ...]]:
    found = measure([account], posts, Options(**options))
    return [(row.format, row.organic.value, row.organic.origin, row.organic.reason) for row in found]


def changed(thing: Any, **fields: Any) -> Any:
    return msgspec.structs.replace(thing, **fields)


@pytest.mark.parametrize(
    ("account", "posts", "options", "expected"),
    [
        ({}, [], {}, [("feed", 0.03, "averages", None)]),
        ({}, [{}], {}, [("feed", 0.05, "posts", None)]),
        ({}, [{}], {"base": "views"}, [("feed", 0.1, "posts", None)]),
        ({}, [], {"base": "views"}, [("feed", None, "posts", "no_posts")]),
        ({}, [], {"base": "followers"}, [("feed", 0.03, "averages", None)]),
        ({}, [], {"statistic": "mean"}, [("feed", None, "posts", "no_posts")]),
        ({}, [{"likes": None}], {}, [("feed", 0.03, "averages", None)]),
        ({"er_value": None}, [{"likes": None}], {}, [("feed", None, "posts", "hidden_likes")]),
        ({}, [{"format": "reel"}], {}, [("reel", 0.1, "posts", None), ("feed", 0.03, "averages", None)]),
        ({"er_origin": "posts"}, [{"format": "reel"}], {}, [("reel", 0.1, "posts", None)]),
        ({"er_origin": "posts"}, [], {}, [("feed", None, "posts", "no_posts")]),
        ({}, [{"format": "reel"}], {"format": "feed"}, [("feed", 0.03, "averages", None)]),
        ({"er_value": None, "er_format": None}, [], {}, [("feed", None, "posts", "no_posts")]),
        ({}, [{"age_hours": None}], {"base": "reach"}, [("feed", None, "posts", "no_posts")]),
        ({}, [{"sponsored": True}], {}, [("feed", 0.03, "averages", None)]),
    ],
)
def test_which_rate_is_shown(
    account: dict[str, Any], posts: list[dict[str, Any]], options: dict[str, Any], expected: list[Any]
) -> None:
    made = [changed(POST, **fields) for fields in posts]
    assert rows(changed(ACCOUNT, **account), *made, **options) == expected


def test_without_organic_engagement_there_is_no_quotient() -> None:
    silent = [changed(POST, likes=0, comments=0), changed(POST, sponsored=True)]
    [row] = measure([ACCOUNT], silent, Options())
    assert (row.performance.value, row.performance.reason) == (None, "zero_engagement")
    [shown] = stand([row], [], Tiers(), Options(), NOW)
    assert (shown.score.score, shown.score.reason, shown.z) == (None, "zero_engagement", None)
    assert shown.percentiles.peers.reason == "zero_engagement"
    assert b"NaN" not in msgspec.json.encode(shown)


def test_every_account_has_a_row() -> None:
    other = changed(ACCOUNT, id=UUID(int=2), platform="tiktok", er_value=None)
    found = measure([ACCOUNT, other], [POST], Options())
    assert [(row.account.id, row.format) for row in found] == [(ID, "feed"), (other.id, "feed")]


@pytest.mark.parametrize(
    ("followers", "name"),
    [(0, "below"), (999, "below"), (1_000, "nano"), (10_000, "micro"), (10**9, "mega"), (None, None)],
)
def test_tiers(followers: int | None, name: str | None) -> None:
    assert tier(followers, Tiers()) == name
