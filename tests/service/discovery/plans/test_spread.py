"""Plans by influence: whom to buy so that most of a reach graph is won."""

import asyncio
import itertools
import random
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from typing import Any

import httpx
import numpy as np
import pytest

from graph import spread_plan
from graph.build import build
from service.kit import ids
from service.kit.db import Database
from tests.service.discovery.api import Json, made
from tests.service.discovery.computations.conftest import Net
from tests.service.discovery.computations.test_jobs import cancelled_within, until
from tests.service.discovery.plans.cast import chosen, paths, person, plan, reasons

pytestmark = pytest.mark.anyio
Drain = Callable[[], Awaitable[None]]
Arcs = Iterable[tuple[str, str]]


async def graph_of(client: httpx.AsyncClient, drain: Drain, arcs: Arcs, weight: str = "") -> str:
    """An uploaded graph of Instagram's handles; arcs run from who is heard to who hears."""
    fields = {"name": "Ağ", "kind": "other", "platform": "instagram"}
    key = str((await made(client, "/v1/graphs", fields))["id"])
    body = "".join(f"{one},{other}{weight}\n" for one, other in arcs).encode()
    answer = await client.post(f"/v1/graphs/{key}/edges", content=body)
    assert answer.status_code == 202, answer.text
    await drain()
    return key


async def by_spread(client: httpx.AsyncClient, drain: Drain, **asked: Any) -> Json:
    """A plan by influence after its job."""
    waiting = await plan(client, 202, **{"objective": "spread", "model": "ic", "p": 1.0, **asked})
    assert (waiting["status"], waiting["answer"]) == ("computing", None)
    await drain()
    done: Json = (await client.get(f"/v1/reach/plans/{waiting['id']}")).json()
    return done


def stars(**sizes: int) -> list[tuple[str, str]]:
    """Who is heard by so many who hear nobody else."""
    return [(name, f"{name}-{at}") for name, size in sizes.items() for at in range(size)]


async def test_the_set_that_wins_most_of_the_graph(client: httpx.AsyncClient, drain: Drain) -> None:
    wide = await person(client, "Wide", None, 500)
    left = await person(client, "Left", None, 250)
    right = await person(client, "Right", None, 250)
    away = await person(client, "Away", None, 10)
    dear = await person(client, "Dear", None, 5_000)
    free = await person(client, "Free", None)
    graph = await graph_of(client, drain, stars(wide=11, left=8, right=6, dear=30, free=30))
    people = [wide, left, right, away, dear, free]
    done = await by_spread(client, drain, influencer_ids=people, budget=500, graph_id=graph)
    assert (done["status"], done["error"]) == ("done", None)
    assert chosen(done) == [left, right]
    assert reasons(done) == {away: "not_in_graph", dear: "over_budget", free: "no_cost"}
    answer, found = done["answer"], done["answer"]["spread"]
    assert [each["influencer_id"] for each in answer["not_chosen"]] == [wide]
    assert answer["total_cost"] == {"amount": 500, "currency": "TRY"}
    # 9 and 7 of 90 nodes, and no other allowed set wins more.
    assert (found["graph_id"], found["version"], found["of"]) == (graph, 1, 90)
    assert answer["value"] == pytest.approx(found["value"]) == pytest.approx(16, rel=0.2)
    assert found["low"] <= found["value"] <= found["high"]
    assert found["lower_bound"] <= 16 <= answer["upper_bound"]
    assert answer["optimality"] == pytest.approx(found["lower_bound"] / answer["upper_bound"])
    assert (found["basis"], found["exact"], found["confidence"]) == (
        "reverse_reachable_sets:ic",
        False,
        0.999,
    )
    assert (answer["exact"], answer["guarantee"], answer["method"]) == (False, None, "subsets")
    first, second = answer["chosen"]
    assert first["marginal_reach"] == first["cumulative_reach"] == pytest.approx(9, rel=0.2)
    assert second["cumulative_reach"] == pytest.approx(answer["value"])
    assert answer["cost_per_1000_unique"]["amount"] == pytest.approx(500_000 / 16, rel=0.2)
    least = int(answer["optimality"] * 100)
    assert answer["sentence"] == f"At least {least}% of the optimum, with a probability of 99.9%."
    assert {note["code"] for note in answer["notes"]} == {
        "posts_assumed",
        "rates_assumed",
        "spread_estimated",
    }
    # Only how many follow is known, of two: bounds, and why there is no value.
    followers = answer["unique_followers"]
    assert (followers["value"], followers["reason"]) == (None, "sizes_only")
    assert (answer["unique_reach"]["value"], answer["unique_reach"]["reason"]) == (None, "no_audience_set")
    job = (await client.get(f"/v1/jobs/{done['job_id']}")).json()
    assert job["result"] == {"plan_id": done["id"]}
    assert job["progress"]["done"] == job["progress"]["total"] == 2 * found["n"]
    request = done["request"]
    assert (request["graph_id"], request["model"], request["p"], request["reverse"]) == (
        graph,
        "ic",
        1.0,
        None,
    )
    again = await by_spread(client, drain, **request)
    assert again["answer"] == answer


