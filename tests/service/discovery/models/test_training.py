"""Training through the API: from a file of collaborations to a model that may rank."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx
import numpy as np
import pytest

from service.discovery.models import jobs as model_jobs
from service.kit import ids
from service.kit.db import Connection, Database
from tests.service.discovery.api import Json, made
from tests.service.discovery.people import put

Drain = Callable[[], Awaitable[None]]
PEOPLE = 80
HEAD = "handle,platform,brand,format,price,currency,finished at,conversions,external id\n"


async def _workspace(client: httpx.AsyncClient) -> UUID:
    return ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])


async def _people(client: httpx.AsyncClient, database: Database) -> np.ndarray:
    """Influencers on two platforms; their engagement rates."""
    random = np.random.default_rng(1)
    rates = np.exp(random.normal(-3.5, 0.6, PEOPLE))
    people = {
        f"p{at}": {
            "accounts": [
                {
                    "platform": "instagram" if at % 2 else "tiktok",
                    "handle": f"person.{at}",
                    "followers": 5_000 + 1_000 * at,
                    "er": float(rates[at]),
                }
            ]
        }
        for at in range(PEOPLE)
    }
    workspace_id = await _workspace(client)
    async with database.transaction(workspace_id) as db:
        await put(db, workspace_id, people)
    return rates


def _file(rates: np.ndarray, size: int, seed: int = 2) -> str:
    """Collaborations whose conversions follow engagement, format and price."""
    random = np.random.default_rng(seed)
    lines = []
    for number in range(size):
        who = int(random.integers(0, PEOPLE))
        form = ("post", "reel", "story")[random.integers(0, 3)]
        price = float(np.exp(random.normal(6, 0.8)))
        truth = 3.5 + 0.6 * np.log(rates[who] / 0.03) + {"post": 0, "reel": 0.8, "story": -0.8}[form]
        count = random.poisson(np.exp(truth + random.normal(0, 0.3)))
        day = (datetime.now(UTC) - timedelta(days=int(size - number) + 1)).date()
        platform = "instagram" if who % 2 else "tiktok"
        lines.append(f"person.{who},{platform},Vestel,{form},{price:.2f},TRY,{day},{count},c{number}\n")
    return HEAD + "".join(lines)


async def _import(client: httpx.AsyncClient, drain: Drain, body: str) -> None:
    answer = await client.post("/v1/imports", params={"kind": "outcomes"}, content=body.encode())
    assert answer.status_code == 202, answer.text
    await drain()
    shown = (await client.get(f"/v1/imports/{answer.json()['id']}")).json()
    assert shown["counts"]["rejected"] == 0, shown


async def _job(client: httpx.AsyncClient, job_id: str) -> Json:
    found: Json = (await client.get(f"/v1/jobs/{job_id}")).json()
    return found


async def test_from_a_file_to_a_model_that_ranks(
    client: httpx.AsyncClient, database: Database, drain: Drain
) -> None:
    rates = await _people(client, database)
    await _import(client, drain, _file(rates, 420))
    job = await made(client, "/v1/models/fit/train", None, status=202)
    again = await made(client, "/v1/models/fit/train", None, status=202)
    assert again["id"] == job["id"]
    await drain()
    done = await _job(client, job["id"])
    assert done["status"] == "succeeded", done["error"]
    assert done["progress"]["done"] == done["progress"]["total"] > 0
    result = done["result"]
    assert (result["outcomes"], result["promotable"]) == (420, True), result
    shown = (await client.get(f"/v1/models/{result['model_id']}")).json()
    card = shown["card"]
    assert card["kinds"] == {"conversions TRY": 420}
    assert card["dated"] | {"price": 1.0, "engagement": 0.0} == card["dated"]
    assert (card["known"]["engagement"] > 0.9, card["known"]["authenticity"]) == (True, 0.0)
    assert card["influencers"] <= PEOPLE
    await made(client, "/v1/models/fit/promote", {"model_id": result["model_id"]}, status=200)
    brief = await made(client, "/v1/briefs", {"name": "x"})
    page = await made(client, f"/v1/briefs/{brief['id']}/scores", {"limit": 100}, status=200)
    assert page["model_version"] == result["version"]
    assert page["scored"] == PEOPLE


@pytest.mark.parametrize("size", [0, 199])
async def test_with_fewer_the_cold_start_stays(
    client: httpx.AsyncClient, database: Database, drain: Drain, size: int
) -> None:
    rates = await _people(client, database)
    if size:
        await _import(client, drain, _file(rates, size))
    answer = await client.post("/v1/models/fit/train")
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/too-few-outcomes")
    assert (answer.json()["outcomes"], answer.json()["needed"]) == (size, 200)
    assert "The cold start stays" in answer.json()["detail"]


async def test_what_can_not_be_learned_from_does_not_count(
    client: httpx.AsyncClient, database: Database, drain: Drain
) -> None:
    """Neither without a cost, nor in the future, nor of somebody who opted out."""
    rates = await _people(client, database)
    future = (datetime.now(UTC) + timedelta(days=5)).date()
    rows = _file(rates, 30) + f"person.0,tiktok,Vestel,reel,10,TRY,{future},5,f1\n"
    rows += "person.1,instagram,Vestel,reel,,,2026-01-01,5,f2\n"
    rows += "person.1,instagram,Vestel,reel,10,TRY,2026-01-01,,f3\n"
    await _import(client, drain, rows)
    assert (await client.post("/v1/models/fit/train")).json()["outcomes"] == 30
    learned_from = [
        row for row in (await client.get("/v1/outcomes?limit=100")).json()["data"] if row["price"]
    ]
    key = next(row["influencer_id"] for row in learned_from if row["external_id"] == "c0")
    own = sum(row["influencer_id"] == key for row in learned_from if row["external_id"].startswith("c"))
    await made(client, f"/v1/influencers/{key}/opt-out", {"reason": "asked"}, status=200)
    assert (await client.post("/v1/models/fit/train")).json()["outcomes"] == 30 - own < 30


async def test_scores_of_the_day_are_learned_from(
    client: httpx.AsyncClient, database: Database, drain: Drain, owner: Connection
) -> None:
    """Where a run had shown an influencer before the collaboration ended, those scores count."""
    from service.accounts.workspaces.store import get_workspace
    from service.discovery.models.training import material
    from service.kit import clock

    rates = await _people(client, database)
    brand = await made(client, "/v1/brands", {"name": "Vestel"})
    brief = await made(client, "/v1/briefs", {"name": "x", "brand_id": brand["id"]})
    await made(client, f"/v1/briefs/{brief['id']}/scores", {"limit": 100}, status=200)
    await owner.execute("update score_records set as_of = as_of - interval '100 days'")
    await owner.execute("update score_records set scores = jsonb_set(scores, '{engagement,score}', '12.5')")
    await _import(client, drain, _file(rates, 150))
    workspace_id = await _workspace(client)
    async with database.transaction(workspace_id) as db:
        found = await material(db, await get_workspace(db, workspace_id), await clock.now(db))
    late = found.outcomes.at > (datetime.now(UTC) - timedelta(days=100)).timestamp()
    engagement = found.features.scores[:, 2]
    assert (engagement[late] == 12.5).all()
    assert (engagement[~late] != 12.5).all()
    assert found.dated["engagement"] == pytest.approx(late.mean(), abs=1e-4)
    assert (found.cold_start[late] == 12.5).all()


async def test_training_can_be_cancelled(
    client: httpx.AsyncClient, database: Database, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    rates = await _people(client, database)
    await _import(client, drain, _file(rates, 210))
    job = await made(client, "/v1/models/fit/train", None, status=202)

    whole, loop = model_jobs._trained, asyncio.get_running_loop()

    def trained(work, *others):  # type: ignore[no-untyped-def]
        cancelling = client.delete(f"/v1/jobs/{job['id']}")
        assert asyncio.run_coroutine_threadsafe(cancelling, loop).result().status_code == 202
        while not work.cancelled:
            time.sleep(0.05)
        return whole(work, *others)

    monkeypatch.setattr(model_jobs, "_trained", trained)
    await drain()
    assert (await _job(client, job["id"]))["status"] == "cancelled"
    assert (await client.get("/v1/models")).json()["data"] == []
