"""Pictures through the API: of a graph's node, and of an influencer in the workspace's own edges."""

from math import hypot

import pytest

from graph.build import build
from tests.service.discovery.api import influencer
from tests.service.discovery.computations.conftest import Drain, Net
from tests.service.discovery.desk import Desk


async def test_the_surroundings_of_a_node(net: Net):
    graph = build(["a", "b", "c", "x", "c"], ["b", "c", "a", "y", "d"], [1, 1, 5, 1, 2])
    graph_id = await net.put(graph)
    found = await net.get(graph_id, "ego", node="a")
    assert (found["center"], found["left_out"]) == ("a", 0)
    assert [(each["node"], each["step"]) for each in found["nodes"]] == [("a", 0), ("c", 1), ("b", 1)]
    assert (found["nodes"][0]["x"], found["nodes"][0]["y"]) == (0.0, 0.0)
    assert max(hypot(each["x"], each["y"]) for each in found["nodes"]) == pytest.approx(1, abs=1e-4)
    names = [each["node"] for each in found["nodes"]]
    arcs = {(names[e["source"]], names[e["target"]], e["weight"]) for e in found["edges"]}
    assert arcs == {("a", "b", 1.0), ("b", "c", 1.0), ("c", "a", 5.0)}
    wider = await net.get(graph_id, "ego", node="a", radius=2)
    assert {each["node"] for each in wider["nodes"]} == {"a", "b", "c", "d"}
    small = await net.get(graph_id, "ego", node="a", radius=2, limit=2)
    assert ([each["node"] for each in small["nodes"]], small["left_out"]) == (["a", "c"], 1)


async def test_the_surroundings_of_an_influencer_s_node(net: Net):
    ayse = await influencer(net.client, "Ayse", categories=["beauty"])
    gone = await influencer(net.client, "Bora")
    graph_id = await net.put(build(["ayse", "bora", "cem"], ["bora", "cem", "ayse"]), platform="instagram")
    await net.client.post(f"/v1/influencers/{gone}/opt-out", json={"reason": "asked"})
    found = await net.get(graph_id, "ego", influencer_id=ayse)
    assert [each["node"] for each in found["nodes"]] == ["ayse", "cem"]
    first = found["nodes"][0]
    assert (first["influencer_id"], first["category"], first["platform"]) == (ayse, "beauty", "instagram")
    assert found["edges"] == [{"source": 1, "target": 0, "weight": 1.0}]
    assert found["left_out"] == 1
    assert (await net.get(graph_id, "ego", 400, node="bora"))["unknown"] == ["bora"]
    assert (await net.get(graph_id, "ego", 400, influencer_id=gone))["unknown"] == [gone]


EDGES = """src,dst,kind,platform,weight
ayse,bora,mention,instagram,3
cem,ayse,mention,instagram,2
bora,cem,follow,instagram,1
cem,deniz,mention,instagram,4
ayse.tt,elif,collaboration,tiktok,1
"""


async def test_the_network_of_an_influencer(net: Net, drain: Drain):
    ayse = await influencer(net.client, "Ayse", categories=["beauty"])
    bora = await influencer(net.client, "Bora")
    account = {"platform": "tiktok", "handle": "ayse.tt"}
    assert (await net.client.post(f"/v1/influencers/{ayse}/accounts", json=account)).status_code == 201
    made = await Desk(net.client, drain).take_in(EDGES)
    assert made["counts"]["created"] == 5, made
    found = (await net.client.get(f"/v1/influencers/{ayse}/network")).json()
    assert found["nodes"][0]["node"] == found["nodes"][0]["influencer_id"] == ayse
    assert [(n["label"], n["step"]) for n in found["nodes"][1:]] == [
        ("instagram:bora", 1),
        ("instagram:cem", 1),
        ("tiktok:elif", 1),
    ]
    assert found["nodes"][1]["influencer_id"] == bora
    names = [each["label"] for each in found["nodes"]]
    arcs = {(names[e["source"]], names[e["target"]], e["weight"]) for e in found["edges"]}
    assert arcs == {
        ("Ayse", "instagram:bora", 3.0),
        ("instagram:cem", "Ayse", 2.0),
        ("instagram:bora", "instagram:cem", 1.0),
        ("Ayse", "tiktok:elif", 1.0),
    }
    wide = (await net.client.get(f"/v1/influencers/{ayse}/network", params={"radius": 2})).json()
    assert [n["label"] for n in wide["nodes"] if n["step"] == 2] == ["instagram:deniz"]
    only = (await net.client.get(f"/v1/influencers/{ayse}/network", params={"kind": "collaboration"})).json()
    assert [n["label"] for n in only["nodes"]] == ["Ayse", "tiktok:elif"]
    few = (await net.client.get(f"/v1/influencers/{ayse}/network", params={"limit": 2})).json()
    assert ([n["label"] for n in few["nodes"]], few["left_out"]) == (["Ayse", "instagram:bora"], 2)


async def test_nobody_is_around_who_opted_out(net: Net, drain: Drain):
    ayse = await influencer(net.client, "Ayse")
    bora = await influencer(net.client, "Bora")
    await Desk(net.client, drain).take_in(EDGES)
    await net.client.post(f"/v1/influencers/{bora}/opt-out", json={"reason": "asked"})
    found = (await net.client.get(f"/v1/influencers/{ayse}/network")).json()
    assert [n["label"] for n in found["nodes"]] == ["Ayse", "instagram:cem"]
    assert (await net.client.get(f"/v1/influencers/{bora}/network")).json()["nodes"] == []
    lonely = await influencer(net.client, "Lonely")
    alone = (await net.client.get(f"/v1/influencers/{lonely}/network")).json()
    assert [n["label"] for n in alone["nodes"]] == ["Lonely"]