async def test_followers_and_reach_stand_beside_it_where_they_are_known(
    client: httpx.AsyncClient, drain: Drain
) -> None:
    left = await person(client, "Left", range(60), 250)
    right = await person(client, "Right", range(50, 120), 250)
    graph = await graph_of(client, drain, stars(left=8, right=6))
    done = await by_spread(client, drain, influencer_ids=[left, right], budget=500, graph_id=graph)
    assert done["answer"]["unique_followers"]["value"] == 120
    assert done["answer"]["unique_reach"]["value"] > 0
    assert done["answer"]["frequency"]["reached_1"] == pytest.approx(done["answer"]["unique_reach"]["value"])


async def test_who_must_be_included_may_be_nobody_in_the_graph(
    client: httpx.AsyncClient, drain: Drain
) -> None:
    away = await person(client, "Away", None, 300)
    left = await person(client, "Left", None, 250)
    right = await person(client, "Right", None, 250)
    graph = await graph_of(client, drain, stars(left=8, right=6))
    asked = {"influencer_ids": [away, left, right], "budget": 600, "graph_id": graph, "must_include": [away]}
    done = await by_spread(client, drain, **asked)
    assert chosen(done) == [away, left]
    nothing, something = done["answer"]["chosen"]
    assert (nothing["marginal_reach"], nothing["cost_per_1000_unique"]) == (0.0, None)
    assert something["marginal_reach"] == pytest.approx(9, rel=0.2)
    assert "not_in_graph" in {note["code"] for note in done["answer"]["notes"]}
    nobody = await by_spread(client, drain, **asked | {"influencer_ids": [away]})
    answer = nobody["answer"]
    assert (chosen(nobody), answer["value"], answer["upper_bound"], answer["exact"]) == (
        [away],
        0.0,
        0.0,
        True,
    )
    assert answer["sentence"] == "The best plan for this budget."
    none = await by_spread(client, drain, **asked | {"influencer_ids": [], "must_include": []})
    assert (chosen(none), none["answer"]["value"]) == ([], 0.0)
    assert none["answer"]["sentence"] == "Nobody can be taken for this budget."


def won(arcs: Arcs, seeds: Iterable[str]) -> int:
    """How many are reached from some where every arc wins."""
    seen, waiting = set(seeds), list(seeds)
    while waiting:
        one = waiting.pop()
        new = {other for heard, other in arcs if heard == one} - seen
        seen |= new
        waiting += new
    return len(seen)


