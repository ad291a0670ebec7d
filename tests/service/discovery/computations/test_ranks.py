"""Orders of nodes through the API: PageRank, hubs, bridges; pages, jobs, who is left out."""

import networkx as nx
import numpy as np
import pytest

from graph.build import Graph, build, to_networkx
from service.discovery.computations import keeping
from tests.service.discovery.api import influencer
from tests.service.discovery.computations.conftest import Json, Net


def random(nodes: int = 60, arcs: int = 300, seed: int = 1) -> Graph:
    draw = np.random.default_rng(seed)
    return build(draw.integers(0, nodes, arcs), draw.integers(0, nodes, arcs), nodes=range(nodes))


async def pages(net: Net, graph_id: str, what: str, **query: object) -> list[Json]:
    found: list[Json] = []
    cursor: str | None = None
    while True:
        page = await net.get(graph_id, what, **query, **({"cursor": cursor} if cursor else {}))
        found += page["data"]
        cursor = page["next_cursor"]
        assert page["has_more"] == (cursor is not None)
        if cursor is None:
            return found


async def test_authority_is_pagerank_page_by_page(net: Net):
    graph = random()
    graph_id = await net.put(graph, reverse=True)
    rows = await pages(net, graph_id, "authority", limit=7)
    theirs = nx.pagerank(to_networkx(graph), tol=1e-12, max_iter=1_000)
    assert {row["node"]: row["score"] for row in rows} == pytest.approx(theirs, abs=1e-10)
    assert [row["rank"] for row in rows] == list(range(1, 61))
    assert [row["score"] for row in rows] == sorted(theirs.values(), reverse=True) or rows[0]["score"] >= max(
        theirs.values()
    ) - 1e-10
    assert rows[0]["relative"] == pytest.approx(60 * rows[0]["score"])
    first = await net.get(graph_id, "authority")
    assert (first["nodes"], first["version"], first["topic"], first["from_nodes"]) == (60, 1, None, None)


async def test_authority_follows_arcs_towards_who_is_heard(net: Net):
    star = build(["a", "b", "c"], ["z", "z", "z"])
    follows, wins = await net.put(star, reverse=True), await net.put(star, reverse=False)
    assert (await net.get(follows, "authority"))["data"][0]["node"] == "z"
    assert (await net.get(wins, "authority"))["data"][0]["node"] == "a"
    assert (await net.get(wins, "authority", direction="given"))["data"][0]["node"] == "z"
    assert (await net.get(follows, "authority", direction="turned"))["data"][0]["node"] == "a"


async def test_any_damping_comes_to_rest(net: Net):
    # A circle with a way in: walks from the way in are the last to be as many at each node as before.
    graph = build([0, 1, 2, 3], [1, 2, 3, 1])
    graph_id = await net.put(graph, reverse=True)
    for damping in (0, 0.5, 0.99):
        rows = (await net.get(graph_id, "authority", damping=damping))["data"]
        theirs = nx.pagerank(to_networkx(graph), alpha=damping, tol=1e-13, max_iter=10_000)
        assert {row["node"]: row["score"] for row in rows} == pytest.approx(theirs, abs=1e-9)
    refused = await net.get(graph_id, "authority", 400, nodes=" , ")
    assert refused["errors"] == [{"path": "nodes", "message": "names nobody"}]


async def test_authority_as_seen_from_a_topic(net: Net):
    await influencer(net.client, "Ayse", categories=["Güzellik"])
    food = await influencer(net.client, "Bora", categories=["food"])
    graph = build(["ayse", "bora", "bora"], ["cem", "deniz", "elif"])
    graph_id = await net.put(graph, reverse=True, platform="instagram")
    beauty = await net.get(graph_id, "authority", topic="GÜZELLİK")
    assert (beauty["topic"], beauty["from_nodes"]) == ("GÜZELLİK", 1)
    # Walks begin at the one node of the topic and go on with .85 to cem.
    assert [row["node"] for row in beauty["data"][:2]] == ["ayse", "cem"]
    assert beauty["data"][0]["category"] == "Güzellik"
    assert beauty["data"][1]["score"] == pytest.approx(0.85 / 1.85)
    seen = await net.get(graph_id, "authority", nodes=f"cem, {food}")
    assert seen["from_nodes"] == 2
    none = await net.get(graph_id, "authority", 400, topic="sports")
    assert none["errors"][0]["path"] == "topic"
    unknown = await net.get(graph_id, "authority", 400, nodes="cem,x,y")
    assert unknown["unknown"] == ["x", "y"]
    both = await net.get(graph_id, "authority", 400, nodes="cem", topic="food")
    assert both["errors"][0]["path"] == "nodes"


