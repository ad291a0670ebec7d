"""Seeds and spreads through the API: what is answered, what is refused, what is kept."""

import numpy as np
import pytest

import service.discovery.computations.jobs as computation_jobs
from graph.build import Graph, build
from service.discovery.computations import keeping
from service.discovery.computations.operations import influence as operation
from tests.service.discovery.api import influencer
from tests.service.discovery.computations.conftest import Net

# Two stars that everybody hears for certain, and a chain: x wins 6, y wins 4, p wins 3.
STARS = build(
    ["x"] * 5 + ["y"] * 3 + ["p", "q"],
    [*(f"x{n}" for n in range(5)), *(f"y{n}" for n in range(3)), "q", "r"],
)
ALL = {"model": "ic", "p": 1.0}


async def test_seeds_in_order_with_what_each_adds_and_what_is_proven(net: Net):
    graph_id = await net.put(STARS)
    job = await net.post(graph_id, "influence", 202, k=2, **ALL)
    assert (job["kind"], job["status"]) == ("discovery.compute_graph", "queued")
    await net.drain()
    ended = (await net.client.get(f"/v1/jobs/{job['id']}")).json()
    assert ended["status"] == "succeeded", ended
    assert ended["progress"]["done"] > 0
    found = await net.post(graph_id, "influence", k=2, **ALL)
    assert [each["node"] for each in found["seeds"]] == ["x", "y"]
    assert [round(each["marginal"]) for each in found["seeds"]] == [6, 4]
    assert [round(each["cumulative"]) for each in found["seeds"]] == [6, 10]
    assert found["spread"]["low"] <= 10 <= found["spread"]["high"]
    assert found["guarantee"]["lower_bound"] <= 10 <= found["upper_bound"]
    assert (found["guarantee"]["kept"], found["guarantee"]["confidence"]) == (True, 0.999)
    assert found["guarantee"]["rr_sets"] == found["spread"]["n"] > 1_000
    assert (found["of"], found["total_cost"], found["currency"]) == (13.0, 2.0, None)
    assert found["memory_limit_reached"] is False
    read = (await net.client.get(ended["result"]["url"])).json()
    assert read["influence"] == found
    assert read["operation"] == "influence"


async def test_the_same_question_is_answered_from_what_is_kept(net: Net):
    graph_id = await net.put(STARS)
    first = await net.influence(graph_id, k=1, exclude=["y", "q"], **ALL)
    same = await net.post(graph_id, "influence", exclude=["q", "y", "q"], k=1, model="ic", p=1)
    assert same == first
    assert await net.results() == 1
    await net.post(graph_id, "influence", 202, k=1, **ALL)
    # Another version's places are others: what was computed of the one before is gone with it.
    await net.put(build(["a", "a"], ["b", "c"]), graph_id)
    assert await net.results() == 0
    again = await net.influence(graph_id, k=1, **ALL)
    assert (again["version"], again["seeds"][0]["node"]) == (2, "a")


async def test_who_asks_at_once_shares_a_job(net: Net, monkeypatch: pytest.MonkeyPatch):
    graph_id = await net.put(STARS)
    jobs = [await net.post(graph_id, "influence", 202, k=1, **ALL) for _ in range(3)]
    assert len({job["id"] for job in jobs}) == 1
    assert await net.results() == 1
    await net.client.delete(f"/v1/jobs/{jobs[0]['id']}")
    other = await net.post(graph_id, "influence", 202, k=1, **ALL)
    assert other["id"] != jobs[0]["id"]

    def broken(*arguments: object) -> None:
        raise MemoryError

    monkeypatch.setattr(computation_jobs, "run", broken)
    await net.drain()
    failed = await net.client.post(f"/v1/graphs/{graph_id}/influence", json={"k": 1, **ALL})
    assert failed.status_code == 409
    assert failed.json()["type"] == "/problems/graph-computation-failed"
    assert failed.json()["job_id"] == other["id"]
    assert 0 < int(failed.headers["Retry-After"]) <= 60
    monkeypatch.setattr(keeping, "FAILED_S", 0)
    assert (await net.post(graph_id, "influence", 202, k=1, **ALL))["id"] != other["id"]


async def test_a_budget_buys_seeds(net: Net):
    graph_id = await net.put(STARS)
    found = await net.influence(
        graph_id,
        budget={"amount": 1_000, "currency": "TRY"},
        costs=[
            {"node": "x", "cost": {"amount": 900, "currency": "TRY"}},
            {"node": "y", "cost": {"amount": 500, "currency": "TRY"}},
        ],
        default_cost={"amount": 400, "currency": "TRY"},
        **ALL,
    )
    assert [(each["node"], each["cost"]) for each in found["seeds"]] == [("y", 500.0), ("p", 400.0)]
    assert (found["total_cost"], found["currency"]) == (900.0, "TRY")
    assert round(found["spread"]["value"]) == 7
    # Without a default those without a cost are not for sale.
    sold = await net.influence(graph_id, budget=10, costs=[{"node": "q", "cost": 4}], **ALL)
    assert [each["node"] for each in sold["seeds"]] == ["q"]


