"""Old scores: kept as they were shown, and made again from what was kept."""

from typing import Any

import httpx
import pytest

from scoring.model import Model
from service.discovery.models import ranker
from service.discovery.scores.history import store
from service.kit import ids
from service.kit.db import Connection, Database
from service.kit.jobs import run_scheduled
from service.settings import Settings
from tests.service.discovery.api import Json, brief, influencer, made, scores

TURKISH = {"country": {"TR": 0.7, "DE": 0.3}, "gender": {"female": 0.4, "male": 0.6}}
WANTED = {"country": {"TR": 0.8}, "gender": {"female": 0.6}}


async def read(client: httpx.AsyncClient, path: str) -> Json:
    answer = await client.get(f"/v1/influencers/{path}")
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def two(client: httpx.AsyncClient) -> tuple[str, str, str]:
    """Two influencers, the better one first, and a brief."""
    best = await influencer(client, "Ayşe Öz", er=0.06, audience=TURKISH, sample=400)
    other = await influencer(client, "Can Su", er=0.02)
    return best, other, await brief(client, audience=WANTED, vetoes={"influencer_ids": [other]})


async def test_what_was_shown_is_kept_and_can_be_made_again(client: httpx.AsyncClient) -> None:
    best, other, brief_id = await two(client)
    page = await scores(client, brief_id)
    for place, key in enumerate((best, other)):
        [entry] = (await read(client, f"{key}/scores/history"))["data"]
        shown = page["data"][place]
        assert (entry["run_id"], entry["brief_id"], entry["rank"]) == (page["run_id"], brief_id, place + 1)
        assert {name: entry[name] for name in ("fit", "audience", "engagement")} == {
            name: shown[name] for name in ("fit", "audience", "engagement")
        }
        again = await read(client, f"{key}/scores/history/{page['run_id']}")
        assert (again["equal"], again["differences"]) == (True, [])
        assert again["replayed"]["fit"] == shown["fit"]
        assert again["replayed"]["audience"]["terms"] == shown["audience"]["terms"]
    assert again["replayed"]["fit"]["vetoes"] == ["brief_influencer"]


async def test_the_figures_of_now_change_nothing_of_then(client: httpx.AsyncClient) -> None:
    best, _, brief_id = await two(client)
    old = await scores(client, brief_id)
    [account] = (await client.get(f"/v1/influencers/{best}")).json()["accounts"]
    body = {"account_id": account["id"], "engagement_rate": {"value": 0.001}, "followers": 900_000}
    await made(client, f"/v1/influencers/{best}/snapshots", body)
    await client.patch(f"/v1/briefs/{brief_id}", json={"audience": {"country": {"DE": 1.0}}})
    new = await scores(client, brief_id)
    history = (await read(client, f"{best}/scores/history"))["data"]
    assert [entry["run_id"] for entry in history] == [new["run_id"], old["run_id"]]
    assert history[0]["fit"]["score"] < history[1]["fit"]["score"]
    for entry in history:
        assert (await read(client, f"{best}/scores/history/{entry['run_id']}"))["equal"]


async def test_a_difference_is_named(client: httpx.AsyncClient, owner: Connection) -> None:
    best, _, brief_id = await two(client)
    page = await scores(client, brief_id)
    await owner.execute(
        "update score_records set inputs = jsonb_set(inputs, '{engagement,value}', '[0.001]') where rank = 1"
    )
    again = await read(client, f"{best}/scores/history/{page['run_id']}")
    assert (again["equal"], again["differences"]) == (False, ["fit", "engagement"])


async def test_history_is_paged_and_of_a_brief(client: httpx.AsyncClient) -> None:
    best, _, brief_id = await two(client)
    runs = [(await scores(client, brief_id))["run_id"] for _ in range(3)]
    another = await brief(client)
    await scores(client, another)
    first = await read(client, f"{best}/scores/history?brief_id={brief_id}&limit=2")
    assert [entry["run_id"] for entry in first["data"]] == [runs[2], runs[1]]
    rest = await read(client, f"{best}/scores/history?brief_id={brief_id}&cursor={first['next_cursor']}")
    assert [entry["run_id"] for entry in rest["data"]] == [runs[0]]


