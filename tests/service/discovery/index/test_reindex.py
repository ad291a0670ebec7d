"""The search tables follow the profiles, and only where something is other than before."""

from typing import Any
from uuid import UUID

import pytest

from service.discovery.index import actions
from service.discovery.index.actions import rebuild, reindex
from service.kit import ids
from service.kit.db import Connection, Database
from service.kit.jobs import run_scheduled
from service.settings import Settings
from tests.service.discovery.people import put

ADA = {
    "name": "Ada Kaya",
    "categories": ["Moda", "a,b", 'c"d', "e\\f", "{g}"],
    "languages": ["tr"],
    "accounts": [
        {"platform": "x", "handle": "ada", "followers": 5},
        {"platform": "tiktok", "handle": "ada.t"},
    ],
}


async def _rows(db: Connection, workspace: UUID) -> list[Any]:
    return list(
        await db.fetch(
            "select *, xmin::text from influencer_search where workspace_id = $1 order by platform",
            workspace,
        )
    )


async def test_rows_are_what_the_profile_says(db: Connection, workspace: UUID) -> None:
    await put(db, workspace, {"ada": ADA})
    tiktok, x = await _rows(db, workspace)
    assert (tiktok["platform"], x["platform"]) == ("tiktok", "x")
    assert x["categories"] == ADA["categories"]
    assert 'g:c"d' in x["labels"]
    assert "g:e\\f" in x["labels"]
    assert (x["followers"], tiktok["followers"], x["siblings"]) == (5, -1, 2)


async def test_what_goes_leaves_no_row(db: Connection, workspace: UUID) -> None:
    people = await put(db, workspace, {"ada": ADA, "bora": {"accounts": []}})
    await db.execute(
        "delete from influencer_accounts where workspace_id = $1 and handle = 'ada.t'", workspace
    )
    await db.execute(
        "update influencers set archived_at = elci_now() where workspace_id = $1 and id = $2",
        workspace,
        people["bora"],
    )
    await reindex(db, workspace, list(people.values()))
    assert [(row["platform"], row["siblings"]) for row in await _rows(db, workspace)] == [("x", 1)]
    names = await db.fetch("select influencer_id from influencer_names where workspace_id = $1", workspace)
    assert [row[0] for row in names] == [people["ada"]]


async def test_erasure_takes_the_rows_along(db: Connection, workspace: UUID) -> None:
    people = await put(db, workspace, {"ada": ADA})
    await db.execute("delete from influencers where workspace_id = $1 and id = $2", workspace, people["ada"])
    assert await _rows(db, workspace) == []
    assert not await db.fetchval(
        "select exists (select from influencer_names where workspace_id = $1)", workspace
    )


async def test_unchanged_rows_are_not_written(database: Database) -> None:
    workspace = ids.new()
    async with database.transaction(workspace) as db:
        await db.execute("select entry.new_workspace($1, $2)", workspace, "x")
        people = await put(db, workspace, {"ada": ADA})
        before = await _rows(db, workspace)
    async with database.transaction(workspace) as db:
        await reindex(db, workspace, [people["ada"]])
        assert await _rows(db, workspace) == before
        await db.execute(
            "update influencer_accounts set followers = 6 where workspace_id = $1 and handle = 'ada'",
            workspace,
        )
        await reindex(db, workspace, [people["ada"]])
        after = await _rows(db, workspace)
    assert [one["xmin"] == other["xmin"] for one, other in zip(before, after, strict=True)] == [
        True,
        False,
    ]


async def test_a_rebuild_makes_everything_anew(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "BATCH", 3)
    workspace = ids.new()
    async with database.transaction(workspace) as db:
        await db.execute("select entry.new_workspace($1, $2)", workspace, "x")
        await put(db, workspace, {f"p{number}": {"accounts": []} for number in range(7)})
        await db.execute("delete from influencer_search where workspace_id = $1", workspace)
        await db.execute(
            "update influencer_names set keys = '{}', digest = 0 where workspace_id = $1", workspace
        )
    assert await rebuild(database, workspace) == 7
    async with database.transaction(workspace) as db:
        assert len(await _rows(db, workspace)) == 7
        keys = await db.fetch("select keys from influencer_names where workspace_id = $1", workspace)
    assert sorted(row[0][0] for row in keys) == [f"p{number}" for number in range(7)]


async def test_nothing_to_do_is_nothing_done(db: Connection, workspace: UUID) -> None:
    await reindex(db, workspace, [])
    await reindex(db, workspace, [ids.new()])
    assert await _rows(db, workspace) == []


async def test_merged_profiles_are_found_as_one(client) -> None:
    made = []
    for name, handle in (("Ada Kaya", "adakaya"), ("Ada K.", "ada.k")):
        profile = {"name": name, "accounts": [{"platform": "x" if made else "tiktok", "handle": handle}]}
        made.append((await client.post("/v1/influencers", json=profile)).json()["id"])
    merged = await client.post("/v1/influencers/merge", json={"keep": made[0], "merge": [made[1]]})
    assert merged.status_code in (200, 201), merged.text
    for query in ("adakaya", "ada.k"):
        page = (await client.post("/v1/search/influencers", json={"query": query})).json()
        assert [found["id"] for found in page["data"]] == [made[0]]


async def test_prices_follow_the_calendar_and_the_currency(database: Database, settings: Settings) -> None:
    workspace = ids.new()
    person = {"accounts": [{"platform": "x", "handle": "ada", "views": 100.0}], "rates": {"x": (500, "TRY")}}
    async with database.transaction(workspace) as db:
        await db.execute("select entry.new_workspace($1, $2)", workspace, "x")
        await put(db, workspace, {"ada": person})
        await db.execute("update influencer_rates set amount = 300 where workspace_id = $1", workspace)

    async def prices() -> tuple[int | None, str]:
        await run_scheduled(settings, database, "discovery.refresh_prices")
        async with database.transaction(workspace) as db:
            [row] = await _rows(db, workspace)
        return row["price"], row["currency"]

    async def change(statement: str) -> None:
        async with database.transaction(workspace) as db:
            await db.execute(statement, workspace)

    assert await prices() == (500, "TRY"), "nothing has happened by the calendar"
    await change("update influencer_rates set valid_from = current_date where workspace_id = $1")
    assert await prices() == (300, "TRY")
    await change("update influencer_rates set valid_from = current_date - 9 where workspace_id = $1")
    await change("update influencer_rates set valid_to = current_date - 1 where workspace_id = $1")
    assert await prices() == (None, "TRY")
    await change("update influencer_rates set valid_to = null, currency = 'USD' where workspace_id = $1")
    await change("update workspaces set currency = 'USD' where id = $1")
    assert await prices() == (300, "USD")