async def test_targets_candidates_and_those_that_must_be_in(net: Net):
    graph_id = await net.put(STARS)
    aimed = await net.influence(graph_id, k=1, targets=["q", "r", "y0"], **ALL)
    assert (aimed["seeds"][0]["node"], aimed["of"]) == ("p", 3.0)
    weighted = await net.influence(
        graph_id, k=1, target_weights=[{"node": "y0", "weight": 5}, {"node": "r", "weight": 1}], **ALL
    )
    assert (weighted["seeds"][0]["node"], round(weighted["spread"]["value"])) == ("y", 5)
    must = await net.influence(graph_id, k=2, must_include=["r"], candidates=["p", "y"], **ALL)
    assert [each["node"] for each in must["seeds"]] == ["r", "y"]


async def test_arcs_from_hearers_are_turned(net: Net):
    """The same arcs as follows: `r` is followed by `q`, `q` by `p`; the centre of a star by nobody."""
    graph_id = await net.put(STARS, reverse=True)
    turned = await net.influence(graph_id, k=1, **ALL)
    assert turned["seeds"][0]["node"] == "r"
    assert round(turned["spread"]["value"]) == 3
    given = await net.influence(graph_id, k=1, reverse=False, **ALL)
    assert given["seeds"][0]["node"] == "x"


