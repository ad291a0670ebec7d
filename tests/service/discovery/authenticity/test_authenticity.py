"""Authenticity through the API: by samples, snapshots, ratios and profiles, and what a purchase costs."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from scoring import fakes
from scoring.authenticity import WEIGHTS, Evidence, score
from scoring.profiles import Profiles
from service.kit.db import Connection
from tests.service.discovery.api import Json, brief, made, scores

START = datetime(2026, 5, 4, tzinfo=UTC)
REAL = {"followers": 800, "following": 300, "posts": 150, "bio_length": 40, "has_picture": True}
FAKE = {"followers": 2, "following": 5000, "posts": 0, "bio_length": 0, "has_picture": False}


async def account(client: httpx.AsyncClient, **figures: object) -> str:
    body = {"platform": "instagram", "handle": "ece", **figures}
    shown = await made(client, "/v1/influencers", {"name": "Ece", "accounts": [body]})
    return f"/v1/influencers/{shown['id']}/accounts/{shown['accounts'][0]['id']}"


async def snapshots(client: httpx.AsyncClient, path: str, followers: list[float]) -> None:
    owner, number = path.split("/accounts/")
    for week, count in enumerate(followers):
        at = (START + timedelta(weeks=week)).isoformat()
        body = {"followers": round(count), "as_of": at, "account_id": number}
        await made(client, f"{owner}/snapshots", body)


async def sample(client: httpx.AsyncClient, path: str, bad: int) -> Json:
    profiles = [FAKE] * bad + [REAL] * (500 - bad)
    return await made(client, f"{path}/follower-samples", {"profiles": profiles})


async def authenticity(
    client: httpx.AsyncClient, brief_id: str, language: str = "en"
) -> tuple[Json, list[str]]:
    page = await scores(client, brief_id, language=language)
    return page["data"][0]["authenticity"], page["data"][0]["sentences"]


async def test_a_purchase_is_seen_and_named(client: httpx.AsyncClient) -> None:
    path, asked = await account(client), await brief(client)
    honest = [20_000 * 1.004**week for week in range(26)]
    await snapshots(client, path, honest)
    await sample(client, path, 25)
    before, _ = await authenticity(client, asked)
    assert before["confidence"] == pytest.approx(WEIGHTS["follower_sample"] + WEIGHTS["growth"])
    await snapshots(client, path, [count * (3 if week >= 20 else 1) for week, count in enumerate(honest)])
    await sample(client, path, 342)
    after, sentences = await authenticity(client, asked)
    assert before["score"] - after["score"] >= 30
    assert sum(term["points"] for term in after["terms"]) == pytest.approx(after["score"], abs=0.01)
    assert "followers jumped by 201% in the week to 2026-09-21" in sentences
    assert any("of a sample of 500 followers look fake" in line for line in sentences)
    assert (
        "takipçiler 21.09.2026 ile biten haftada %201 arttı" in (await authenticity(client, asked, "tr"))[1]
    )


async def test_all_inputs_are_those_that_are_stored(client: httpx.AsyncClient) -> None:
    figures = {"followers": 20_000, "following": 500, "posts_count": 200, "avg_likes": 500, "avg_comments": 9}
    path, asked = await account(client, **figures), await brief(client)
    stored = await sample(client, path, 50)
    found, _ = await authenticity(client, asked)
    own = Profiles.of(1, followers=[20_000], following=[500], posts=[200], digit_ratio=[0])
    terms = {term["name"]: term for term in found["terms"]}
    by_hand = Evidence.of(
        1,
        **{name: [stored[name]] for name in ("n", "flagged", "tpr", "fpr")},
        z=[terms["consistency"]["raw"]],
        fake=fakes.builtin().probability(own),
    )
    assert found["score"] == pytest.approx(score(by_hand).score[0], abs=1e-4)
    assert found["confidence"] == pytest.approx(0.8)


async def test_comments_per_like_against_the_workspaces_accounts(client: httpx.AsyncClient) -> None:
    for at in range(60):
        body = {"platform": "instagram", "handle": f"h{at}", "followers": 5000, "avg_likes": 100}
        body["avg_comments"] = 2 + at / 10
        await made(client, "/v1/influencers", {"name": f"Ad {at}", "accounts": [body]})
    figures = {
        "followers": 20_000,
        "following": 500,
        "posts_count": 200,
        "avg_likes": 500,
        "avg_comments": 0.1,
    }
    await account(client, **figures)
    page = await scores(client, await brief(client), limit=100)
    [row] = [row for row in page["data"] if row["influencer"]["name"] == "Ece"]
    assert "ratio_outside_peers" in row["authenticity"]["flags"]


async def test_the_newest_sample_counts_and_a_deleted_one_does_not(client: httpx.AsyncClient) -> None:
    path, asked = await account(client), await brief(client)
    old = {"as_of": "2026-01-01T00:00:00Z", "n": 500, "suspicious": 400}
    await made(client, f"{path}/follower-samples", old)
    worst = (await authenticity(client, asked))[0]["score"]
    new = await made(client, f"{path}/follower-samples", {"n": 500, "suspicious": 10})
    assert (await authenticity(client, asked))[0]["score"] > worst + 30
    await client.delete(f"{path}/follower-samples/{new['id']}")
    assert (await authenticity(client, asked))[0]["score"] == worst


async def test_nothing_known(client: httpx.AsyncClient) -> None:
    await account(client)
    found, sentences = await authenticity(client, await brief(client))
    assert (found["score"], found["reason"]) == (None, "no_signals")
    assert any("unknown" in line and "authenticity" in line for line in sentences)


async def test_growth_is_kept_up_with_snapshots(client: httpx.AsyncClient, owner: Connection) -> None:
    path = await account(client)
    person = path.split("/accounts/")[0]
    await snapshots(client, path, [1000] * 8)
    assert await owner.fetchval("select count(*) from account_growth") == 0
    await snapshots(client, path, [1000] * 10)
    assert await owner.fetchval("select weeks from account_growth") == 9
    await snapshots(client, path, [1000] * 12 + [4000])
    [row] = await owner.fetch("select usual, weeks, jump from account_growth")
    assert row["usual"] < 1
    assert (row["weeks"], row["jump"]) == (12, pytest.approx(3.0, abs=0.01))
    assert (await client.post(f"{person}/erase")).is_success
    assert await owner.fetchval("select count(*) from account_growth") == 0
