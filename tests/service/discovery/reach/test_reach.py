"""The reach of a list over HTTP."""

import random
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from pyroaring import BitMap

from graph.contacts import Posts, Presence, ReachRate
from graph.reach import reach as reach_of
from service.kit import ids
from tests.service.discovery.api import Json, brief, influencer, made
from tests.service.discovery.reach.audiences import asked, followers, listed
from tests.service.discovery.shortlists.lists import put_on, shortlist

pytestmark = pytest.mark.anyio
NOW = datetime.now(UTC)


async def rate(client: httpx.AsyncClient, value: float) -> None:
    """The workspace's rate of all posts on Instagram and TikTok."""
    rates = [{"platform": platform, "rate": value} for platform in ("instagram", "tiktok")]
    assert (await client.patch("/v1/workspace", json={"reach_rates": rates})).status_code == 200


async def story_reach(client: httpx.AsyncClient, person: str, counts: list[int], of: int) -> None:
    posts = [
        {
            "platform_id": f"s{at}",
            "format": "story",
            "published_at": (NOW - timedelta(days=5 + at)).isoformat(),
            "reach": count,
            "followers": of,
        }
        for at, count in enumerate(counts)
    ]
    await made(client, f"/v1/influencers/{person}/posts", {"posts": posts}, status=200)


def codes(found: Json) -> set[str]:
    return {each["code"] for each in found["notes"]}


async def test_followers_and_reach_are_two_figures(client: httpx.AsyncClient) -> None:
    await rate(client, 0.5)
    list_id, people = await listed(client, {"Ada": range(0, 60), "Berk": range(40, 100)})
    found = await asked(client, f"/v1/shortlists/{list_id}/reach")
    # 40 people follow each alone and are reached with .5, 20 follow both: .75.
    assert found["unique_followers"]["value"] == 100
    reached = found["unique_reach"]
    assert (reached["value"], reached["assumed"], reached["exact"]) == (55, True, False)
    assert reached["low"] < 55 < reached["high"] <= 100
    assert found["impressions"]["value"] == 60
    assert found["frequency"]["average"] == round(60 / 55, 6)
    assert [each["people"] for each in found["frequency"]["reached"]] == [55, 5, 0]
    ada, berk = found["influencers"]
    assert (ada["influencer_id"], ada["alone"]["value"], berk["alone"]["value"]) == (people["Ada"], 30, 30)
    assert (ada["marginal"], berk["marginal"]) == (30, 25)
    assert ada["exclusive"] == berk["exclusive"] == 25
    assert ada["unique_share"] == round(25 / 30, 6)
    assert found["unique_reach_of_all"] is None
    assert {"rates_assumed", "posts_assumed", "prices_missing"} <= codes(found)
    assert [each["basis"] for each in ada["rates"]] == ["workspace"]


async def test_posts_formats_and_fakes_make_the_reach(client: httpx.AsyncClient) -> None:
    list_id, people = await listed(client, {"Ada": range(0, 100), "Berk": range(50, 150)})
    await story_reach(client, people["Ada"], [10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32], 100)
    await story_reach(client, people["Berk"], [40] * 6, 100)
    accounts = (await client.get(f"/v1/influencers/{people['Berk']}")).json()["accounts"]
    sample = {"n": 400, "suspicious": 100, "tpr": 1, "fpr": 0}
    path = f"/v1/influencers/{people['Berk']}/accounts/{accounts[0]['id']}/follower-samples"
    await made(client, path, sample)
    found = await asked(client, f"/v1/shortlists/{list_id}/reach", posts=f"story:2,story:3@{people['Berk']}")
    presences = [
        Presence((Posts(ReachRate(0.21, 0.14, 0.28), 2),)),
        Presence((Posts(ReachRate(0.4, 0.4, 0.4), 3),), fakes=0.25),
    ]
    truth = reach_of([BitMap(range(0, 100)), BitMap(range(50, 150))], presences)
    for name in ("value", "low", "high"):
        assert found["unique_reach"][name] == pytest.approx(getattr(truth.unique_reach, name), abs=1e-5)
    assert found["impressions"]["value"] == pytest.approx(100 * 0.42 + 75 * 1.2)
    assert not found["unique_reach"]["assumed"]
    berk = found["influencers"][1]
    assert (berk["fakes"]["estimate"], berk["rates"][0]["posts"], berk["rates"][0]["n"]) == (0.25, 3, 6)
    assert [each["influencer_ids"] for each in found["notes"] if each["code"] == "fakes_unknown"] == [
        [people["Ada"]]
    ]


