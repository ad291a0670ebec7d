"""The resource: making, listing, changing; nodes and exports; who is named."""

import io
import json

import networkx as nx
import pytest

from graph.build import from_networkx
from service.discovery.graphs import exporting, reading
from service.discovery.graphs.cache import Graphs
from service.kit.db import Connection
from tests.service.discovery.api import influencer, made
from tests.service.discovery.graphs.conftest import Shelf


async def removed(graphs: Shelf, key: str, how: str) -> None:
    answer = await graphs.client.post(f"/v1/influencers/{key}/{how}", json={"reason": "asked"})
    assert answer.status_code < 300, answer.text


async def test_lists_in_pages_by_kind(graphs: Shelf):
    keys = [await graphs.make(kind) for kind in ("follow", "other", "follow")]
    page = (await graphs.client.get("/v1/graphs", params={"limit": 2})).json()
    assert [each["id"] for each in page["data"]] == [keys[2], keys[1]]
    rest = (await graphs.client.get("/v1/graphs", params={"cursor": page["next_cursor"]})).json()
    assert [each["id"] for each in rest["data"]] == [keys[0]]
    found = (await graphs.client.get("/v1/graphs", params={"kind": "follow"})).json()["data"]
    assert [each["id"] for each in found] == [keys[2], keys[0]]
    assert (await graphs.client.get("/v1/graphs", params={"kind": "love"})).status_code == 400


@pytest.mark.parametrize(
    ("kind", "orientation"),
    [
        ("follow", "hearer_to_heard"),
        ("mention", "hearer_to_heard"),
        ("collaboration", "heard_to_hearer"),
        ("referral", "heard_to_hearer"),
        ("other", "heard_to_hearer"),
    ],
)
async def test_what_arcs_mean(graphs: Shelf, kind: str, orientation: str):
    assert (await graphs.get(await graphs.make(kind)))["orientation"] == orientation
    other = orientation != "hearer_to_heard"
    shown = await graphs.get(await graphs.make(kind, reverse=other))
    assert (shown["reverse"], shown["orientation"] != orientation) == (other, True)


@pytest.mark.parametrize(
    ("fields", "paths"),
    [
        ({"kinds": ["follow"], "since": "2026-01-01T00:00:00Z"}, ["kinds", "since"]),
        ({"platforms": ["x"]}, ["platforms"]),
        ({"source": "edges", "platform": "x"}, ["platform"]),
        ({"kind": "referral", "directed": False}, ["directed"]),
        ({"name": " "}, ["name"]),
        ({"kind": "love"}, ["kind"]),
        ({"nodes": 5}, ["nodes"]),
    ],
)
async def test_fields_that_do_not_fit(graphs: Shelf, fields: dict, paths: list):
    answer = await graphs.client.post("/v1/graphs", json={"name": "Ağ", "kind": "other", **fields})
    assert answer.status_code == 400
    assert [each["path"] for each in answer.json()["errors"]] == paths


async def test_a_name_changes(graphs: Shelf):
    key = await graphs.make()
    answer = await graphs.client.patch(f"/v1/graphs/{key}", json={"name": "Yeni", "platform": "twitch"})
    assert (answer.status_code, answer.json()["name"], answer.json()["platform"]) == (200, "Yeni", "twitch")
    answer = await graphs.client.patch(f"/v1/graphs/{key}", json={"platform": None})
    assert (answer.json()["name"], answer.json()["platform"]) == ("Yeni", None)
    derived = await graphs.make(source="edges")
    answer = await graphs.client.patch(f"/v1/graphs/{derived}", json={"platform": "x"})
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/graph-fields")


async def test_nodes_have_degrees_and_an_order(graphs: Shelf):
    key = await graphs.make()
    await graphs.upload(key, "a b 2\nc b 0.5\nb d\nd b\nAB c\n")
    rows = {each["id"]: each for each in await graphs.nodes(key)}
    assert list(rows) == ["AB", "a", "b", "c", "d"]
    assert rows["b"] == {
        "id": "b",
        "label": "b",
        "influencer_id": None,
        "name": None,
        "category": None,
        "in_degree": 3,
        "out_degree": 1,
        "in_weight": 3.5,
        "out_weight": 1.0,
    }
    assert await graphs.labels(key, sort="in_degree", limit=2) == ["b", "c", "d", "AB", "a"]
    assert await graphs.labels(key, sort="out_degree") == ["AB", "a", "b", "c", "d"]
    assert await graphs.labels(key, q="B") == ["AB", "b"]
    assert await graphs.labels(key, q="b", sort="in_degree") == ["b", "AB"]
    assert await graphs.labels(key, q="zzz") == []
    for asked in ({"cursor": "nonsense"}, {"sort": "beauty"}, {"limit": 0}):
        assert (await graphs.client.get(f"/v1/graphs/{key}/nodes", params=asked)).status_code == 400


