"""Engagement through the API: rates recomputed by hand, what is left out, peers, percentiles, bounds."""

from datetime import UTC, datetime, timedelta
from math import erf, exp, log, sqrt
from statistics import mean, median
from typing import Any

import httpx
import numpy as np
import pytest

from scoring import builtin
from tests.service.discovery.api import Json, influencer, made

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def at(days: float) -> str:
    return (NOW - timedelta(days=days)).isoformat()


def post(number: int, days: float, **fields: Any) -> Json:
    shown = {"platform_id": str(number), "published_at": at(days), "observed_at": at(0), "comments": 0}
    return shown | fields


async def send(client: httpx.AsyncClient, who: str, *posts: Json) -> None:
    answer = await made(client, f"/v1/influencers/{who}/posts", {"posts": list(posts)}, status=200)
    assert answer["rejected"] == 0, answer


async def engagement(client: httpx.AsyncClient, who: str, **asked: Any) -> Json:
    answer = await client.get(f"/v1/influencers/{who}/engagement", params=asked)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def one(client: httpx.AsyncClient, who: str, **asked: Any) -> Json:
    [row] = (await engagement(client, who, **asked))["data"]
    found: Json = row
    return found


async def test_organic_and_sponsored_apart_with_all_that_is_left_out(client: httpx.AsyncClient) -> None:
    who = await influencer(client, "Ece", followers=1_000)
    likes = [10, 20, 60, 30, 40, 50, 20, 10, 30, 20, 10, 40]
    await send(
        client,
        who,
        *(post(number, 10 + number, likes=count) for number, count in enumerate(likes)),
        post(50, 40, likes=900),
        post(51, 1, likes=900),
        post(52, 120, likes=900),
        post(53, 9, comments=5),
        post(60, 12.5, likes=15, sponsored=True),
        post(61, 13.5, likes=5, sponsored=True),
        post(62, 2, likes=500, sponsored=True),
    )
    row = await one(client, who)
    used = likes[:11]
    organic = row["organic"]
    assert organic["value"] == pytest.approx(median(used) / 1_000)
    assert (organic["base"], organic["components"], organic["statistic"]) == ("followers", "public", "median")
    assert (organic["n"], organic["window_days"], organic["origin"]) == (11, 90, "posts")
    assert organic["as_of"] == "2026-11-20T00:00:00Z"
    out = {why: count for why, count in organic["left_out"].items() if count}
    assert out == {"young": 1, "not_among_last": 2, "hidden_likes": 1}
    assert row["sponsored"]["value"] == pytest.approx(0.01)
    assert (row["sponsored"]["n"], row["sponsored"]["left_out"]["young"]) == (2, 1)
    assert row["sponsored_performance"]["value"] == pytest.approx(0.01 / organic["value"])
    assert (row["compared"], row["format"], row["platform"]) == ("organic", "feed", "instagram")


async def test_statistic_last_and_window_are_what_is_asked_for(client: httpx.AsyncClient) -> None:
    who = await influencer(client, "Ece", followers=1_000)
    likes = [10, 20, 60, 35, 200]
    await send(client, who, *(post(n, 10 + 20 * n, likes=count) for n, count in enumerate(likes)))
    assert (await one(client, who, statistic="mean"))["organic"]["value"] == pytest.approx(
        mean(likes[:5]) / 1e3
    )
    assert (await one(client, who, last=3))["organic"]["value"] == pytest.approx(0.02)
    short = (await one(client, who, window_days=35))["organic"]
    assert (short["value"], short["n"], short["window_days"]) == (pytest.approx(0.015), 2, 35)
    assert (await one(client, who, window_days=7))["organic"]["reason"] == "no_posts"


async def test_bases_and_components(client: httpx.AsyncClient) -> None:
    who = await influencer(client, "Ece", followers=1_000)
    figures = {"likes": 40, "comments": 5, "saves": 10, "private_interactions": 5, "reach": 500, "views": 800}
    await send(client, who, post(1, 10, **figures), post(2, 11, **figures))
    assert (await one(client, who))["organic"]["value"] == pytest.approx(0.045)
    assert (await one(client, who, components="full"))["organic"]["value"] == pytest.approx(0.06)
    assert (await one(client, who, base="reach"))["organic"]["value"] == pytest.approx(0.09)
    full = (await one(client, who, base="views", components="full"))["organic"]
    assert (full["value"], full["base"], full["components"]) == (pytest.approx(0.075), "views", "full")
    await send(client, who, post(3, 12, likes=40, comments=5))
    missing = (await one(client, who, components="full", last=1, window_days=90))["organic"]
    assert missing["n"] == 1
    assert (await one(client, who, components="full"))["organic"]["left_out"]["missing_components"] == 1