async def test_samples_by_hash_are_near_what_everybody_says(client: httpx.AsyncClient) -> None:
    await rate(client, 0.5)
    sets = {"Ada": range(0, 4000), "Berk": range(2000, 6000), "Cem": range(5000, 8000)}
    list_id, people = await listed(client, sets)
    path = f"/v1/shortlists/{list_id}/reach"
    exact = (await asked(client, path))["unique_reach"]
    for name in ("Ada", "Cem"):
        await followers(client, people[name], sets[name], keep=1500)
    found = await asked(client, path)
    reached = found["unique_reach"]
    assert reached["basis"] == "reach_rates+hash_samples"
    assert reached["value"] == pytest.approx(exact["value"], rel=0.1)
    assert reached["value"] != exact["value"]
    assert reached["low"] < exact["value"] < reached["high"]
    assert "sets_sampled" in codes(found)


async def test_who_is_not_in_the_figure_is_named_and_bounded(client: httpx.AsyncClient) -> None:
    await rate(client, 0.5)
    list_id, people = await listed(client, {"Ada": range(0, 60)})
    sampled = await influencer(client, "Berk", followers=1000)
    await followers(client, sampled, range(100), basis="uniform_sample", size=1000)
    sized = await influencer(client, "Cem", followers=200)
    silent = await influencer(client, "Deniz", platform="x", followers=900)
    await put_on(client, list_id, [sampled])
    await put_on(client, list_id, [sized])
    path = f"/v1/shortlists/{list_id}/reach"
    found = await asked(client, path)
    reasons = {each["influencer_id"]: each["reason"] for each in found["influencers"]}
    assert reasons == {people["Ada"]: None, sampled: "uniform_sample", sized: "no_audience_set"}
    assert [each["in_figure"] for each in found["influencers"]] == [True, False, False]
    assert (found["unique_followers"]["value"], found["unique_reach"]["value"]) == (60, 30)
    every = found["unique_reach_of_all"]
    assert every["value"] is None
    assert every["low"] < 500 < 630 < every["high"]
    assert found["impressions_of_all"]["value"] == 30 + 500 + 100
    # Nobody knows what a post on X reaches: nothing bounds it from above.
    await put_on(client, list_id, [silent])
    found = await asked(client, path)
    assert found["influencers"][3]["reason"] == "no_audience_set"
    assert (found["unique_reach_of_all"]["high"], found["across_platforms"]) == (None, "unknown")


async def test_one_influencer_alone_needs_no_set(client: httpx.AsyncClient) -> None:
    await rate(client, 0.5)
    list_id = await shortlist(client, [await influencer(client, "Ada", followers=800)])
    found = await asked(client, f"/v1/shortlists/{list_id}/reach")
    assert found["unique_reach"]["reason"] == "nobody_in_figure"
    assert found["unique_reach_of_all"]["value"] == 400
    assert found["cost"]["cost_per_1000_unique"]["reason"] == "nobody_in_figure"