async def test_pages_go_on_in_their_version(graphs: Shelf, monkeypatch: pytest.MonkeyPatch):
    key = await graphs.make()
    await graphs.upload(key, "1 2\n2 3\n")
    first = (await graphs.client.get(f"/v1/graphs/{key}/nodes", params={"limit": 1})).json()
    await graphs.upload(key, "a b\n")
    assert await graphs.labels(key, cursor=first["next_cursor"]) == ["2", "3"]
    await graphs.upload(key, "c d\n")
    answer = await graphs.client.get(f"/v1/graphs/{key}/nodes", params={"cursor": first["next_cursor"]})
    assert answer.status_code == 200, "this process still holds it"
    monkeypatch.setattr(reading, "_CACHE", Graphs())
    answer = await graphs.client.get(f"/v1/graphs/{key}/nodes", params={"cursor": first["next_cursor"]})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/graph-changed")


async def test_numbers_are_found_by_their_digits(graphs: Shelf):
    key = await graphs.make()
    await graphs.upload(key, "12 5\n5 120\n")
    assert await graphs.labels(key, q="12") == ["12", "120"]


async def test_nodes_that_are_influencers(graphs: Shelf):
    ayse = await influencer(graphs.client, "Ayse", categories=["güzellik"])
    bora = await influencer(graphs.client, "Bora", platform="tiktok")
    key = await graphs.make(platform="instagram")
    await graphs.upload(key, f"@Ayse,bora\ntiktok:bora,{ayse}\nx:bora,ayse\n")
    rows = {each["id"]: each["influencer_id"] for each in await graphs.nodes(key)}
    assert rows == {
        "@Ayse": ayse,
        "ayse": ayse,
        ayse: ayse,
        "bora": None,
        "tiktok:bora": bora,
        "x:bora": None,
    }
    [row] = await graphs.nodes(key, q="@")
    assert (row["name"], row["category"]) == ("Ayse", "güzellik")
    await graphs.client.patch(f"/v1/graphs/{key}", json={"platform": "tiktok"})
    rows = {each["id"]: each["influencer_id"] for each in await graphs.nodes(key)}
    assert (rows["bora"], rows["ayse"], rows[ayse]) == (bora, None, ayse)


async def test_numbers_may_be_a_platform_s_own_ids(graphs: Shelf):
    account = {"platform": "twitch", "handle": "oyuncu", "platform_id": "77"}
    body = {"name": "Oyuncu", "accounts": [account]}
    key = (await made(graphs.client, "/v1/influencers", body))["id"]
    graph = await graphs.make(platform="twitch")
    await graphs.upload(graph, "77 5\n5 6\n")
    assert {each["id"]: each["influencer_id"] for each in await graphs.nodes(graph)}[77] == key


async def test_a_merged_profile_is_the_kept_one(graphs: Shelf):
    ayse, bora = await influencer(graphs.client, "Ayse"), await influencer(graphs.client, "Bora")
    key = await graphs.make(platform="instagram")
    await graphs.upload(key, f"{ayse},bora\nayse,x\n")
    await graphs.client.post("/v1/influencers/merge", json={"keep": bora, "merge": [ayse]})
    rows = {each["id"]: each["influencer_id"] for each in await graphs.nodes(key)}
    assert rows == {"ayse": bora, "bora": bora, ayse: bora, "x": None}


async def test_who_opts_out_is_shown_nowhere_and_comes_back(graphs: Shelf):
    ayse = await influencer(graphs.client, "Ayse")
    key = await graphs.make(platform="instagram")
    await graphs.upload(key, f"ayse,bora\nbora,cem\n{ayse},cem\n")
    await removed(graphs, ayse, "opt-out")
    assert await graphs.labels(key) == ["bora", "cem"]
    for format in ("graphml", "gexf", "json"):
        text = (await graphs.export(key, format)).text
        assert "ayse" not in text
        assert ayse not in text
        assert "bora" in text
    # A file that names it meanwhile is taken without it.
    other = await graphs.make(platform="instagram")
    result = await graphs.upload(other, "ayse,bora\nbora,cem\ninstagram:ayse,cem\n")
    assert (result["left_out"], result["nodes"], result["arcs"]) == (2, 2, 1)
    await removed(graphs, ayse, "opt-in")
    assert await graphs.labels(key) == sorted(["ayse", "bora", "cem", ayse])


