"""Plans through the API: made, kept, refused, forgotten."""

import itertools
import random
from collections.abc import Awaitable, Callable

import httpx
import pytest

from service.discovery.plans import loading, show, store
from service.kit import ids
from service.kit.db import Connection, Database
from tests.service.discovery.api import Json, brief
from tests.service.discovery.plans.cast import chosen, follow, paths, person, plan, price, reasons
from tests.service.discovery.shortlists.lists import shortlist

pytestmark = pytest.mark.anyio
Drain = Callable[[], Awaitable[None]]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every plan is too large to be made at once."""
    monkeypatch.setattr(loading, "MOST_AT_ONCE", -1)


async def three(client: httpx.AsyncClient) -> tuple[str, str, str]:
    """Two who together reach more than one who costs as much."""
    return (
        await person(client, "Wide", range(100), 500),
        await person(client, "Left", range(60), 250),
        await person(client, "Right", range(55, 120), 250),
    )


async def test_a_plan_is_made_and_kept(client: httpx.AsyncClient) -> None:
    wide, left, right = await three(client)
    on_list = await shortlist(client, [wide, left, right])
    made = await plan(client, shortlist_id=on_list, budget=500, objective="unique_followers", name="Autumn")
    assert chosen(made) == [right, left]
    answer = made["answer"]
    followers = answer["unique_followers"]
    assert (followers["value"], followers["low"], followers["high"], followers["exact"]) == (
        120,
        120,
        120,
        True,
    )
    assert (answer["total_cost"], answer["value"], answer["upper_bound"]) == (
        {"amount": 500, "currency": "TRY"},
        120.0,
        120.0,
    )
    assert (answer["optimality"], answer["exact"], answer["method"]) == (1.0, True, "subsets")
    first, second = answer["chosen"]
    assert (first["marginal_reach"], first["cumulative_reach"]) == (65.0, 65.0)
    assert (second["marginal_reach"], second["cumulative_reach"]) == (55.0, 120.0)
    assert second["cost_per_1000_unique"] == {"amount": 4545, "currency": "TRY"}
    assert (second["cost"]["amount"], second["cost_basis"], second["account"]["platform"]) == (
        250,
        "rate_card",
        "instagram",
    )
    assert [each["influencer_id"] for each in answer["not_chosen"]] == [wide]
    assert answer["sentence"] == "The best plan for this budget."
    assert answer["unique_reach"]["assumed"] is True
    assert answer["unique_reach"]["low"] < answer["unique_reach"]["value"] < answer["unique_reach"]["high"]
    assert answer["frequency"]["reached_1"] == pytest.approx(answer["unique_reach"]["value"])
    assert {note["code"] for note in answer["notes"]} == {"posts_assumed", "rates_assumed"}
    again = (await client.get(f"/v1/reach/plans/{made['id']}")).json()
    assert again == made
    [head] = (await client.get("/v1/reach/plans", params={"shortlist_id": on_list})).json()["data"]
    assert (head["id"], head["name"], head["size"], head["status"]) == (made["id"], "Autumn", 2, "done")
    assert (await client.delete(f"/v1/reach/plans/{made['id']}")).status_code == 204
    assert (await client.get(f"/v1/reach/plans/{made['id']}")).status_code == 404
    assert (await client.delete(f"/v1/reach/plans/{made['id']}")).status_code == 404


async def test_a_request_can_be_sent_again(client: httpx.AsyncClient) -> None:
    wide, left, right = await three(client)
    asked = {
        "influencer_ids": [wide, left, right],
        "budget": {"amount": 600, "currency": "TRY"},
        "costs": [{"influencer_id": wide, "price": {"amount": 100, "currency": "TRY"}, "per": "post"}],
        "posts": [{"format": "post", "count": 2}, {"format": "reel", "count": 1, "influencer_id": wide}],
        "exclude": [left],
        "must_include": [wide],
        "max_size": 2,
        "limits": {"per_platform": 2},
        "name": "Again",
    }
    made = await plan(client, **asked)
    again = await plan(client, **made["request"])
    assert again["request"] == made["request"]
    assert chosen(again) == chosen(made) == [wide, right]
    assert [each["cost"]["amount"] for each in made["answer"]["chosen"]] == [100, 500]
    assert reasons(made) == {left: "excluded"}


async def test_random_lists_are_planned_as_well_as_by_trying_all(client: httpx.AsyncClient) -> None:
    draw = random.Random(4)
    follows = [set(draw.sample(range(60), draw.randint(5, 30))) for _ in range(7)]
    costs = [draw.randint(1, 9) for _ in follows]
    keys = [
        await person(client, f"P{at}", people, cost, categories=[draw.choice(["food", "sports"])])
        for at, (people, cost) in enumerate(zip(follows, costs, strict=True))
    ]
    for budget in (4, 11, 20):
        made = await plan(
            client,
            influencer_ids=keys,
            budget=budget,
            objective="unique_followers",
            exclude=[keys[0]],
            max_size=4,
        )
        best = max(
            len(set().union(*(follows[at] for at in taken)))
            for size in range(5)
            for taken in itertools.combinations(range(1, 7), size)
            if sum(costs[at] for at in taken) <= budget
        )
        assert made["answer"]["value"] == best


async def test_who_can_not_be_planned_with_is_told_why(client: httpx.AsyncClient) -> None:
    known = await person(client, "Known", range(50), 10)
    free = await person(client, "Free", range(50))
    unseen = await person(client, "Unseen", None, 10)
    dear = await person(client, "Dear", range(50), 10_000)
    euro = await person(client, "Euro", range(50), rates=[price(5, "EUR")])
    old = await person(
        client, "Old", range(50), rates=[price(5, valid_from="2020-01-01", valid_to="2020-12-31")]
    )
    sampled = await person(client, "Sampled", None, 10)
    await follow(client, sampled, range(50), basis="uniform_sample", size=500)
    gone = await person(client, "Gone", range(50), 10)
    away = await person(client, "Away", range(50), 10)
    none = (await client.post("/v1/influencers", json={"name": "None"})).json()["id"]
    assert (await client.post(f"/v1/influencers/{gone}/opt-out", json={"reason": "x"})).status_code == 200
    assert (await client.delete(f"/v1/influencers/{away}")).status_code in (200, 204)
    everybody = [known, free, unseen, dear, euro, old, sampled, gone, away, none]
    made = await plan(client, influencer_ids=everybody, budget=100)
    assert chosen(made) == [known]
    assert reasons(made) == {
        free: "no_cost",
        unseen: "no_audience_set",
        dear: "over_budget",
        euro: "other_currency",
        old: "no_cost",
        sampled: "uniform_sample",
        gone: "opted_out",
        away: "archived",
        none: "no_account",
    }


async def test_every_contradiction_is_named(client: httpx.AsyncClient) -> None:
    wide, left, right = await three(client)
    stranger = ids.show("inf", ids.new())
    nothing = await plan(client, 400, budget=5, objective="target_reach", statuses=["starred"])
    assert paths(nothing) == ["brief_id", "shortlist_id"]
    unknown = await plan(client, 400, budget=5, influencer_ids=[wide, stranger, "inf_x"])
    assert paths(unknown) == ["influencer_ids[2]"]
    unknown = await plan(client, 400, budget=5, influencer_ids=[wide, stranger])
    assert paths(unknown) == ["influencer_ids[1]"]
    both = await plan(
        client,
        400,
        influencer_ids=[wide, left],
        budget=5,
        must_include=[wide, right, left],
        exclude=[wide],
        max_size=2,
        costs=[{"influencer_id": left, "price": {"amount": 1, "currency": "TRY"}}] * 2,
        posts=[{"format": "post", "count": 1, "influencer_id": right}],
    )
    assert paths(both) == [
        "costs[0].influencer_id",
        "costs[1].influencer_id",
        "max_size",
        "must_include[0]",
        "must_include[1]",
        "posts[0].influencer_id",
    ]
    dear = await plan(
        client,
        400,
        influencer_ids=[wide, left, right],
        budget=5,
        must_include=[wide, left],
        limits={"per_platform": 1},
    )
    assert paths(dear) == ["budget.amount", "limits.per_platform"]
    free = await person(client, "Free", range(50))
    unpriced = await plan(client, 400, influencer_ids=[free], budget=5, must_include=[free])
    assert paths(unpriced) == ["must_include[0]"]
    assert "no_cost" in unpriced["errors"][0]["message"]
    money = await plan(client, 400, influencer_ids=[wide], budget={"amount": 5, "currency": "XQX"})
    assert paths(money) == ["budget.currency"]


async def test_statuses_choose_whom_of_a_list(client: httpx.AsyncClient) -> None:
    wide, left, right = await three(client)
    on_list = await shortlist(client, [wide, left, right])
    items = f"/v1/shortlists/{on_list}/items/"
    assert (await client.patch(items + left, json={"status": "ignored"})).status_code == 200
    assert (await client.patch(items + right, json={"status": "starred"})).status_code == 200
    usual = await plan(client, shortlist_id=on_list, budget=1000, objective="unique_followers")
    assert sorted(chosen(usual)) == sorted([wide, right])
    starred = await plan(client, shortlist_id=on_list, budget=1000, statuses=["starred"])
    assert chosen(starred) == [right]


async def test_reach_in_a_target_is_by_the_audience_that_a_brief_asks_for(client: httpx.AsyncClient) -> None:
    at_home = {"country": {"TR": 0.9, "DE": 0.1}, "gender": {"female": 0.5, "male": 0.5}}
    abroad = {"country": {"TR": 0.1, "DE": 0.9}, "gender": {"female": 0.5, "male": 0.5}}
    one = await person(client, "Home", range(100), 10, audience=at_home)
    two = await person(client, "Abroad", range(100, 250), 10, audience=abroad)
    unknown = await person(client, "Unknown", range(300, 400), 10)
    wanted = await brief(client, audience={"country": {"TR": 0.8}, "gender": {"female": 0.5}})
    asked = {"influencer_ids": [one, two, unknown], "budget": 10, "objective": "target_reach"}
    made = await plan(client, brief_id=wanted, **asked)
    assert chosen(made) == [one]
    assert reasons(made) == {unknown: "target_unknown"}
    reach = made["answer"]["unique_reach"]["value"]
    assert made["answer"]["value"] == pytest.approx(reach * 0.9 * 0.5)
    assert made["answer"]["target_reach"]["value"] == pytest.approx(reach * 0.45)
    assert "target_independent" in {note["code"] for note in made["answer"]["notes"]}
    empty = await plan(client, 400, brief_id=await brief(client), **asked)
    assert paths(empty) == ["brief_id"]


async def test_a_dry_run_keeps_nothing(client: httpx.AsyncClient, small: None) -> None:
    wide, _left, _right = await three(client)
    tried = await plan(client, 400, influencer_ids=[wide], budget=500, params={"dry_run": "true"})
    assert tried["type"].endswith("too-large-to-try")


async def test_a_small_dry_run_answers_and_keeps_nothing(client: httpx.AsyncClient) -> None:
    wide, _left, _right = await three(client)
    tried = await plan(client, influencer_ids=[wide], budget=500, params={"dry_run": "true"})
    assert tried["id"] is None
    assert chosen(tried) == [wide]
    assert (await client.get("/v1/reach/plans")).json()["data"] == []


async def test_turkish_is_spoken(client: httpx.AsyncClient) -> None:
    wide, *_ = await three(client)
    made = await plan(client, influencer_ids=[wide], budget=500, headers={"Accept-Language": "tr"})
    assert made["answer"]["sentence"] == "Bu bütçeyle mümkün olan en iyi plan."


async def test_a_repeated_request_makes_one_plan(client: httpx.AsyncClient) -> None:
    wide, *_ = await three(client)
    headers = {"Idempotency-Key": "k" * 20}
    first = await plan(client, influencer_ids=[wide], budget=500, headers=headers)
    assert await plan(client, influencer_ids=[wide], budget=500, headers=headers) == first
    assert len((await client.get("/v1/reach/plans")).json()["data"]) == 1


async def test_a_large_plan_is_a_job_with_the_same_answer(
    client: httpx.AsyncClient, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = await three(client)
    at_once = await plan(client, influencer_ids=people, budget=500)
    monkeypatch.setattr(loading, "MOST_AT_ONCE", -1)
    waiting = await plan(client, 202, influencer_ids=people, budget=500)
    assert (waiting["status"], waiting["answer"]) == ("computing", None)
    await drain()
    job = (await client.get(f"/v1/jobs/{waiting['job_id']}")).json()
    assert (job["status"], job["result"]) == ("succeeded", {"plan_id": waiting["id"]})
    assert job["progress"] == {"done": 3, "total": 3}
    done = (await client.get(f"/v1/reach/plans/{waiting['id']}")).json()
    assert done["status"] == "done"
    assert done["answer"] == at_once["answer"]


async def test_a_list_of_waiting_plans_asks_for_their_jobs_once(
    client: httpx.AsyncClient, database: Database, small: None
) -> None:
    wide, *_ = await three(client)
    for _ in range(3):
        await plan(client, 202, influencer_ids=[wide], budget=500)
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    async with database.transaction(workspace) as db:
        rows = await store.list_plans(db, workspace, None, None, 10)
        await show.heads(db, workspace, rows)
        seen: list[str] = []
        with db.query_logger(lambda query: seen.append(query.query)):
            heads = await show.heads(db, workspace, rows)
    assert [each.status for each in heads.values()] == ["computing"] * 3
    assert len(seen) == 1


async def test_a_job_that_finds_a_contradiction_says_so(
    client: httpx.AsyncClient, drain: Drain, small: None
) -> None:
    free = await person(client, "Free", range(50))
    waiting = await plan(client, 202, influencer_ids=[free], budget=5, must_include=[free])
    await drain()
    failed = (await client.get(f"/v1/reach/plans/{waiting['id']}")).json()
    assert (failed["status"], failed["answer"]) == ("failed", None)
    assert paths(failed["error"]) == ["must_include[0]"]


async def test_a_deleted_plan_cancels_its_job(client: httpx.AsyncClient, drain: Drain, small: None) -> None:
    wide, *_ = await three(client)
    waiting = await plan(client, 202, influencer_ids=[wide], budget=500)
    assert (await client.delete(f"/v1/reach/plans/{waiting['id']}")).status_code == 204
    await drain()
    assert (await client.get(f"/v1/jobs/{waiting['job_id']}")).json()["status"] == "cancelled"


async def test_who_was_erased_is_in_no_plan(client: httpx.AsyncClient, owner: Connection) -> None:
    wide, left, right = await three(client)
    cost = {"influencer_id": right, "price": {"amount": 100, "currency": "TRY"}}
    people = [wide, left, right]
    made = await plan(
        client,
        influencer_ids=people,
        budget=500,
        objective="unique_followers",
        costs=[cost],
        must_include=[right],
        exclude=[wide],
    )
    assert chosen(made) == [right, left]
    assert (await client.post(f"/v1/influencers/{right}/erase")).status_code == 200
    assert (await client.post(f"/v1/influencers/{left}/opt-out", json={"reason": "x"})).status_code == 200
    left_over = (await client.get(f"/v1/reach/plans/{made['id']}")).json()
    assert chosen(left_over) == []
    assert left_over["answer"]["value"] == made["answer"]["value"]
    assert "hidden" in {note["code"] for note in left_over["answer"]["notes"]}
    assert right not in str(left_over)
    assert left not in str(left_over)
    [kept] = await owner.fetch("select asked::text from reach_plans")
    assert str(ids.read("inf", right)) not in kept[0]


async def test_who_is_erased_while_a_job_computes_is_left_out(
    client: httpx.AsyncClient, drain: Drain, small: None
) -> None:
    people = await three(client)
    waiting = await plan(client, 202, influencer_ids=people, budget=500, must_include=[people[0]])
    assert (await client.post(f"/v1/influencers/{people[0]}/erase")).status_code == 200
    await drain()
    done = (await client.get(f"/v1/reach/plans/{waiting['id']}")).json()
    assert done["status"] == "done"
    assert set(chosen(done)) == {people[1], people[2]}


async def test_a_plan_on_a_hash_sample_says_so(client: httpx.AsyncClient) -> None:
    one = await person(client, "One", None, 10)
    two = await person(client, "Two", range(2_000, 8_000), 10)
    await follow(client, one, range(4_000), keep=1_500)
    made = await plan(client, influencer_ids=[one, two], budget=20, objective="unique_followers")
    answer = made["answer"]
    assert (answer["unique_followers"]["exact"], answer["unique_followers"]["basis"]) == (
        False,
        "hash_samples",
    )
    # Another key is another sample: the truth is inside in 95 of 100 only, and never far off.
    found = answer["unique_followers"]
    assert 7_000 < found["low"] < found["value"] < found["high"] < 9_000
    assert 2_000 < answer["sampled"] < 4_000
    assert "sampled people" in answer["sentence"]
    assert "sampled" in {note["code"] for note in answer["notes"]}


async def test_plans_of_another_workspace_are_unknown(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient
) -> None:
    wide, *_ = await three(client)
    on_list = await shortlist(client, [wide])
    made: Json = await plan(client, shortlist_id=on_list, budget=500)
    assert (await other_client.get(f"/v1/reach/plans/{made['id']}")).status_code == 404
    assert (await other_client.delete(f"/v1/reach/plans/{made['id']}")).status_code == 404
    await plan(other_client, 404, shortlist_id=on_list, budget=500)
    assert paths(await plan(other_client, 400, influencer_ids=[wide], budget=500)) == ["influencer_ids[0]"]


async def test_the_price_of_almost_nobody_is_left_open(client: httpx.AsyncClient) -> None:
    rates = [{"platform": "instagram", "rate": 1e-6}]
    assert (await client.patch("/v1/workspace", json={"reach_rates": rates})).status_code == 200
    one = await person(client, "One", range(5), 2**52)
    found = await plan(client, influencer_ids=[one], budget=2**53)
    assert chosen(found) == [one]
    assert found["answer"]["cost_per_1000_unique"] is None
    assert found["answer"]["chosen"][0]["cost_per_1000_unique"] is None


async def test_an_empty_list_is_an_empty_plan(client: httpx.AsyncClient) -> None:
    made = await plan(client, shortlist_id=await shortlist(client), budget=500)
    assert (chosen(made), made["answer"]["value"], made["answer"]["optimality"]) == ([], 0.0, 1.0)
    assert made["answer"]["sentence"] == "Nobody can be taken for this budget."


async def test_people_of_platforms_that_are_not_linked_are_bounds(client: httpx.AsyncClient) -> None:
    one = await person(client, "One", range(100), 10)
    two = await person(client, "Two", range(50), 10, platform="tiktok", rates=[price(10, platform="tiktok")])
    made = await plan(
        client, influencer_ids=[one, two], budget=20, objective="unique_followers", posts=[{"format": "post"}]
    )
    followers = made["answer"]["unique_followers"]
    assert [followers[name] for name in ("value", "low", "high")] == [None, 100.0, 150.0]
    assert followers["reason"] == "platforms_not_linked"
    assert made["answer"]["value"] == 150.0
    assert "platforms_not_linked" in {note["code"] for note in made["answer"]["notes"]}
    link = {"a": {"platform": "instagram", "id": "u0"}, "b": {"platform": "tiktok", "id": "u0"}}
    assert (await client.post("/v1/followers/links", json={"links": [link]})).status_code == 200
    made = await plan(
        client, influencer_ids=[one, two], budget=20, objective="unique_followers", posts=[{"format": "post"}]
    )
    followers = made["answer"]["unique_followers"]
    assert [followers[name] for name in ("value", "low", "high", "exact")] == [149.0, 100.0, 149.0, False]
    assert "platforms_linked" in {note["code"] for note in made["answer"]["notes"]}