async def test_reels_and_stories_stand_apart(client: httpx.AsyncClient) -> None:
    who = await influencer(client, "Ece", followers=1_000)
    await send(
        client,
        who,
        post(1, 10, likes=40),
        post(2, 11, likes=90, comments=10, views=2_000, format="reel"),
        {**post(3, 12, format="story", reach=400, private_interactions=6, shares=2), "comments": 4},
    )
    rows = {row["format"]: row for row in (await engagement(client, who))["data"]}
    assert set(rows) == {"feed", "reel", "story"}
    assert (rows["reel"]["organic"]["value"], rows["reel"]["organic"]["base"]) == (0.05, "views")
    story = rows["story"]["organic"]
    assert (story["value"], story["base"], story["components"]) == (0.03, "reach", "full")
    assert rows["story"]["score"]["reason"] == "no_peers"
    assert rows["story"]["peers"] is None
    assert [row["format"] for row in (await engagement(client, who, format="reel"))["data"]] == ["reel"]
    assert (await one(client, who, format="short"))["organic"]["reason"] == "no_posts"


async def test_followers_are_those_of_the_nearest_snapshot(client: httpx.AsyncClient) -> None:
    account = {"platform": "instagram", "handle": "ece", "followers": 1_000, "observed_at": at(80)}
    who = (await made(client, "/v1/influencers", {"name": "Ece", "accounts": [account]}))["id"]
    await made(client, f"/v1/influencers/{who}/snapshots", {"followers": 2_000, "as_of": at(10)})
    await send(client, who, post(1, 70, likes=100), post(2, 12, likes=100))
    assert (await one(client, who, statistic="mean"))["organic"]["value"] == pytest.approx((0.1 + 0.05) / 2)


async def test_a_vendors_average_stands_in_where_nothing_else_is_asked_for(client: httpx.AsyncClient) -> None:
    who = await influencer(client, "Ece", followers=10_000, er=0.031)
    row = await one(client, who)
    organic = row["organic"]
    assert (organic["value"], organic["n"], organic["statistic"]) == (0.031, None, "mean_unknown_n")
    assert (organic["origin"], organic["window_days"], organic["reason"]) == ("given", None, None)
    assert row["score"]["confidence"] == pytest.approx(12 / 17, abs=1e-5)
    assert row["sponsored_performance"] == {"value": None, "reason": "no_posts"}
    for asked in ({"statistic": "median"}, {"base": "views"}, {"components": "full"}, {"format": "reel"}):
        assert (await one(client, who, **asked))["organic"]["reason"] == "no_posts"
    nobody = await one(client, await influencer(client, "Nobody", followers=None))
    assert (nobody["organic"]["value"], nobody["score"]["reason"]) == (None, "no_posts")


async def test_z_and_score_are_those_of_the_formula(client: httpx.AsyncClient) -> None:
    who = await influencer(client, "Ece", followers=50_000, er=0.031, n=7)
    row = await one(client, who)
    [group] = [
        each for each in builtin.peers().groups if each.basis[:3] == ("instagram", "feed", "followers")
    ]
    mu = float(np.interp(log(50_000), group.x, group.mu))
    z = 7 / 12 * (log(0.031) - mu) / group.sigma
    assert row["z"] == pytest.approx(z, abs=1e-5)
    assert row["score"]["score"] == pytest.approx(50 * (1 + erf(z / sqrt(2))), abs=1e-4)
    assert sum(term["points"] for term in row["score"]["terms"]) == pytest.approx(row["score"]["score"])
    peers = row["peers"]
    assert (peers["source"], peers["n"]) == (group.source, group.n)
    assert (peers["mu"], peers["sigma"]) == (
        pytest.approx(mu, abs=1e-5),
        pytest.approx(group.sigma, abs=1e-5),
    )
    assert peers["typical_rate"] == pytest.approx(exp(mu), abs=1e-5)
    measured = (log(0.031) - mu) / group.sigma
    share = row["percentiles"]["peers"]["value"]
    assert share == pytest.approx(50 * (1 + erf(measured / sqrt(2))), abs=1e-3)