async def test_the_erased_are_taken_out_with_their_arcs(graphs: Shelf, owner: Connection):
    ayse = await influencer(graphs.client, "Ayse")
    named, numbered, free = [await graphs.make(platform=one) for one in ("instagram", None, None)]
    await graphs.upload(named, "ayse,bora\nbora,cem\nayse,ay\x07se\n")
    await graphs.upload(named, f"{ayse},cem\n", mode="add")
    await graphs.upload(numbered, "1 2\n")
    await graphs.upload(free, f"bora cem\ninstagram:ayse bora\n{ayse} bora\ntiktok:ayse cem\n")
    job_id = (await graphs.get(named))["job_id"]
    await removed(graphs, ayse, "erase")
    assert await graphs.labels(named) == ["bora", "cem", ayse]
    await graphs.work()
    assert await graphs.arcs(named) == {("bora", "cem"): 1.0}
    assert await graphs.labels(free) == ["bora", "cem", "tiktok:ayse"]
    versions = [(await graphs.get(each))["version"] for each in (named, numbered, free)]
    assert versions == [3, 1, 2]
    data = await owner.fetch("select data from graph_arrays where name = 'texts'")
    assert all(b"instagram:ayse" not in row[0] and ayse.encode() not in row[0] for row in data)
    # What the file's refusals quoted is quoted no more.
    assert "refusals" not in (await graphs.job(job_id))["result"]
    result = await graphs.upload(named, "ayse,bora\ncem,bora\n")
    assert (result["left_out"], result["nodes"]) == (1, 2)


def same(one: nx.DiGraph, graphs_arcs: dict) -> bool:
    made = from_networkx(one)
    ids = made.nodes.tolist()
    ends = zip(made.sources().tolist(), made.indices.tolist(), made.weights.tolist(), strict=True)
    return {(ids[a], ids[b]): w for a, b, w in ends} == graphs_arcs


async def test_exports_are_read_by_others(graphs: Shelf):
    ayse = await influencer(graphs.client, "Ayse", categories=["güzellik"])
    key = await graphs.make(platform="instagram")
    await graphs.upload(key, 'ayse,"<b> & co",2\nışık,ayse,0.5\n')
    arcs = await graphs.arcs(key)
    for format, read, media in (
        ("graphml", lambda body: nx.parse_graphml(body.decode()), "application/graphml+xml; charset=utf-8"),
        ("gexf", lambda body: nx.read_gexf(io.BytesIO(body)), "application/gexf+xml; charset=utf-8"),
        ("json", lambda body: nx.node_link_graph(json.loads(body), edges="edges"), "application/json"),
    ):
        answer = await graphs.export(key, format)
        assert answer.headers["content-type"] == media
        assert answer.headers["content-disposition"] == f'attachment; filename="{key}-v1.{format}"'
        found = read(answer.content)
        assert same(found, arcs), format
        assert found.nodes["ayse"] == {"label": "ayse", "influencer_id": ayse, "category": "güzellik"}
        assert found.nodes["ışık"] == {"label": "ışık"}


@pytest.mark.parametrize("format", ["graphml", "gexf"])
@pytest.mark.parametrize("text", ["ayşe,bora,2\nbora,cem\nçağ,ayşe,0.125\n", "10 2\n2 9 3\n9 10\n"])
async def test_an_export_uploaded_again_makes_the_same_graph(graphs: Shelf, format: str, text: str):
    key, again = await graphs.make(), await graphs.make()
    await graphs.upload(key, text)
    result = await graphs.upload(again, (await graphs.export(key, format)).content)
    assert (result["refused"], result["lines"]) == ({}, 3)
    assert await graphs.arcs(again) == await graphs.arcs(key)


async def test_too_large_to_draw(graphs: Shelf, monkeypatch: pytest.MonkeyPatch):
    key = await graphs.make()
    await graphs.upload(key, "a b\nb c\n")
    monkeypatch.setattr(exporting, "MOST_DRAWN", 2)
    answer = await graphs.export(key, "json")
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/graph-too-large")
    assert answer.json()["limit"] == 2
    assert (await graphs.export(key, "gexf")).status_code == 200


async def test_a_ticket_opens_the_download(graphs: Shelf, anonymous):
    key = await graphs.make()
    await graphs.upload(key, "a b\n")
    path = f"/v1/graphs/{key}/export"
    ticket = (await made(graphs.client, "/v1/auth/tickets", {"path": path}))["ticket"]
    assert (await anonymous.get(path, params={"ticket": ticket, "format": "gexf"})).status_code == 200
    assert (await anonymous.get(path)).status_code == 401