@pytest.mark.parametrize(
    ("demands", "must", "out"),
    [
        ({}, [], []),
        ({"max_size": 2}, [1], []),
        ({"limits": {"per_category": 1}}, [], [0]),
        ({"limits": {"per_platform": 2}}, [2], [3]),
    ],
)
async def test_plans_are_as_good_as_by_trying_all(
    client: httpx.AsyncClient, drain: Drain, demands: Json, must: Sequence[int], out: Sequence[int]
) -> None:
    draw = random.Random(len(demands) + sum(must))
    names = [f"p{at}" for at in range(6)]
    costs, fields = [draw.randint(1, 5) for _ in names], [draw.choice(["food", "art"]) for _ in names]
    arcs = {(draw.choice(names), f"n{draw.randint(0, 14)}") for _ in range(16)}
    arcs |= {(f"n{draw.randint(0, 14)}", f"n{draw.randint(0, 14)}") for _ in range(6)}
    arcs |= {(name, f"{name}-own") for name in names}
    arcs = {(one, other) for one, other in arcs if one != other}
    keys = [
        await person(client, name, None, cost, categories=[field])
        for name, cost, field in zip(names, costs, fields, strict=True)
    ]
    graph = await graph_of(client, drain, sorted(arcs))
    budget = 11
    asked = {"must_include": [keys[at] for at in must], "exclude": [keys[at] for at in out], **demands}
    done = await by_spread(client, drain, influencer_ids=keys, budget=budget, graph_id=graph, **asked)

    def keeps(taken: Sequence[int]) -> bool:
        own = [fields[at] for at in taken]
        limits = demands.get("limits", {})
        return (
            sum(costs[at] for at in taken) <= budget
            and set(must) <= set(taken)
            and not set(out) & set(taken)
            and len(taken) <= min(demands.get("max_size", 9), limits.get("per_platform", 9))
            and max((own.count(one) for one in own), default=0) <= limits.get("per_category", 9)
        )

    every = itertools.chain.from_iterable(itertools.combinations(range(6), size) for size in range(7))
    best = max(won(arcs, [names[at] for at in taken]) for taken in every if keeps(taken))
    taken = [keys.index(key) for key in chosen(done)]
    assert keeps(taken)
    assert won(arcs, [names[at] for at in taken]) == best
    assert done["answer"]["spread"]["lower_bound"] <= best <= done["answer"]["upper_bound"]


async def test_what_does_not_go_together_is_named(client: httpx.AsyncClient, drain: Drain) -> None:
    one = await person(client, "One", None, 10)
    graph = await graph_of(client, drain, stars(one=3), weight=",2")
    asked: Json = {"influencer_ids": [one], "budget": 5, "objective": "spread", "graph_id": graph}
    other = asked | {"objective": "unique_followers", "model": "ic", "p": 0.1, "reverse": False}
    assert paths(await plan(client, 400, **other | {"repeated": True})) == [
        "graph_id",
        "model",
        "p",
        "repeated",
        "reverse",
    ]
    assert paths(await plan(client, 400, **asked | {"graph_id": None, "model": "ic"})) == ["graph_id", "p"]
    assert paths(await plan(client, 400, **asked | {"p": 0.5})) == ["p"]
    assert paths(await plan(client, 400, **asked | {"model": "lt", "p": 0.5, "repeated": True})) == [
        "p",
        "repeated",
    ]
    weights = await plan(client, 400, **asked | {"model": "ic", "p": "weights"})
    assert (paths(weights), "the largest is 2" in weights["errors"][0]["message"]) == (["p"], True)
    assert (await plan(client, 400, **asked | {"params": {"dry_run": "true"}}))["type"].endswith(
        "too-large-to-try"
    )
    assert (await client.get("/v1/reach/plans")).json()["data"] == []
    dear = await by_spread(client, drain, **asked | {"must_include": [one]})
    assert (dear["status"], paths(dear["error"])) == ("failed", ["budget.amount"])