async def test_platforms_that_are_not_linked_stay_apart(client: httpx.AsyncClient) -> None:
    await rate(client, 0.5)
    ada = await influencer(client, "Ada")
    berk = await influencer(client, "Berk", platform="tiktok")
    await followers(client, ada, range(60))
    await followers(client, berk, range(40))
    list_id = await shortlist(client, [ada, berk])
    found = await asked(client, f"/v1/shortlists/{list_id}/reach")
    parts = [each["unique_reach"] for each in found["platforms"]]
    assert sorted(each["value"] for each in parts) == [20, 30]
    whole = found["unique_reach"]
    assert (whole["value"], whole["reason"]) == (None, "platforms_not_linked")
    assert whole["low"] == max(each["low"] for each in parts)
    assert whole["high"] == pytest.approx(sum(each["high"] for each in parts))
    assert (found["frequency"], found["impressions"]["value"]) == (None, 50)
    assert "platforms_not_linked" in codes(found)
    # One link makes no census of who is on both: the answer says what it stands on.
    link = {"a": {"platform": "instagram", "id": "0"}, "b": {"platform": "tiktok", "id": "0"}}
    await made(client, "/v1/followers/links", {"links": [link]}, status=200)
    found = await asked(client, f"/v1/shortlists/{list_id}/reach")
    assert (found["across_platforms"], found["unique_followers"]["value"]) == ("linked", 99)
    unique, reached = found["unique_followers"], found["unique_reach"]
    assert (unique["low"], unique["high"], unique["exact"]) == (60, 99, False)
    assert reached["low"] == max(each["low"] for each in parts)
    assert reached["value"] == 49.75
    assert codes(found) & {"platforms_linked", "platforms_not_linked"} == {"platforms_linked"}


async def test_people_outside_the_followers_are_a_term_of_their_own(client: httpx.AsyncClient) -> None:
    list_id, people = await listed(client, {"Ada": range(100)})
    views = [300, 320, 340, 360, 380, 400]
    posts = [
        {
            "platform_id": f"r{at}",
            "format": "reel",
            "published_at": (NOW - timedelta(days=5 + at)).isoformat(),
            "views": count,
            "followers": 100,
        }
        for at, count in enumerate(views)
    ]
    await made(client, f"/v1/influencers/{people['Ada']}/posts", {"posts": posts}, status=200)
    path = f"/v1/shortlists/{list_id}/reach"
    found = await asked(client, path, posts="reel:2")
    assert found["unique_reach"]["value"] == 100
    outside = found["outside"]
    assert (outside["value"], outside["reason"]) == (None, "overlap_unknown")
    assert (outside["low"], outside["high"]) == (200, 600)
    assert "rates_of_views" in codes(found)
    told = await asked(client, path, posts="reel:2", population=10_000)
    assert told["outside"]["value"] == pytest.approx(10_000 * (1 - (1 - 0.025) ** 2))
    assert (await asked(client, path))["outside"]["reason"] == "outside_unknown"


async def test_what_it_costs_to_reach_1000_people_once(client: httpx.AsyncClient) -> None:
    await rate(client, 0.5)
    list_id, people = await listed(client, {"Ada": range(0, 60), "Berk": range(40, 100)})
    price = {"platform": "instagram", "format": "post", "price": {"amount": 110_00, "currency": "TRY"}}
    path = f"/v1/shortlists/{list_id}/reach"
    await made(client, f"/v1/influencers/{people['Ada']}/rates", price)
    found = (await asked(client, path))["cost"]
    assert (found["total"], found["without_price"]) == (
        {"amount": 110_00, "currency": "TRY"},
        [people["Berk"]],
    )
    assert found["cost_per_1000_unique"]["reason"] == "without_price"
    await made(client, f"/v1/influencers/{people['Berk']}/rates", price)
    answer = await asked(client, path)
    per_1000 = answer["cost"]["cost_per_1000_unique"]
    assert per_1000["value"] == 220_00 * 1000 // 55
    assert per_1000["low"] == round(220_00 * 1000 / answer["unique_reach"]["high"])
    assert per_1000["high"] == round(220_00 * 1000 / answer["unique_reach"]["low"])


