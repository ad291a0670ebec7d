"""Who stands for an influencer, and what is known of its reach."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from graph.audiences import SizeOnly
from service.discovery.reach.inputs import inputs
from service.discovery.reach.planned import read
from service.discovery.reach.schemas import Asked, Candidate, Inputs
from service.kit import ids
from service.kit.db import Database
from tests.service.discovery.api import influencer, made
from tests.service.discovery.reach.audiences import followers

pytestmark = pytest.mark.anyio
NOW = datetime.now(UTC)


class Desk:
    """A workspace's client, and the inputs of reach as its own helpers get them."""

    def __init__(self, client: httpx.AsyncClient, database: Database) -> None:
        self.client, self.database = client, database

    async def inputs(self, people: Sequence[str], **asked: Any) -> Inputs:
        workspace = ids.read("ws", (await self.client.get("/v1/me")).json()["workspace"]["id"])
        async with self.database.transaction(workspace) as db:
            return await inputs(db, workspace, [ids.read("inf", each) for each in people], Asked(**asked))

    async def one(self, person: str, **asked: Any) -> Candidate:
        [found] = (await self.inputs([person], **asked)).candidates
        return found

    async def posts(self, person: str, figures: Sequence[Mapping[str, Any]]) -> None:
        posts = [
            {
                "platform_id": f"p{at}",
                "published_at": (NOW - timedelta(days=5 + at)).isoformat(),
                "followers": 1000,
            }
            | dict(each)
            for at, each in enumerate(figures)
        ]
        shown = await made(self.client, f"/v1/influencers/{person}/posts", {"posts": posts}, status=200)
        assert shown["created"] == len(posts)


@pytest.fixture
def desk(client: httpx.AsyncClient, database: Database) -> Desk:
    return Desk(client, database)


async def test_own_reach_comes_first(desk: Desk) -> None:
    person = await influencer(desk.client, "Ayşe", followers=1000)
    reached = [{"format": "story", "reach": 100 + 10 * at, "views": 999} for at in range(12)]
    await desk.posts(person, reached)
    found = await desk.one(person, posts=read("story:2"))
    [rate] = found.rates
    assert (rate.basis, rate.n, rate.assumed, rate.posts) == ("reach", 12, False, 2)
    assert (rate.rate, rate.low, rate.high) == (0.155, 0.12, 0.19)
    assert found.presence is not None
    assert found.presence.posts[0].rate.value == 0.155


async def test_views_are_capped_and_the_rest_is_outside(desk: Desk) -> None:
    person = await influencer(desk.client, "Can", followers=1000)
    await desk.posts(person, [{"format": "reel", "views": 1500 + 100 * at} for at in range(6)])
    found = await desk.one(person, posts=read("reel"))
    [rate] = found.rates
    assert (rate.basis, rate.rate, rate.high) == ("views", 1.0, 1.0)
    [outside] = found.outside
    assert (outside.people, outside.low, outside.high, outside.posts) == (750.0, 500.0, 1000.0, 1)


async def test_sponsored_posts_speak_where_no_organic_one_does(desk: Desk) -> None:
    person = await influencer(desk.client, "Deniz", followers=1000)
    await desk.posts(
        person, [{"format": "post", "reach": 300, "sponsored": True}, {"format": "post", "likes": 5}]
    )
    [rate] = (await desk.one(person)).rates
    assert (rate.rate, rate.sponsored, rate.n) == (0.3, True, 1)
    assert rate.low < 0.1 < 0.9 < rate.high


async def test_what_is_assumed_says_so(desk: Desk) -> None:
    person = await influencer(desk.client, "Ece", followers=60_000)
    [rate] = (await desk.one(person)).rates
    assert (rate.basis, rate.assumed, rate.year) == ("built_in", True, 2024)
    rates = [
        {"platform": "instagram", "rate": 0.5},
        {"platform": "instagram", "rate": 0.25, "tier": "mid"},
        {"platform": "instagram", "rate": 0.1, "format": "reel"},
    ]
    assert (await desk.client.patch("/v1/workspace", json={"reach_rates": rates})).status_code == 200
    found = await desk.one(person, posts=read("post,reel"))
    assert [(each.format, each.rate, each.basis) for each in found.rates] == [
        ("post", 0.25, "workspace"),
        ("reel", 0.1, "workspace"),
    ]
    assert found.presence is not None
    assert found.presence.assumed