async def test_a_graph_has_to_be_there_then_and_later(client: httpx.AsyncClient, drain: Drain) -> None:
    one = await person(client, "One", None, 10)
    asked: Json = {"influencer_ids": [one], "budget": 50, "objective": "spread"}
    unknown = await plan(client, 404, **asked, graph_id=ids.show("gra", ids.new()))
    assert unknown["type"] == "/problems/graph-not-found"
    fields = {"name": "Boş", "kind": "other"}
    empty = (await made(client, "/v1/graphs", fields))["id"]
    refused = await plan(client, 409, **asked, graph_id=empty)
    assert (refused["type"], refused["status"]) == ("/problems/graph-empty", 409)
    assert refused["graph_status"] == "empty"
    graph = await graph_of(client, drain, stars(one=3))
    waiting = await plan(client, 202, **asked, graph_id=graph)
    assert (await client.delete(f"/v1/graphs/{graph}")).status_code == 204
    await drain()
    late = (await client.get(f"/v1/reach/plans/{waiting['id']}")).json()
    assert (late["status"], late["error"]["type"]) == ("failed", "/problems/graph-not-found")


async def test_the_graph_says_who_hears_whom(client: httpx.AsyncClient, drain: Drain) -> None:
    star = await person(client, "Star", None, 10)
    fan = await person(client, "Fan", None, 10)
    graph = await graph_of(client, drain, [*stars(star=20), ("star", "fan"), ("x", "fan")])
    asked: Json = {"influencer_ids": [star, fan], "budget": 10, "graph_id": graph, "model": None, "p": None}
    assert chosen(await by_spread(client, drain, **asked)) == [star]
    turned = await by_spread(client, drain, **asked | {"reverse": True, "model": "lt"})
    assert chosen(turned) == [fan]
    assert turned["answer"]["spread"]["basis"] == "reverse_reachable_sets:lt"
    assert (turned["request"]["reverse"], turned["request"]["model"]) == (True, "lt")


async def test_turkish_and_a_forecast_of_it(client: httpx.AsyncClient, drain: Drain) -> None:
    one = await person(client, "One", None, 10)
    on_list = (await made(client, "/v1/shortlists", {"name": "Liste"}))["id"]
    await made(client, f"/v1/shortlists/{on_list}/items", {"influencer_ids": [one]}, status=200)
    graph = await graph_of(client, drain, stars(one=3))
    done = await by_spread(client, drain, shortlist_id=on_list, budget=10, graph_id=graph)
    path = f"/v1/reach/plans/{done['id']}"
    said = (await client.get(path, headers={"Accept-Language": "tr"})).json()["answer"]
    assert said["sentence"].startswith("%99,9 olasılıkla en iyi planın en az %")
    assert any("rastgele" in note["text"] for note in said["notes"])
    forecast = await client.get(f"/v1/shortlists/{on_list}/forecast", params={"plan_id": done["id"]})
    assert (forecast.status_code, forecast.json()["objective"]) == (200, "spread")


async def test_a_graph_of_another_workspace_is_unknown(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient, drain: Drain
) -> None:
    graph = await graph_of(client, drain, stars(one=3))
    asked = {"influencer_ids": [], "budget": 5, "objective": "spread", "graph_id": graph}
    await plan(other_client, 404, **asked)


async def test_a_plan_that_is_computed_can_be_cancelled(
    client: httpx.AsyncClient, database: Database, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So little chance is wanted that the sets take far longer than the test.
    monkeypatch.setattr(spread_plan, "plan_spread", partial(spread_plan.plan_spread, noise=1e-9))
    one = await person(client, "One", None, 10)
    net, draw = Net(client, database, drain), np.random.default_rng(1)
    ends = draw.integers(0, 20_000, (2, 100_000)).astype(str)
    ends[0, :5_000] = "one"
    graph = await net.put(build(*ends), platform="instagram")
    waiting = await plan(
        client, 202, influencer_ids=[one], budget=50, objective="spread", graph_id=graph, model="wc"
    )
    job = {"id": waiting["job_id"]}
    running = asyncio.create_task(net.drain())
    far = await until(net, job, lambda now: now["progress"]["done"] > 0)
    assert far["progress"]["total"] > far["progress"]["done"]
    assert await cancelled_within(net, job) < 2.5
    await running
    ended = (await client.get(f"/v1/reach/plans/{waiting['id']}")).json()
    assert (ended["status"], ended["answer"]) == ("cancelled", None)
