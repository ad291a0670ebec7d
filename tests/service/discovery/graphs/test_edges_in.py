"""Files of edges over HTTP."""

import asyncio
import gzip

import httpx
import pytest

from service.discovery.graphs import parsing
from service.kit.db import Connection, Database
from service.kit.jobs import run_queued
from tests.service.discovery.graphs.conftest import Shelf

ROWS = """source,target,weight
ayşe,bora,2
bora,cem,1
ayşe,bora,3
cem,cem,1
ayşe,cem,-1
dünya,,1
ayşe,bora,çok
"""


async def test_a_new_graph_is_empty(graphs: Shelf):
    key = await graphs.make("follow", name="Takipler")
    shown = await graphs.get(key)
    assert shown | {"created_at": 0, "updated_at": 0} == {
        "id": key,
        "name": "Takipler",
        "kind": "follow",
        "directed": True,
        "source": "upload",
        "orientation": "hearer_to_heard",
        "reverse": True,
        "platform": None,
        "kinds": [],
        "platforms": [],
        "since": None,
        "status": "empty",
        "stale": False,
        "version": 0,
        "nodes": 0,
        "arcs": 0,
        "loops": 0,
        "refused": {},
        "sources": [],
        "job_id": None,
        "built_at": None,
        "created_at": 0,
        "updated_at": 0,
    }
    for path in ("nodes", "export"):
        answer = await graphs.client.get(f"/v1/graphs/{key}/{path}")
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/graph-empty")


async def test_a_file_becomes_the_graph_and_says_what_became_of_its_lines(graphs: Shelf):
    key = await graphs.make()
    job_id = await graphs.send(key, ROWS, filename="kenarlar.csv")
    assert (await graphs.get(key))["status"] == "building"
    await graphs.work()
    job = await graphs.job(job_id)
    assert (job["kind"], job["status"]) == ("discovery.read_edges", "succeeded")
    assert job["progress"] == {"done": 7, "total": 7}
    assert job["result"] == {
        "graph_id": key,
        "lines": 7,
        "refused": {"negative": 1, "missing": 1, "no_number": 1},
        "refusals": [
            {"row": 6, "column": "weight", "value": "-1", "reason": "negative"},
            {"row": 7, "column": "target", "value": "", "reason": "missing"},
            {"row": 8, "column": "weight", "value": "çok", "reason": "no_number"},
        ],
        "loops": 1,
        "parallel": 1,
        "left_out": 0,
        "nodes": 3,
        "arcs": 2,
        "version": 1,
        "dry_run": False,
    }
    shown = await graphs.get(key)
    assert (shown["status"], shown["version"], shown["nodes"], shown["arcs"]) == ("ready", 1, 3, 2)
    assert (shown["loops"], shown["refused"]["negative"], shown["job_id"]) == (1, 1, job_id)
    assert [(each["filename"], each["lines"]) for each in shown["sources"]] == [("kenarlar.csv", 7)]
    assert await graphs.arcs(key) == {("ayşe", "bora"): 5.0, ("bora", "cem"): 1.0}


async def test_what_was_uploaded_is_not_kept(graphs: Shelf, owner: Connection):
    key = await graphs.make()
    await graphs.upload(key, ROWS)
    await graphs.failed(key, b"\xff\xfe\xff")
    assert await owner.fetchval("select count(*) from graph_uploads") == 0
    assert await owner.fetchval("select count(*) from graph_chunks") == 0


async def test_files_replace_or_add(graphs: Shelf):
    key = await graphs.make()
    await graphs.upload(key, "a b\nb c\n")
    await graphs.upload(key, "c d\na b 4\n", mode="add")
    assert await graphs.arcs(key) == {("a", "b"): 5.0, ("b", "c"): 1.0, ("c", "d"): 1.0}
    shown = await graphs.get(key)
    assert (shown["version"], len(shown["sources"])) == (2, 2)
    await graphs.upload(key, "1 2\n", mode="add")
    assert (await graphs.arcs(key))["1", "2"] == 1.0
    await graphs.upload(key, "1 2\n")
    assert await graphs.arcs(key) == {(1, 2): 1.0}
    assert len((await graphs.get(key))["sources"]) == 1