async def test_no_rate_is_no_presence(desk: Desk) -> None:
    person = await influencer(desk.client, "Fatma", platform="linkedin", followers=900)
    found = await desk.one(person)
    assert (found.presence, found.presence_reason, found.rates) == (None, "no_reach_rate", ())


async def test_fakes_are_taken_off(desk: Desk) -> None:
    person = await influencer(desk.client, "Gül", followers=1000)
    accounts = (await desk.client.get(f"/v1/influencers/{person}")).json()["accounts"]
    path = f"/v1/influencers/{person}/accounts/{accounts[0]['id']}/follower-samples"
    await made(desk.client, path, {"n": 500, "suspicious": 115, "tpr": 0.95, "fpr": 0.05})
    found = await desk.one(person)
    assert found.fakes is not None
    assert (found.fakes.estimate, found.presence and found.presence.fakes) == (0.2, 0.2)


async def test_the_account_with_the_largest_set_stands(desk: Desk) -> None:
    accounts = [
        {"platform": "instagram", "handle": "h", "followers": 900},
        {"platform": "tiktok", "handle": "h", "followers": 500},
        {"platform": "youtube", "handle": "h", "followers": 100},
    ]
    shown = await made(desk.client, "/v1/influencers", {"name": "Hale", "accounts": accounts})
    person = shown["id"]
    listed = (await desk.client.get(f"/v1/influencers/{person}")).json()["accounts"]
    keys = {each["platform"]: ids.read("acc", each["id"]) for each in listed}
    largest = await desk.one(person)
    assert (largest.platform, largest.audience, largest.reason) == (
        "instagram",
        SizeOnly(900),
        "no_audience_set",
    )

    for platform, size in (("tiktok", 3), ("youtube", 5)):
        await followers(desk.client, person, range(size), account_id=ids.show("acc", keys[platform]))
    assert (await desk.one(person)).platform == "youtube"
    assert (await desk.one(person, platforms=frozenset({"instagram", "tiktok"}))).platform == "tiktok"
    explicit = {ids.read("inf", person): keys["instagram"]}
    assert (await desk.one(person, accounts=explicit)).platform == "instagram"


async def test_who_is_left_out(desk: Desk) -> None:
    out = await influencer(desk.client, "Irmak")
    await made(desk.client, f"/v1/influencers/{out}/opt-out", {"reason": "asked"}, status=200)
    elsewhere = await influencer(desk.client, "Jale", platform="x")
    bare = (await made(desk.client, "/v1/influencers", {"name": "Kaan"}))["id"]
    gone = ids.show("inf", ids.new())
    found = await desk.inputs([out, elsewhere, bare, gone], platforms=frozenset({"instagram"}))
    assert found.candidates == []
    assert [each.reason for each in found.left_out] == ["opted_out", "no_account", "no_account", "unknown"]


async def test_planned_posts_cost_what_the_card_says(desk: Desk) -> None:
    rates = [
        {"platform": "instagram", "format": "post", "price": {"amount": 100_00, "currency": "TRY"}},
        {"platform": "instagram", "format": "story", "price": {"amount": 30_00, "currency": "USD"}},
    ]
    person = await influencer(desk.client, "Lale", rates=rates)
    assert (await desk.one(person, posts=read("post:3"))).cost[:2] == (300_00, None)
    assert (await desk.one(person, posts=read("story"))).cost[:2] == (None, "other_currency")
    assert (await desk.one(person, posts=read("reel"))).cost[:2] == (None, "no_rate_card")