async def test_a_model_that_is_gone_is_said_to_be(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    best, _, brief_id = await two(client)
    page = await scores(client, brief_id)
    monkeypatch.setattr(ranker, "COLD_START", Model("later", ranker.COLD_START.computes))
    answer = await client.get(f"/v1/influencers/{best}/scores/history/{page['run_id']}")
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/model-gone")


async def test_a_merged_profile_s_history_is_the_kept_one_s(client: httpx.AsyncClient) -> None:
    best, other, brief_id = await two(client)
    page = await scores(client, brief_id)
    await made(client, "/v1/influencers/merge", {"keep": best, "merge": [other]}, status=200)
    history = (await read(client, f"{best}/scores/history"))["data"]
    assert [entry["run_id"] for entry in history] == [page["run_id"]] * 2
    assert (await read(client, f"{best}/scores/history/{page['run_id']}"))["shown"]["rank"] == 1


async def test_erased_people_leave_no_history(client: httpx.AsyncClient, owner: Connection) -> None:
    best, _, brief_id = await two(client)
    await scores(client, brief_id)
    answer = await client.post(f"/v1/influencers/{best}/erase", json={"reason": "asked"})
    assert answer.status_code < 300, answer.text
    assert await owner.fetchval("select count(*) from score_records") == 1


async def test_history_ends_after_two_years(
    client: httpx.AsyncClient, owner: Connection, database: Database, settings: Settings
) -> None:
    best, _, brief_id = await two(client)
    old, young = [(await scores(client, brief_id))["run_id"] for _ in range(2)]
    await owner.execute(
        "update score_contexts set as_of = as_of - interval '731 days' "
        "where run_id = (select min(run_id::text)::uuid from score_contexts)"
    )
    await run_scheduled(settings, database, "discovery.drop_score_history")
    assert [row["run_id"] for row in (await read(client, f"{best}/scores/history"))["data"]] == [young]
    answer = await client.get(f"/v1/influencers/{best}/scores/history/{old}")
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/old-score-not-found")


async def test_a_chain_of_merges_keeps_all_of_it_page_by_page(client: httpx.AsyncClient) -> None:
    first, second, third = [await influencer(client, name, er=0.03) for name in ("Ada", "Bora", "Cem")]
    await scores(client, await brief(client))
    for keep, merge in ((second, first), (third, second)):
        await made(client, "/v1/influencers/merge", {"keep": keep, "merge": [merge]}, status=200)
    ranks, cursor = [], ""
    while cursor is not None:
        page = await read(client, f"{third}/scores/history?limit=1{cursor and '&cursor=' + cursor}")
        ranks += [entry["rank"] for entry in page["data"]]
        cursor = page["next_cursor"]
    assert sorted(ranks) == [1, 2, 3]


async def test_who_opted_out_has_no_scores_to_show(client: httpx.AsyncClient) -> None:
    best, _, brief_id = await two(client)
    page = await scores(client, brief_id)
    answer = await client.post(f"/v1/influencers/{best}/opt-out", json={"reason": "asked"})
    assert answer.status_code < 300, answer.text
    assert (await read(client, f"{best}/scores/history"))["data"] == []
    assert (await client.get(f"/v1/influencers/{best}/scores/history/{page['run_id']}")).status_code == 404
    body = {"influencer_ids": [best, await influencer(client, "Ece")]}
    assert (await client.post("/v1/audiences/compare", json=body)).status_code == 404


async def test_who_is_erased_in_the_middle_of_a_ranking_is_left_out(
    client: httpx.AsyncClient, owner: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    best, other, brief_id = await two(client)
    keep = store.add_records

    async def late(db: Any, workspace_id: Any, *rest: Any) -> None:
        await owner.execute("delete from influencers where id = $1", ids.read("inf", best))
        await keep(db, workspace_id, *rest)

    monkeypatch.setattr(store, "add_records", late)
    page = await scores(client, brief_id)
    assert page["candidates"] == 2
    assert await owner.fetchval("select count(*) from score_records") == 1
    assert (await read(client, f"{other}/scores/history"))["data"]