@pytest.mark.parametrize("limit", ["MOST_EDGES", "MOST_ID_BYTES"])
async def test_what_is_added_is_held_to_what_one_file_is(
    graphs: Shelf, monkeypatch: pytest.MonkeyPatch, limit: str
):
    key = await graphs.make()
    await graphs.upload(key, "a b\nb c\n")
    monkeypatch.setattr(f"graph.collecting.{limit}", {"MOST_EDGES": 1, "MOST_ID_BYTES": 8}[limit])
    error = await graphs.failed(key, "c d\n", mode="add")
    assert error["type"] == "/problems/graph-too-large"
    assert (await graphs.get(key))["arcs"] == 2


async def test_a_dry_run_changes_nothing(graphs: Shelf):
    key = await graphs.make()
    result = await graphs.upload(key, ROWS, dry_run=True)
    assert (result["arcs"], result["version"], result["dry_run"]) == (2, None, True)
    shown = await graphs.get(key)
    assert (shown["version"], shown["status"], shown["sources"]) == (0, "empty", [])


async def test_only_known_ids(graphs: Shelf):
    key = await graphs.make()
    error = await graphs.failed(key, "a b\n", closed=True)
    assert (error["status"], error["type"]) == (409, "/problems/graph-empty")
    await graphs.upload(key, "a b\nb c\n")
    result = await graphs.upload(key, "c a\na x\n", closed=True)
    assert result["refusals"] == [{"row": 2, "column": "target", "value": "x", "reason": "unknown_id"}]
    assert await graphs.labels(key) == ["a", "b", "c"]
    assert await graphs.arcs(key) == {("c", "a"): 1.0}


@pytest.mark.parametrize(
    ("directed", "asked", "arcs"), [(True, {}, 1), (True, {"undirected": True}, 2), (False, {}, 2)]
)
async def test_direction(graphs: Shelf, directed: bool, asked: dict, arcs: int):
    key = await graphs.make(directed=directed)
    assert (await graphs.upload(key, "a b\n", **asked))["arcs"] == arcs
    text = (
        '<gexf><graph defaultedgetype="directed"><edges><edge source="a" target="b"/></edges></graph></gexf>'
    )
    assert (await graphs.upload(key, text, **asked))["arcs"] == arcs


async def test_weights_never_sum_to_what_is_no_number(graphs: Shelf):
    key = await graphs.make()
    made = await graphs.upload(key, "1 2 1e308\n1 2 1e308\n2 3 999999999999999\n2 3 99999999999999999\n")
    assert (made["refused"], made["arcs"]) == ({"too_large": 3}, 1)
    for path in ("ego?node=2", "authority", "communities", "export?format=json"):
        assert (await graphs.client.get(f"/v1/graphs/{key}/{path}")).status_code == 200
    assert (await graphs.nodes(key))[0]["out_weight"] == 999999999999999


async def test_lines_before_the_edges(graphs: Shelf):
    key = await graphs.make()
    assert (await graphs.upload(key, "3 2\n0 1\n1 2\n", skip=1))["lines"] == 2


@pytest.mark.parametrize("format", ["auto", "graphml"])
@pytest.mark.parametrize("zipped", [False, True])
async def test_xml_is_known_by_its_first_bytes(graphs: Shelf, format: str, zipped: bool):
    text = (
        '\ufeff<?xml version="1.0"?>\n<graphml><graph edgedefault="directed"><node id="n1"><data key="l">Ayşe'
        '</data></node><node id="n2"/><edge source="n1" target="n2"/></graph></graphml>'
    ).replace("<graph ", '<key id="l" for="node" attr.name="label"/><graph ')
    body = gzip.compress(text.encode()) if zipped else text.encode()
    key = await graphs.make()
    await graphs.upload(key, body, format=format)
    assert await graphs.labels(key) == ["n1", "n2"]
    await graphs.upload(key, body, format=format, names="label")
    assert await graphs.labels(key) == ["Ayşe", "n2"]


