"""Graphs that are made of the workspace's edges."""

import pytest

from service.discovery.graphs import deriving
from service.kit.db import Connection
from tests.service.discovery.api import influencer
from tests.service.discovery.desk import Desk
from tests.service.discovery.graphs.conftest import Shelf

AT = "2026-05-01T10:00:00Z"
ROWS = """src,dst,kind,weight,at,platform
ayse,bora,mention,1,2026-05-01,instagram
ayse,bora,mention,4,2024-05-01,instagram
cem,bora,follow,,,instagram
outsider,bora,mention,3,2026-06-01,instagram
outsider,cem,follow,,,tiktok
"""


@pytest.fixture
async def people(graphs: Shelf) -> dict[str, str]:
    desk = Desk(graphs.client, graphs.work)
    made = {name: await influencer(graphs.client, name) for name in ("Ayse", "Bora", "Cem")}
    await desk.take_in(ROWS)
    return made


async def labelled(graphs: Shelf, key: str) -> dict[tuple[str, str], float]:
    """Arcs by the labels of their ends."""
    names = {each["id"]: each["label"] for each in await graphs.nodes(key)}
    return {(names[a], names[b]): weight for (a, b), weight in (await graphs.arcs(key)).items()}


async def test_all_edges(graphs: Shelf, people: dict[str, str]):
    key = await graphs.make("mention", source="edges")
    assert (await graphs.get(key))["status"] == "building"
    await graphs.work()
    shown = await graphs.get(key)
    assert (shown["status"], shown["stale"], shown["version"]) == ("ready", False, 1)
    assert (shown["nodes"], shown["arcs"], shown["sources"][0]["lines"]) == (6, 4, 5)
    job = await graphs.job(shown["job_id"])
    assert job["result"] == {"graph_id": key, "edges": 5, "nodes": 6, "arcs": 4, "version": 1}
    assert await labelled(graphs, key) == {
        ("instagram:ayse", "instagram:bora"): 5.0,
        ("instagram:cem", "instagram:bora"): 1.0,
        ("instagram:outsider", "instagram:bora"): 3.0,
        ("tiktok:outsider", "tiktok:cem"): 1.0,
    }
    rows = {each["label"]: each["influencer_id"] for each in await graphs.nodes(key)}
    assert rows["instagram:bora"] == people["Bora"]
    assert rows["instagram:outsider"] is None
    assert await graphs.labels(key, q="OUTSIDER") == ["instagram:outsider", "tiktok:outsider"]
    assert await graphs.labels(key, q="instagram:b", sort="in_degree") == ["instagram:bora"]


@pytest.mark.parametrize(
    ("asked", "arcs"),
    [
        ({"kinds": ["follow"]}, {("instagram:cem", "instagram:bora"), ("tiktok:outsider", "tiktok:cem")}),
        ({"platforms": ["tiktok"]}, {("tiktok:outsider", "tiktok:cem")}),
        (
            {"kinds": ["mention"], "since": "2026-05-15T00:00:00Z"},
            {("instagram:outsider", "instagram:bora")},
        ),
        (
            {"kinds": ["follow"], "platforms": ["instagram"], "directed": False},
            {("instagram:cem", "instagram:bora"), ("instagram:bora", "instagram:cem")},
        ),
    ],
)
async def test_some_edges(graphs: Shelf, people: dict[str, str], asked: dict, arcs: set):
    key = await graphs.make(source="edges", **asked)
    await graphs.work()
    assert set(await labelled(graphs, key)) == arcs


async def test_no_edges(graphs: Shelf):
    key = await graphs.make(source="edges")
    await graphs.work()
    shown = await graphs.get(key)
    assert (shown["version"], shown["arcs"], shown["status"]) == (1, 0, "ready")
    answer = await graphs.client.get(f"/v1/graphs/{key}/nodes")
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/graph-empty")


async def test_new_edges_make_it_stale_until_it_is_refreshed(graphs: Shelf, people: dict[str, str]):
    key = await graphs.make(source="edges")
    await graphs.work()
    desk = Desk(graphs.client, graphs.work)
    await desk.post(people["Cem"], "one @ayse", published_at=AT)
    shown = await graphs.get(key)
    assert (shown["stale"], shown["arcs"]) == (True, 4)
    answer = await graphs.client.post(f"/v1/graphs/{key}/refresh")
    assert answer.status_code == 202
    again = await graphs.client.post(f"/v1/graphs/{key}/refresh")
    assert again.json() == answer.json()
    await graphs.work()
    shown = await graphs.get(key)
    assert (shown["stale"], shown["arcs"], shown["version"]) == (False, 5, 2)


async def test_files_and_edges_are_not_mixed(graphs: Shelf):
    derived, uploaded = await graphs.make(source="edges"), await graphs.make()
    answer = await graphs.client.post(f"/v1/graphs/{derived}/edges", content=b"a b\n")
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/graph-source")
    answer = await graphs.client.post(f"/v1/graphs/{uploaded}/refresh")
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/graph-source")


@pytest.mark.parametrize("how", ["opt-out", "erase"])
async def test_who_leaves_is_named_no_more(graphs: Shelf, people: dict[str, str], how: str):
    key = await graphs.make(source="edges")
    await graphs.work()
    await graphs.client.post(f"/v1/influencers/{people['Ayse']}/{how}", json={"reason": "asked"})
    assert "instagram:ayse" not in await graphs.labels(key)
    assert "ayse" not in (await graphs.export(key, "gexf")).text
    assert await graphs.labels(key, q="ayse") == []
    await graphs.work()
    assert (await graphs.get(key))["stale"]
    await graphs.client.post(f"/v1/graphs/{key}/refresh")
    await graphs.work()
    assert (await graphs.get(key))["nodes"] == 5


async def test_referrals_in_a_circle(graphs: Shelf):
    desk = Desk(graphs.client, graphs.work)
    await desk.take_in("src,dst,kind,platform\na.a,b.b,referral,x\nb.b,a.a,referral,x\n")
    key = await graphs.make("referral", source="edges", kinds=["referral"])
    await graphs.work()
    shown = await graphs.get(key)
    assert (shown["status"], shown["version"]) == ("failed", 0)
    error = (await graphs.job(shown["job_id"]))["error"]
    assert error["type"] == "/problems/referrals-no-forest"
    assert len(error["cycles"][0]) == 2


async def test_arcs_come_in_groups(
    graphs: Shelf, people: dict[str, str], owner: Connection, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(deriving, "GROUP", 1)
    key = await graphs.make(source="edges")
    await graphs.work()
    assert (await graphs.get(key))["arcs"] == 4
    monkeypatch.setattr(deriving, "MOST_EDGES", 4)
    await graphs.client.post(f"/v1/graphs/{key}/refresh")
    await graphs.work()
    error = (await graphs.job((await graphs.get(key))["job_id"]))["error"]
    assert (error["status"], error["limit"]) == (413, 4)