async def test_a_large_graph_is_a_job_and_the_same_address_answers_afterwards(
    net: Net, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(keeping, "QUICK", 0.0)
    graph_id = await net.put(random())
    for what in ("authority", "hits", "communities", "bridges", "ego"):
        query = {"node": "3"} if what == "ego" else {}
        answer = await net.client.get(f"/v1/graphs/{graph_id}/{what}", params=query)
        assert answer.status_code == 202, answer.text
        assert answer.headers["Location"] == f"/v1/jobs/{answer.json()['id']}"
        assert answer.headers["Retry-After"] == "1"
        await net.get(graph_id, what, 202, **query)
        await net.drain()
        await net.get(graph_id, what, 200, **query)
    assert await net.results() == 6  # the labels of communities are kept as well
    await net.get(graph_id, "communities/members", community=0)


async def test_pages_of_another_version_are_refused(net: Net):
    graph_id = await net.put(random())
    page = await net.get(graph_id, "authority", limit=5)
    await net.put(random(seed=2), graph_id)
    gone = await net.get(graph_id, "authority", 409, cursor=page["next_cursor"])
    assert gone["type"] == "/problems/graph-page-gone"
    await net.get(graph_id, "hits", 400, cursor="nonsense")
    again = await net.get(graph_id, "authority", limit=5)
    assert again["version"] == 2
    wrong = await net.get(graph_id, "hits", 409, cursor=again["next_cursor"])
    assert wrong["type"] == "/problems/graph-page-gone"


async def test_hubs_point_at_authorities(net: Net):
    graph = random()
    graph_id = await net.put(graph, reverse=True)
    rows = await pages(net, graph_id, "hits", limit=50)
    hubs, authorities = nx.hits(to_networkx(graph), max_iter=10_000, tol=1e-14)
    assert {row["node"]: row["authority"] for row in rows} == pytest.approx(authorities, abs=1e-8)
    assert {row["node"]: row["hub"] for row in rows} == pytest.approx(hubs, abs=1e-8)
    assert rows[0]["authority"] == max(row["authority"] for row in rows)
    best = (await net.get(graph_id, "hits", sort="hub", limit=1))["data"][0]
    assert best["hub"] == max(row["hub"] for row in rows)


async def test_who_holds_communities_together(net: Net):
    """Two cliques, joined by a way over `m` alone."""
    sides = [[f"{side}{n}" for n in range(4)] for side in "xy"]
    cliques = [(one, other) for side in sides for one in side for other in side if one != other]
    ends = [*cliques, ("x0", "m"), ("m", "x0"), ("y0", "m"), ("m", "y0")]
    graph_id = await net.put(build(*zip(*ends, strict=True)))
    found = await net.get(graph_id, "bridges", samples=1_000)
    assert found["samples"] == 9
    assert {row["node"] for row in found["data"][:3]} == {"m", "x0", "y0"}
    exact = nx.betweenness_centrality(nx.DiGraph(ends))
    assert {row["node"]: row["betweenness"] for row in found["data"]} == pytest.approx(exact)
    by_part = await net.get(graph_id, "bridges", sort="participation", limit=1)
    assert by_part["data"][0]["node"] == "m"
    lonely = await net.put(build(["a"], ["b"], nodes=["a", "b", "c"]))
    rows = (await net.get(lonely, "bridges", sort="participation"))["data"]
    assert (rows[-1]["node"], rows[-1]["participation"]) == ("c", None)


async def test_who_opted_out_is_left_out_of_pages(net: Net):
    ayse = await influencer(net.client, "Ayse")
    graph_id = await net.put(build(["m", "n"], ["ayse", "ayse"]), reverse=True, platform="instagram")
    assert (await net.get(graph_id, "authority"))["data"][0]["influencer_id"] == ayse
    await net.client.post(f"/v1/influencers/{ayse}/opt-out", json={"reason": "asked"})
    for what in ("authority", "hits", "bridges"):
        assert {row["node"] for row in (await net.get(graph_id, what))["data"]} == {"m", "n"}
    members = await net.get(graph_id, "communities/members", community=0)
    assert {row["node"] for row in members["data"]} == {"m", "n"}
    assert members["size"] == 3


@pytest.mark.parametrize(
    ("what", "query", "path"),
    [
        ("authority", {"damping": 1.0}, "damping"),
        ("authority", {"direction": "up"}, "direction"),
        ("authority", {"limit": 1_000}, "limit"),
        ("hits", {"sort": "x"}, "sort"),
        ("bridges", {"samples": 0}, "samples"),
        ("communities/members", {"community": 9}, "community"),
        ("ego", {}, "node"),
        ("ego", {"node": "1", "influencer_id": "inf_1"}, "node"),
        ("ego", {"node": "999"}, "node"),
        ("ego", {"node": "1", "radius": 9}, "radius"),
    ],
)
async def test_bad_parameters(net: Net, what: str, query: dict, path: str):
    found = await net.get(await net.put(build([1], [2])), what, 400, **query)
    assert [error["path"] for error in found["errors"]] == [path]


async def test_a_graph_without_edges_says_so(net: Net):
    empty = await net.put(build([], []))
    fresh = (await net.client.post("/v1/graphs", json={"name": "Ağ", "kind": "follow"})).json()["id"]
    for graph_id in (empty, fresh):
        for what in ("authority", "hits", "bridges", "communities", "ego"):
            assert (await net.get(graph_id, what, 409))["type"] == "/problems/graph-empty"
        assert (await net.post(graph_id, "influence", 409, k=1))["type"] == "/problems/graph-empty"


async def test_a_graph_that_is_being_read_says_so(net: Net):
    made = (await net.client.post("/v1/graphs", json={"name": "Ağ", "kind": "follow"})).json()["id"]
    await net.client.post(f"/v1/graphs/{made}/edges", params={"filename": "a.csv"}, content=b"a,b\nb,c\n")
    waiting = await net.post(made, "influence", 409, k=1)
    assert (waiting["type"], waiting["detail"]) == ("/problems/graph-empty", "its edges are being read")
    assert (waiting["status"], waiting["graph_status"]) == (409, "building")
    await net.drain()
    assert (await net.get(made, "authority"))["nodes"] == 3