async def test_the_limit_of_memory_is_said(net: Net, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(operation, "MOST_BYTES", 300_000)
    graph_id = await net.put(build([0], [1], nodes=range(3_000)))
    found = await net.influence(graph_id, k=3, model="ic", p=0.1)
    assert found["memory_limit_reached"] is True
    assert found["guarantee"]["kept"] is False
    assert found["guarantee"]["lower_bound"] <= found["spread"]["value"] <= found["upper_bound"]
    monkeypatch.setattr(operation, "MOST_BYTES", 20_000)
    job = await net.post(graph_id, "influence", 202, k=4, model="ic", p=0.1)
    await net.drain()
    ended = (await net.client.get(f"/v1/jobs/{job['id']}")).json()
    assert (ended["status"], ended["error"]["type"]) == ("failed", "/problems/graph-not-computable")


@pytest.mark.parametrize(
    ("body", "paths"),
    [
        ({}, ["k"]),
        ({"k": 1, "budget": 2}, ["k"]),
        ({"k": 14}, ["k"]),
        ({"k": 0}, ["k"]),
        ({"k": 1, "epsilon": 0.7}, ["epsilon"]),
        ({"k": 1, "epsilon": 0}, ["epsilon"]),
        ({"k": 1, "delta": 1}, ["delta"]),
        ({"budget": 3, "default_cost": 1, "epsilon": 0.4}, ["epsilon"]),
        ({"budget": 3}, ["costs"]),
        ({"k": 1, "default_cost": 1}, ["costs"]),
        ({"budget": 3, "default_cost": 4}, ["budget"]),
        ({"budget": 3, "default_cost": {"amount": 1, "currency": "TRY"}}, ["default_cost"]),
        ({"budget": 3, "costs": [{"cost": 1}]}, ["costs[0]"]),
        ({"budget": 3, "costs": [{"node": "x", "cost": 1}, {"node": "x", "cost": 2}]}, ["costs[1]"]),
        ({"budget": 3, "costs": [{"node": "x", "cost": 1}], "must_include": ["y"]}, ["must_include"]),
        ({"budget": 3, "default_cost": 2, "must_include": ["x", "y"]}, ["must_include"]),
        ({"k": 1, "model": "ic"}, ["p"]),
        ({"k": 1, "model": "ic", "p": 1.5}, ["p"]),
        ({"k": 1, "model": "wc", "p": 0.5}, ["p"]),
        ({"k": 1, "model": "lt", "p": 0.5}, ["p"]),
        ({"k": 1, "model": "wc", "repeated": True}, ["repeated"]),
        ({"k": 1, "model": "sir"}, ["model"]),
        ({"k": 1, "targets": ["x"], "target_weights": [{"node": "x", "weight": 1}]}, ["targets"]),
        ({"k": 1, "targets": ["x", "nobody"], "exclude": ["none"]}, ["targets[1]", "exclude[0]"]),
        ({"k": 1, "must_include": ["x"], "exclude": ["x"]}, ["must_include"]),
        ({"k": 1, "must_include": ["x", "y"]}, ["must_include"]),
        ({"k": 1, "seeds": ["x"]}, ["seeds"]),
    ],
)
async def test_what_does_not_fit_is_said_all_at_once(net: Net, body: dict, paths: list[str]):
    found = await net.post(await net.put(STARS), "influence", 400, **body)
    assert [error["path"] for error in found["errors"]] == paths


async def test_unknown_seeds_are_listed_all(net: Net):
    graph_id = await net.put(STARS)
    names = [f"nobody{n}" for n in range(150)]
    found = await net.post(graph_id, "spread", 400, seeds=["x", *names], **ALL)
    assert found["unknown"] == names
    assert found["type"] == "/problems/graph-parameters"


async def test_graphs_without_edges_and_none_at_all(net: Net):
    empty = await net.client.get("/v1/graphs/gra_00000000000000000000000000/authority")
    assert empty.status_code == 404
    heavy = await net.put(build(["a"], ["b"], [3.0]))
    found = await net.post(heavy, "influence", 400, k=1, model="ic", p="weights")
    assert "largest is 3" in found["errors"][0]["message"]
    threshold = await net.influence(heavy, k=1, model="lt", p="weights")
    assert threshold["seeds"][0]["node"] == "a"


async def test_expected_spread_of_given_seeds(net: Net):
    graph_id = await net.put(STARS)
    found = await net.post(graph_id, "spread", seeds=["x", "p"], model="ic", p=0.5, runs=4_000)
    # x: 1 + 5/2; p: 1 + 1/2 + 1/4.
    assert found["spread"]["low"] < 5.25 < found["spread"]["high"]
    assert (found["runs"], found["seeds"], found["spread"]["basis"]) == (4_000, 2, "cascades:ic")
    assert await net.post(graph_id, "spread", seeds=["p", "x"], model="ic", p=0.5, runs=4_000) == found
    aimed = await net.post(graph_id, "spread", seeds=["x"], targets=["x0", "x1"], **ALL)
    assert aimed["spread"]["value"] == 2.0


async def test_a_large_simulation_is_a_job(net: Net):
    draw = np.random.default_rng(1)
    graph = build(draw.integers(0, 2_000, 9_000), draw.integers(0, 2_000, 9_000))
    graph_id = await net.put(graph)
    asked = {"seeds": [1, "2"], "runs": 50_000}
    await net.post(graph_id, "spread", 202, **asked)
    await net.drain()
    assert (await net.post(graph_id, "spread", **asked))["runs"] == 50_000


def heard() -> Graph:
    return build(["ayse"] * 4 + ["bora"] * 3, ["m", "n", "o", "q", "r", "s", "t"])


async def test_influencers_are_nodes_by_their_accounts(net: Net):
    ayse = await influencer(net.client, "Ayse")
    bora = await influencer(net.client, "Bora")
    nobody = await influencer(net.client, "Nobody")
    graph_id = await net.put(heard(), platform="instagram")
    found = await net.influence(graph_id, k=1, exclude=[ayse], **ALL)
    assert [(each["influencer_id"], each["name"]) for each in found["seeds"]] == [(bora, "Bora")]
    spread = await net.post(graph_id, "spread", seeds=[ayse, bora], **ALL)
    assert spread["spread"]["value"] == 9.0
    missing = await net.post(graph_id, "spread", 400, seeds=[nobody], **ALL)
    assert missing["unknown"] == [nobody]
    paid = await net.influence(graph_id, budget=5, costs=[{"influencer_id": bora, "cost": 5}], **ALL)
    assert paid["seeds"][0]["influencer_id"] == bora


async def test_who_opts_out_is_no_seed_any_more(net: Net):
    ayse = await influencer(net.client, "Ayse")
    graph_id = await net.put(heard(), platform="instagram")
    first = await net.influence(graph_id, k=1, **ALL)
    assert first["seeds"][0]["influencer_id"] == ayse
    out = await net.client.post(f"/v1/influencers/{ayse}/opt-out", json={"reason": "asked"})
    assert out.status_code == 200, out.text
    gone = await net.client.get(f"/v1/graphs/{graph_id}/results/{first['result_id']}")
    assert gone.status_code == 404
    again = await net.influence(graph_id, k=1, **ALL)
    assert again["seeds"][0]["node"] == "bora"
    refused = await net.post(graph_id, "influence", 400, k=1, must_include=["ayse"], **ALL)
    assert refused["unknown"] == ["ayse"]


async def test_results_are_listed_and_forgotten(net: Net):
    graph_id = await net.put(STARS)
    await net.influence(graph_id, k=1, **ALL)
    await net.get(graph_id, "authority")
    listed = (await net.get(graph_id, "results"))["data"]
    assert [each["operation"] for each in listed] == ["authority", "influence"]
    only = (await net.get(graph_id, "results", operation="influence"))["data"]
    path = f"/v1/graphs/{graph_id}/results/{only[0]['id']}"
    assert (await net.client.delete(path)).status_code == 204
    assert (await net.client.delete(path)).status_code == 404
    await net.post(graph_id, "influence", 202, k=1, **ALL)


async def test_of_a_graph_the_results_used_last_are_kept(net: Net, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(keeping, "MOST_RESULTS", 3)
    graph_id = await net.put(STARS)
    for damping in (0.1, 0.2, 0.3, 0.4, 0.5):
        await net.get(graph_id, "authority", damping=damping)
    kept = [each["params"]["damping"] for each in (await net.get(graph_id, "results"))["data"]]
    assert kept == [0.5, 0.4, 0.3]
    monkeypatch.setattr(keeping, "MOST_BYTES", 1)
    await net.get(graph_id, "authority", damping=0.6)
    assert await net.results() == 1