@pytest.fixture
async def catalogue(client: httpx.AsyncClient) -> list[tuple[str, float, int, str, str]]:
    """Sixty accounts: id, rate, followers, category and country."""
    generator = np.random.default_rng(7)
    found = []
    for number in range(60):
        rate = round(float(np.exp(generator.normal(-3.5, 0.6))), 6)
        followers = int(generator.integers(2_000, 900_000))
        category, country = ("Güzellik", "Spor")[number % 2], ("TR", "DE")[number % 5 == 0]
        who = await influencer(
            client,
            f"Peer {number}",
            followers=followers,
            er=rate,
            categories=[category],
            country=country,
        )
        found.append((who, rate, followers, category, country))
    return found


async def test_percentiles_by_counting(
    client: httpx.AsyncClient, catalogue: list[tuple[str, float, int, str, str]]
) -> None:
    who, rate, _, category, country = catalogue[7]
    row = await one(client, who)
    assert (row["peers"]["source"], row["peers"]["n"]) == ("catalogue", 60)
    shown = row["percentiles"]
    groups = {
        "platform": ("instagram", [each[1] for each in catalogue[:7] + catalogue[8:]]),
        "category": ("spor", [each[1] for each in catalogue if each[3] == category and each[0] != who]),
        "country": ("TR", [each[1] for each in catalogue if each[4] == country and each[0] != who]),
    }
    for name, (group, others) in groups.items():
        below, level = sum(other < rate for other in others), sum(other == rate for other in others)
        expected = 100 * (below + (level + 1) / 2) / (len(others) + 1)
        assert (shown[name]["group"], shown[name]["n"]) == (group, len(others))
        assert shown[name]["value"] == pytest.approx(expected, abs=1e-5), name
    bounds = {"mega": 1_000_000, "macro": 500_000, "mid": 50_000, "micro": 10_000, "nano": 1_000}
    tiers = [next(name for name, least in bounds.items() if each[2] >= least) for each in catalogue]
    assert shown["tier"]["group"] == tiers[7]
    assert shown["tier"]["n"] == tiers.count(tiers[7]) - 1
    assert (shown["tier"]["value"] is None) == (shown["tier"]["n"] < 20)
    assert 0 < shown["peers"]["value"] < 100
    assert shown["peers"]["n"] == 60


async def test_tiers_are_the_workspaces(
    client: httpx.AsyncClient, catalogue: list[tuple[str, float, int, str, str]]
) -> None:
    answer = await client.patch(
        "/v1/workspace", json={"tiers": {"nano": 1, "micro": 2, "mid": 3, "macro": 4, "mega": 10_000_000}}
    )
    assert answer.status_code == 200, answer.text
    tier = (await one(client, catalogue[0][0]))["percentiles"]["tier"]
    assert (tier["group"], tier["n"]) == ("macro", 59)


async def test_null_percentiles_say_why(
    client: httpx.AsyncClient, catalogue: list[tuple[str, float, int, str, str]]
) -> None:
    alone = await influencer(client, "Alone", followers=None, er=0.02)
    shown = (await one(client, alone))["percentiles"]
    assert shown["peers"]["reason"] == "no_followers"
    assert {name: shown[name]["reason"] for name in ("tier", "category", "country")} == dict.fromkeys(
        ("tier", "category", "country"), "no_group"
    )
    assert shown["platform"]["n"] == 60
    rare = await influencer(client, "Rare", er=0.02, categories=["Satranç"], country="IS")
    shown = (await one(client, rare))["percentiles"]
    assert (shown["category"]["reason"], shown["category"]["n"]) == ("too_few_peers", 0)
    assert shown["country"]["reason"] == "too_few_peers"
    silent = await influencer(client, "Silent", categories=["Spor"])
    shown = (await one(client, silent))["percentiles"]
    assert (shown["platform"]["reason"], shown["peers"]["reason"]) == ("no_posts", "no_posts")
    other = await influencer(client, "Other", platform="pinterest", er=0.02)
    assert (await one(client, other))["percentiles"]["platform"]["reason"] == "too_few_peers"