async def test_prices_beyond_all_counting_are_not_counted(client: httpx.AsyncClient) -> None:
    await rate(client, 0.5)
    list_id, people = await listed(client, {"Ada": range(60), "Berk": range(60)})
    for name, amount in (("Ada", 2**63 - 1), ("Berk", 2**52)):
        price = {"platform": "instagram", "format": "post", "price": {"amount": amount, "currency": "TRY"}}
        await made(client, f"/v1/influencers/{people[name]}/rates", price)
    found = await asked(client, f"/v1/shortlists/{list_id}/reach", posts="post")
    assert (found["cost"]["total"]["amount"], found["cost"]["without_price"]) == (2**52, [people["Ada"]])
    assert [each["cost_reason"] for each in found["influencers"]] == ["cost_too_large", None]


async def test_a_target_counts_the_share_of_each_audience(client: httpx.AsyncClient) -> None:
    await rate(client, 1.0)
    women = {"gender": {"female": 0.75, "male": 0.25}, "country": {"TR": 0.8}}
    ada = await influencer(client, "Ada", audience=women)
    berk = await influencer(client, "Berk")
    await followers(client, ada, range(0, 60))
    await followers(client, berk, range(100, 150))
    list_id = await shortlist(client, [ada, berk])
    path = f"/v1/shortlists/{list_id}/reach"
    found = await asked(client, path, target="gender:female,country:TR")
    assert found["unique_reach"]["value"] == 110
    assert found["target_reach"]["value"] == pytest.approx(60 * 0.6)
    notes = {each["code"]: each["influencer_ids"] for each in found["notes"]}
    assert (notes["target_unknown"], notes["target_independent"]) == ([berk], [])
    shares = {each["influencer_id"]: each["target_share"] for each in found["influencers"]}
    assert shares == {ada: pytest.approx(0.6), berk: None}
    wanted = await brief(client, audience={"gender": {"female": 0.5}})
    of_brief = await asked(client, path, brief_id=wanted)
    assert of_brief["target_reach"]["value"] == pytest.approx(45)
    bare = await brief(client)
    wrong = [
        {"target": "shoe:42"},
        {"target": "gender:woman"},
        {"brief_id": bare},
        {"brief_id": wanted, "target": "gender:female"},
        {"posts": "reel:0"},
        {"posts": "myspace/post"},
        {"posts": "story@inf_x"},
    ]
    for params in wrong:
        answer = await client.get(path, params=params)
        assert answer.status_code == 400, params
        assert answer.json()["errors"][0]["path"].split("[")[0] in params, params
    gone = await client.get(path, params={"brief_id": ids.show("bri", ids.new())})
    assert gone.status_code == 404


async def test_nothing_planned_reaches_nobody(client: httpx.AsyncClient) -> None:
    await rate(client, 0.5)
    list_id, _ = await listed(client, {"Ada": range(0, 60)})
    found = await asked(client, f"/v1/shortlists/{list_id}/reach", posts="tiktok/video")
    assert found["influencers"][0]["reason"] == "no_posts_planned"
    assert (found["unique_reach"]["value"], found["unique_reach_of_all"]) == (None, None)
    assert (found["impressions"]["value"], found["outside"]["value"], found["cost"]["total"]["amount"]) == (
        0,
        0,
        0,
    )


async def test_rates_say_where_they_come_from(client: httpx.AsyncClient) -> None:
    ada = await influencer(client, "Ada", followers=50_000)
    berk = await influencer(client, "Berk", platform="twitch")
    await story_reach(client, ada, random.Random(2).choices(range(4000, 6000), k=12), 50_000)
    params = {"influencer_ids": f"{ada},{berk}", "posts": "story,post,live"}
    found = await asked(client, "/v1/reach/rates", **params)
    rows = {each["influencer_id"]: each for each in found["data"]}
    story, post, live = rows[ada]["rates"]
    assert (story["basis"], story["n"], story["window_days"], story["assumed"]) == ("reach", 12, 90, False)
    assert (post["basis"], post["assumed"], live["measured_as"]) == ("built_in", True, "feed")
    assert post["source"].startswith("built-in ")
    assert (rows[berk]["rates"], rows[berk]["without_rate"]) == ([], ["story", "post", "live"])
    gone = await client.get("/v1/reach/rates", params={"influencer_ids": ids.show("inf", ids.new())})
    assert gone.status_code == 404
