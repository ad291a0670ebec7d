"""Edges that are read from posts, and what becomes of them."""

from uuid import UUID

import pytest

from service.discovery.edges import jobs
from service.discovery.edges.following import look_again
from service.kit.db import Database
from tests.service.discovery.api import influencer
from tests.service.discovery.desk import Desk

AT = "2026-05-01T10:00:00Z"


@pytest.fixture
async def people(desk: Desk) -> dict[str, str]:
    return {name: await influencer(desk.client, name) for name in ("Ayse", "Bora", "Cem")}


async def test_captions_make_mentions_once(desk: Desk, people: dict[str, str]):
    await desk.post(people["Ayse"], "one @bora and @Bora, @nobody.here", "two @bora", published_at=AT)
    assert await desk.said(people["Bora"]) == [("in", "mention", "ayse")] * 2
    rows = await desk.edges(people["Ayse"])
    assert {(row["other"]["handle"], row["direction"]) for row in rows} == {
        ("bora", "out"),
        ("nobody.here", "out"),
    }
    assert all(row["post_id"].startswith("pst_") and row["source"] == "posts" for row in rows)
    assert {row["at"] for row in rows} == {AT}
    await desk.post(people["Ayse"], "one @bora and @Bora, @nobody.here", published_at=AT)
    assert len(await desk.edges(people["Ayse"])) == len(rows)


async def test_batches_leave_no_one_out(desk: Desk, people: dict[str, str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(jobs, "BATCH", 1)
    for name in people:
        posts = [{"platform_id": "one", "caption": "@somebody", "published_at": AT}]
        await desk.client.post(f"/v1/influencers/{people[name]}/posts", json={"posts": posts})
    assert (await desk.summary())["waiting"] == 3
    await desk.work()
    shown = await desk.summary()
    assert (shown["waiting"], shown["graph"]["stale"], shown["graph"]["arcs"]) == (0, False, 3)
    assert [row["from_posts"] for row in shown["counts"]] == [3]


async def test_mentions_in_a_file_of_posts(desk: Desk, people: dict[str, str]):
    rows = f"platform,username,post id,date,caption\ninstagram,ayse,p1,{AT},Bugün @bora ile\n"
    assert (await desk.take_in(rows, kind="posts"))["counts"]["created"] == 1
    assert await desk.said(people["Bora"]) == [("in", "mention", "ayse")]


async def test_a_changed_caption_changes_its_edges(desk: Desk, people: dict[str, str]):
    await desk.post(people["Ayse"], "one @bora", published_at=AT)
    await desk.post(people["Ayse"], "one @cem", published_at=AT)
    assert await desk.said(people["Bora"]) == []
    assert await desk.said(people["Cem"]) == [("in", "mention", "ayse")]


async def test_paid_posts_tag_whom_they_work_with(desk: Desk, people: dict[str, str]):
    await desk.post(people["Ayse"], "one @bora #reklam", published_at=AT, sponsored=True)
    assert await desk.said(people["Bora"]) == [("in", "collaboration", "ayse")]


async def test_no_one_mentions_oneself(desk: Desk, people: dict[str, str]):
    await desk.post(people["Ayse"], "one @ayse @AYŞE", published_at=AT)
    assert [row for row in await desk.edges(people["Ayse"]) if row["other"]["handle"] == "ayse"] == []


async def test_sentences_are_no_handles(desk: Desk, people: dict[str, str]):
    post = {"platform_id": "x", "published_at": AT, "mentions": ["Bora", "not a handle!", "@"]}
    await desk.client.post(f"/v1/influencers/{people['Ayse']}/posts", json={"posts": [post]})
    await desk.work()
    assert await desk.said(people["Ayse"]) == [("out", "mention", "bora")]


async def test_who_opts_out_is_seen_nowhere_and_comes_back(desk: Desk, people: dict[str, str]):
    await desk.post(people["Ayse"], "one @bora", published_at=AT)
    await desk.post(people["Cem"], "two @ayse", published_at=AT)
    path = f"/v1/influencers/{people['Ayse']}"
    assert (await desk.client.post(f"{path}/opt-out", json={"reason": "asked"})).status_code == 200
    await desk.work()
    assert await desk.said(people["Bora"]) == []
    assert await desk.said(people["Cem"]) == []
    made = await desk.take_in("src,dst,kind,platform\nayse,cem,mention,instagram\n")
    assert (made["counts"]["suppressed"], made["counts"]["created"]) == (1, 0)
    # Others' posts are read again meanwhile: what they say of it stays unseen, and is not lost.
    await desk.post(people["Cem"], "three @ayse", published_at=AT)
    assert await desk.said(people["Cem"]) == []
    assert (await desk.client.post(f"{path}/opt-in", json={"reason": "asked"})).status_code == 200
    await desk.work()
    assert await desk.said(people["Bora"]) == [("in", "mention", "ayse")]
    assert await desk.said(people["Cem"]) == [("out", "mention", "ayse")] * 2


async def test_who_is_erased_leaves_no_node_and_no_edge(desk: Desk, people: dict[str, str], owner):
    await desk.post(people["Ayse"], "one @bora", published_at=AT)
    await desk.post(people["Cem"], "two @ayse", published_at=AT)
    assert (await desk.client.post(f"/v1/influencers/{people['Ayse']}/erase", json={})).status_code == 200
    await desk.work()
    assert await desk.said(people["Bora"]) == []
    assert await desk.said(people["Cem"]) == []
    # Whose handle stands in somebody's new caption does not come back by that.
    await desk.post(people["Cem"], "three @ayse", published_at=AT)
    assert await desk.said(people["Cem"]) == []
    assert await owner.fetchval("select count(*) from edge_nodes where handle_folded = 'ayse'") == 0
    assert await owner.fetchval("select count(*) from edges") == 0


async def test_a_merge_keeps_the_edges_of_both(desk: Desk, people: dict[str, str]):
    await desk.post(people["Ayse"], "one @bora", published_at=AT)
    await desk.post(people["Cem"], "two @bora", published_at=AT)
    body = {"keep": people["Ayse"], "merge": [people["Cem"]]}
    assert (await desk.client.post("/v1/influencers/merge", json=body)).status_code == 200
    await desk.work()
    assert await desk.said(people["Ayse"]) == [("out", "mention", "bora")] * 2
    assert {row["other"]["influencer_id"] for row in await desk.edges(people["Bora"])} == {people["Ayse"]}


async def test_a_long_transaction_keeps_no_one_waiting(
    desk: Desk, people: dict[str, str], database: Database, workspace_of: UUID
):
    """What an import of minutes has asked for must not hold the next one that asks for the same."""
    async with database.transaction(workspace_of) as db:
        await look_again(db, workspace_of)
        answer = await desk.client.patch(f"/v1/influencers/{people['Ayse']}", json={"city": "TR-06"})
        assert answer.status_code == 200