async def test_a_form_s_file(graphs: Shelf):
    key = await graphs.make()
    answer = await graphs.client.post(f"/v1/graphs/{key}/edges", files={"file": ("a.csv", b"a,b\n")})
    assert answer.status_code == 202
    await graphs.work()
    assert (await graphs.get(key))["sources"][0]["filename"] == "a.csv"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"# nothing\n", "no_edges"),
        (b"1\n2\n", "no_edges"),
        (b"PK\x03\x04\x00\x00", "no_edges"),
        ("\ufeffa\tb\n".encode("utf-16-le"), "bad_stream"),
        (b"a b\n\xff\xfe\n", "bad_stream"),
        (gzip.compress(b"a b\n" * 9, mtime=0)[:-8], "bad_stream"),
        (b"\x1f\x8bnothing", "bad_stream"),
        (b"<gexf><graph>", "bad_xml"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><gexf>&b;</gexf>', "bad_xml"),
        (b"<html></html>", "bad_xml"),
    ],
)
async def test_what_is_no_file_of_edges(graphs: Shelf, content: bytes, code: str):
    key = await graphs.make()
    await graphs.upload(key, "a b\n")
    error = await graphs.failed(key, content)
    assert (error["status"], error["type"], error["code"]) == (400, "/problems/unreadable-edges", code)
    shown = await graphs.get(key)
    assert (shown["version"], shown["status"], shown["arcs"]) == (1, "ready", 1)
    empty = await graphs.make()
    await graphs.failed(empty, content)
    assert (await graphs.get(empty))["status"] == "failed"


async def test_a_file_without_a_single_edge_says_why_each_line_is_none(graphs: Shelf):
    error = await graphs.failed(await graphs.make(), "ayse,\nbora,cem,-1\n")
    assert error["refused"] == {"missing": 1, "negative": 1}
    assert error["refusals"][1] == {"row": 2, "column": "weight", "value": "-1", "reason": "negative"}


async def test_too_large(graphs: Shelf, monkeypatch: pytest.MonkeyPatch):
    key = await graphs.make()
    read = parsing.edgelists.read
    monkeypatch.setattr(parsing.edgelists, "read", lambda *a, **k: read(*a, **k, most_edges=2))
    error = await graphs.failed(key, "a b\nb c\nc d\n")
    assert (error["status"], error["type"], error["detail"]) == (
        413,
        "/problems/graph-too-large",
        "more than 2 edges",
    )


@pytest.mark.parametrize(
    ("asked", "content", "status", "slug"),
    [
        ({}, b"", 400, "empty-upload"),
        ({"format": "xlsx"}, b"a b\n", 400, "invalid-input"),
        ({"skip": -1}, b"a b\n", 400, "invalid-input"),
        ({"mode": "merge"}, b"a b\n", 400, "invalid-input"),
        ({"closed": True, "names": "label"}, b"a b\n", 400, "graph-fields"),
    ],
)
async def test_what_is_refused_at_once(graphs: Shelf, asked: dict, content: bytes, status: int, slug: str):
    key = await graphs.make()
    answer = await graphs.client.post(f"/v1/graphs/{key}/edges", params=asked, content=content)
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{slug}"), answer.text
    assert (await graphs.get(key))["job_id"] is None


async def test_a_body_beyond_the_limit(graphs: Shelf, app, settings, monkeypatch: pytest.MonkeyPatch):
    import msgspec

    key = await graphs.make()
    monkeypatch.setattr(app.state, "settings", msgspec.structs.replace(settings, max_upload=1_000))
    answer = await graphs.client.post(f"/v1/graphs/{key}/edges", content=b"a b\n" * 1_000)
    assert (answer.status_code, answer.json()["limit"]) == (413, 1_000)


@pytest.mark.parametrize(
    ("reverse", "content", "cycles", "twice"),
    [
        (False, "a b\nb c\nc a\n", [["a", "b", "c"]], []),
        (False, "a c\nb c\n", [], ["c"]),
        (True, "c a\nc b\n", [], ["c"]),
        (True, "b a\na b\n", [["a", "b"]], []),
    ],
)
async def test_referrals_are_trees(graphs: Shelf, reverse: bool, content: str, cycles: list, twice: list):
    key = await graphs.make("referral", reverse=reverse)
    good = "b a\nc a\n" if reverse else "a b\na c\n"
    assert (await graphs.upload(key, good))["arcs"] == 2
    error = await graphs.failed(key, content)
    assert error["type"] == "/problems/referrals-no-forest"
    assert [sorted(each) for each in error["cycles"]] == cycles
    assert error["twice"] == twice
    assert (await graphs.get(key))["version"] == 1


