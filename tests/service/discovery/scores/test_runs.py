"""Runs: pages of one ranking agree, whatever happens between them; and they end."""

from datetime import timedelta
from uuid import UUID

import httpx
import pytest

from scoring.model import Model
from service.discovery.briefs.store import get_brief
from service.discovery.models import ranker
from service.discovery.scores import actions
from service.discovery.scores import store as scores_store
from service.discovery.search.filters import Filters
from service.kit import ids, paging
from service.kit.db import Connection, Database
from service.kit.jobs import run_scheduled
from service.settings import Settings
from tests.service.discovery.api import Json, brief, ids_of, influencer, scores


async def some(client: httpx.AsyncClient, number: int) -> list[str]:
    """Influencers, the best first."""
    return [await influencer(client, f"Person {at}", er=0.09 - at * 0.005) for at in range(number)]


async def rest(client: httpx.AsyncClient, brief_id: str, page: Json, **request: object) -> list[str]:
    """The ids of all further pages."""
    found = []
    while page["next_cursor"]:
        page = await scores(client, brief_id, cursor=page["next_cursor"], **request)
        found += ids_of(page)
    return found


async def set_rate(client: httpx.AsyncClient, key: str, rate: float) -> None:
    [account] = (await client.get(f"/v1/influencers/{key}")).json()["accounts"]
    body = {"account_id": account["id"], "engagement_rate": {"value": rate}}
    answer = await client.post(f"/v1/influencers/{key}/snapshots", json=body)
    assert answer.status_code < 300, answer.text


async def test_pages_follow_the_run_while_rows_change(client: httpx.AsyncClient) -> None:
    people = await some(client, 8)
    brief_id = await brief(client)
    first = await scores(client, brief_id, limit=3)
    assert ids_of(first) == people[:3]
    assert (first["candidates"], first["has_more"]) == (8, True)
    # The last becomes the best, somebody new comes, the brief asks for something else.
    await set_rate(client, people[7], 0.5)
    newcomer = await influencer(client, "Newcomer", er=0.1)
    await client.patch(f"/v1/briefs/{brief_id}", json={"vetoes": {"influencer_ids": [people[4]]}})
    assert await rest(client, brief_id, first, limit=3) == people[3:]
    again = await scores(client, brief_id, limit=10)
    assert ids_of(again)[:2] == [people[7], newcomer]
    assert ids_of(again)[-1] == people[4]
    assert again["run_id"] != first["run_id"]
    assert (first["brief_version"], again["brief_version"]) == (1, 2)


async def test_later_pages_have_the_figures_of_now_and_the_peers_of_then(client: httpx.AsyncClient) -> None:
    people = await some(client, 3)
    brief_id = await brief(client)
    first = await scores(client, brief_id, limit=2)
    await set_rate(client, people[2], 0.5)
    second = await scores(client, brief_id, limit=2, cursor=first["next_cursor"])
    [row] = second["data"]
    assert row["rank"] == 3
    assert row["engagement"]["terms"][1]["raw"] == 0.5
    assert row["fit"]["score"] > first["data"][0]["fit"]["score"]
    assert second["as_of"] == first["as_of"]
    assert row["fit"]["as_of"] > first["as_of"]


async def test_a_run_s_first_page_can_be_had_again(client: httpx.AsyncClient) -> None:
    await some(client, 3)
    brief_id = await brief(client)
    first = await scores(client, brief_id, limit=2)
    await influencer(client, "Newcomer", er=0.6)
    again = await scores(client, brief_id, limit=2, run_id=first["run_id"])
    assert ids_of(again) == ids_of(first)
    assert again["next_cursor"] == first["next_cursor"]
    assert [row["rank"] for row in again["data"]] == [1, 2]
    for old, new in zip(first["data"], again["data"], strict=True):
        assert old["fit"] | {"as_of": None} == new["fit"] | {"as_of": None}


async def test_who_leaves_meanwhile_is_left_out(client: httpx.AsyncClient) -> None:
    people = await some(client, 7)
    brief_id = await brief(client)
    first = await scores(client, brief_id, limit=1)
    await client.delete(f"/v1/influencers/{people[1]}")
    await client.post(f"/v1/influencers/{people[2]}/opt-out", json={"reason": "asked"})
    await client.post(f"/v1/influencers/{people[3]}/erase", json={})
    merged = await client.post("/v1/influencers/merge", json={"keep": people[0], "merge": [people[4]]})
    assert merged.status_code == 200, merged.text
    assert await rest(client, brief_id, first, limit=2) == people[5:]


async def test_equal_fits_stand_in_one_order(client: httpx.AsyncClient) -> None:
    people = [await influencer(client, f"Same {at}", er=0.03) for at in range(6)]
    brief_id = await brief(client)
    first = await scores(client, brief_id, limit=4)
    assert ids_of(first) + await rest(client, brief_id, first, limit=4) == sorted(people)