async def test_who_opted_out_is_no_ones_peer(
    client: httpx.AsyncClient, catalogue: list[tuple[str, float, int, str, str]]
) -> None:
    await made(client, f"/v1/influencers/{catalogue[1][0]}/opt-out", {"reason": "asked"}, status=200)
    assert (await one(client, catalogue[0][0]))["percentiles"]["platform"]["n"] == 58


async def test_all_equal_peers_give_null(client: httpx.AsyncClient) -> None:
    for number in range(51):
        who = await influencer(client, f"Same {number}", followers=5_000 + number, er=0.02)
    row = await one(client, who)
    assert (row["score"]["score"], row["score"]["reason"]) == (None, "peers_all_equal")
    assert row["z"] is None
    assert row["percentiles"]["platform"] == {
        "group": "instagram",
        "value": None,
        "n": 50,
        "reason": "peers_all_equal",
    }


async def test_the_sponsored_rate_against_peers(client: httpx.AsyncClient) -> None:
    who = await influencer(client, "Ece", followers=10_000)
    await send(
        client,
        who,
        *(post(number, 10 + number, likes=300) for number in range(6)),
        *(post(20 + number, 10 + number, likes=900, sponsored=True) for number in range(6)),
    )
    organic, paid = await one(client, who), await one(client, who, sponsored=True)
    assert (organic["compared"], paid["compared"]) == ("organic", "sponsored")
    assert paid["score"]["score"] > organic["score"]["score"]
    assert paid["score"]["terms"][1]["raw"] == pytest.approx(0.09)
    assert paid["organic"] == organic["organic"]
    window = await one(client, who, window_days=30)
    assert window["score"]["terms"][1]["basis"]["window_days"] == 30


async def test_accounts_and_platforms(client: httpx.AsyncClient) -> None:
    accounts = [
        {"platform": "instagram", "handle": "ece", "followers": 1_000},
        {"platform": "tiktok", "handle": "ece", "followers": 9_000},
    ]
    shown = await made(client, "/v1/influencers", {"name": "Ece", "accounts": accounts})
    rows = (await engagement(client, shown["id"]))["data"]
    assert [row["platform"] for row in rows] == ["tiktok", "instagram"]
    assert (await one(client, shown["id"], platform="instagram"))["platform"] == "instagram"
    account = rows[1]["account_id"]
    assert (await one(client, shown["id"], account_id=account))["account_id"] == account
    assert (await engagement(client, shown["id"], platform="x"))["data"] == []
    other = await made(
        client, "/v1/influencers", {"name": "Bora", "accounts": [accounts[0] | {"handle": "bora"}]}
    )
    path = f"/v1/influencers/{other['id']}/engagement"
    answer = await client.get(path, params={"account_id": account})
    assert (answer.status_code, answer.json()["title"]) == (404, "Account not found")


@pytest.mark.parametrize(
    "asked",
    [
        {"last": 0},
        {"last": 101},
        {"last": "x"},
        {"window_days": 6},
        {"window_days": 731},
        {"platform": "myspace"},
        {"format": "carousel"},
        {"base": "likes"},
        {"components": "some"},
        {"statistic": "mode"},
        {"sponsored": "maybe"},
        {"account_id": "a" * 41},
    ],
)
async def test_bad_questions_are_400(client: httpx.AsyncClient, asked: dict[str, Any]) -> None:
    who = await influencer(client, "Ece")
    assert (await client.get(f"/v1/influencers/{who}/engagement", params=asked)).status_code == 400


async def test_others_and_unknown_are_404(client: httpx.AsyncClient, other_client: httpx.AsyncClient) -> None:
    who = await influencer(client, "Ece", er=0.03)
    for reader, path in (
        (other_client, f"/v1/influencers/{who}/engagement"),
        (client, "/v1/influencers/inf_00000000000000000000000000/engagement"),
        (client, "/v1/influencers/nonsense/engagement"),
        (client, f"/v1/influencers/{who}/engagement?account_id=nonsense"),
    ):
        assert (await reader.get(path)).status_code == 404, path