async def test_referrals_that_are_added_must_fit_the_others(graphs: Shelf):
    key = await graphs.make("referral")
    await graphs.upload(key, "a b\nb c\n")
    error = await graphs.failed(key, "c a\n", mode="add")
    assert len(error["cycles"][0]) == 3
    assert (await graphs.upload(key, "c a\n"))["arcs"] == 1


async def test_a_job_that_is_cancelled_leaves_the_graph_as_it_was(
    graphs: Shelf, database: Database, settings, owner: Connection, monkeypatch: pytest.MonkeyPatch
):
    key = await graphs.make()
    await graphs.upload(key, "a b\n")
    monkeypatch.setattr(parsing.edgelists, "EVERY", 1_000)
    job_id = await graphs.send(key, b"1 2\n" * 2_000_000 + b"x y\n")
    running = asyncio.create_task(run_queued(settings, database))
    for _ in range(200):
        if (await graphs.job(job_id))["status"] == "running":
            break
        await asyncio.sleep(0.01)
    await graphs.client.delete(f"/v1/jobs/{job_id}")
    await running
    assert (await graphs.job(job_id))["status"] == "cancelled"
    assert (await graphs.get(key))["version"] == 1
    assert await owner.fetchval("select count(*) from graph_chunks") == 0


async def test_files_for_one_graph_come_one_after_the_other(graphs: Shelf, database: Database, settings):
    key = await graphs.make()
    for name in "abcd":
        await graphs.send(key, f"{name} x\n", mode="add")
    await asyncio.gather(*(run_queued(settings, database) for _ in range(3)))
    shown = await graphs.get(key)
    assert (shown["version"], shown["arcs"], len(shown["sources"])) == (4, 4, 4)


async def test_a_graph_that_is_deleted_takes_its_job_along(graphs: Shelf, owner: Connection):
    key = await graphs.make()
    await graphs.upload(key, "a b\n")
    job_id = await graphs.send(key, "a b\n")
    assert (await graphs.client.delete(f"/v1/graphs/{key}")).status_code == 204
    await graphs.work()
    assert (await graphs.job(job_id))["status"] == "cancelled"
    assert (await graphs.client.get(f"/v1/graphs/{key}")).status_code == 404
    for table in ("graph_arrays", "graph_uploads", "graph_chunks"):
        assert await owner.fetchval(f"select count(*) from {table}") == 0


async def test_what_is_broken_off_is_swept(graphs: Shelf, owner: Connection, database: Database, settings):
    from service.kit.jobs import run_scheduled

    key = await graphs.make()

    async def body():
        yield b"a b\n" * 200_000
        raise RuntimeError

    answer = await graphs.client.post(f"/v1/graphs/{key}/edges", content=body())
    assert answer.status_code == 500
    assert await owner.fetchval("select count(*) from graph_chunks") == 0
    await owner.execute(
        """insert into graph_uploads (workspace_id, id, graph_id, options, created_at)
           select workspace_id, gen_random_uuid(), id, '{}', now() - interval '7 hours' from graphs"""
    )
    await run_scheduled(settings, database, "discovery.sweep_graphs")
    assert (
        await owner.fetchval("select count(*) from graph_uploads where created_at < now() - interval '1 h'")
        == 0
    )


async def test_strangers(graphs: Shelf, other_client: httpx.AsyncClient):
    key = await graphs.make()
    answer = await other_client.post(f"/v1/graphs/{key}/edges", content=b"a b\n")
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/graph-not-found")
    unknown = "gra_" + "0" * 26
    for method, path in (
        ("GET", ""),
        ("PATCH", ""),
        ("DELETE", ""),
        ("POST", "/refresh"),
        ("GET", "/export"),
    ):
        answer = await graphs.client.request(method, f"/v1/graphs/{unknown}{path}", json={})
        assert answer.status_code == 404, (method, path)