async def test_a_cursor_is_one_of_its_brief(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient
) -> None:
    await some(client, 3)
    mine, another = await brief(client), await brief(client)
    page = await scores(client, mine, limit=1)
    theirs = await brief(other_client)
    for caller, brief_id, body, slug in (
        (client, another, {"cursor": page["next_cursor"]}, "run-not-found"),
        (client, another, {"run_id": page["run_id"]}, "run-not-found"),
        (client, mine, {"run_id": ids.show("run", ids.new())}, "run-not-found"),
        (client, mine, {"run_id": "run_x"}, "not-found"),
        (client, mine, {"cursor": "nonsense"}, "bad-cursor"),
        (client, mine, {"cursor": paging.encode((ids.new(), -1))}, "bad-cursor"),
        (other_client, theirs, {"cursor": page["next_cursor"]}, "run-not-found"),
        (other_client, mine, {"run_id": page["run_id"]}, "brief-not-found"),
    ):
        answer = await caller.post(f"/v1/briefs/{brief_id}/scores", json=body)
        assert answer.json()["type"] == f"/problems/{slug}", (body, answer.text)


async def test_behind_the_last_there_is_nothing(client: httpx.AsyncClient) -> None:
    await some(client, 2)
    brief_id = await brief(client)
    page = await scores(client, brief_id)
    run_id = ids.read("run", page["run_id"])
    beyond = await scores(client, brief_id, cursor=paging.encode((run_id, 50)))
    assert (beyond["data"], beyond["next_cursor"]) == ([], None)


async def test_nobody_is_ranked_without_candidates(client: httpx.AsyncClient) -> None:
    page = await scores(client, await brief(client))
    assert (page["data"], page["candidates"], page["has_more"]) == ([], 0, False)


async def test_too_many_are_refused(client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    await some(client, 2)
    monkeypatch.setattr(actions, "MOST_CANDIDATES", 1)
    answer = await client.post(f"/v1/briefs/{await brief(client)}/scores", json={})
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/too-many-candidates")


async def test_another_model_ends_a_run(client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    await some(client, 2)
    brief_id = await brief(client)
    page = await scores(client, brief_id, limit=1)
    newer = Model("cold-start-later", ranker.COLD_START.computes)
    monkeypatch.setattr(ranker, "COLD_START", newer)
    answer = await client.post(f"/v1/briefs/{brief_id}/scores", json={"cursor": page["next_cursor"]})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/run-ended")


async def test_old_runs_are_dropped(
    client: httpx.AsyncClient, database: Database, settings: Settings, owner: Connection
) -> None:
    await some(client, 2)
    brief_id = await brief(client)
    old, young = await scores(client, brief_id, limit=1), await scores(client, brief_id, limit=1)
    await owner.execute(
        "update score_runs set as_of = as_of - interval '8 days' where id = $1",
        ids.read("run", old["run_id"]),
    )
    await run_scheduled(settings, database, "discovery.drop_score_runs")
    left: list[UUID] = [row[0] for row in await owner.fetch("select id from score_runs")]
    assert left == [ids.read("run", young["run_id"])]
    answer = await client.post(f"/v1/briefs/{brief_id}/scores", json={"cursor": old["next_cursor"]})
    assert answer.json()["type"] == "/problems/run-not-found"


async def test_runs_are_dropped_some_at_a_time(database: Database, client: httpx.AsyncClient) -> None:
    await some(client, 1)
    brief_id = await brief(client)
    for _ in range(3):
        await scores(client, brief_id)
    async with database.connection() as db:
        assert await scores_store.drop_runs(db, timedelta(), 2) == 2
        assert await scores_store.drop_runs(db, timedelta(), 2) == 1
        assert await scores_store.drop_runs(db, timedelta(), 2) == 0


async def test_more_candidates_take_no_more_statements(client: httpx.AsyncClient, database: Database) -> None:
    brief_id = await brief(client, audience={"country": {"TR": 0.8}}, vetoes={"categories": ["Bahis"]})
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    counts = []
    for _ in range(3):
        for at in range(6):
            await influencer(client, f"Person {at} {len(counts)}", er=0.02, audience={"country": {"TR": 0.5}})
        seen: list[str] = []
        async with database.transaction(workspace) as db:
            row = await get_brief(db, workspace, ids.read("bri", brief_id))
            with db.query_logger(lambda query, log=seen: log.append(query.query)):
                part = await actions.new_run(database, db, workspace, row, Filters(), 100)
        counts.append((part.total, len(seen)))
    assert [total for total, _ in counts] == [6, 12, 18]
    # The first time the driver asks for what it does not know of the types.
    assert counts[1][1] == counts[2][1] < 24
