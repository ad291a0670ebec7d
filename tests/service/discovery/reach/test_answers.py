"""Questions about large lists: a job, its answer, and what makes another question of it."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest

import service.discovery.reach.answers.jobs as answer_jobs
from service.discovery.reach.answers.effort import PAIR_OF_SAMPLES
from service.discovery.reach.answers.preparing import prepare
from service.discovery.reach.answers.schemas import Question
from service.kit import ids
from service.kit.db import Database
from tests.service.discovery.api import Json, influencer, made
from tests.service.discovery.reach.audiences import asked, followers, listed
from tests.service.discovery.shortlists.lists import put_on

pytestmark = pytest.mark.anyio
Drain = Callable[[], Awaitable[None]]
SETS = {"Ada": range(0, 60), "Berk": range(40, 100), "Cem": range(90, 130)}
QUESTIONS = ("overlap", "overlap/pairs", "overlap.svg", "reach")


@pytest.fixture
def nothing_at_once(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From the call on every list is a large one."""
    return lambda: monkeypatch.setattr("service.discovery.reach.answers.effort.MOST_AT_ONCE", 0)


async def job_for(client: httpx.AsyncClient, path: str, **params: object) -> Json:
    answer = await client.get(path, params=params)  # type: ignore[arg-type]
    assert answer.status_code == 202, answer.text
    job: Json = answer.json()
    assert answer.headers["location"] == f"/v1/jobs/{job['id']}"
    assert int(answer.headers["retry-after"]) > 0
    return job


async def stored(client: httpx.AsyncClient, database: Database) -> int:
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    async with database.transaction(workspace) as db:
        return int(await db.fetchval("select count(*) from reach_answers where body is not null"))


async def until(client: httpx.AsyncClient, job: Json, reached: Callable[[Json], bool]) -> Json:
    for _ in range(500):
        now: Json = (await client.get(f"/v1/jobs/{job['id']}")).json()
        if reached(now):
            return now
        await asyncio.sleep(0.02)
    raise AssertionError(now)


def timeless(found: Json) -> Json:
    return {name: each for name, each in found.items() if name != "as_of"}


async def test_a_large_list_has_the_same_answers_after_a_job(
    client: httpx.AsyncClient, drain: Drain, nothing_at_once: Callable[[], None]
) -> None:
    list_id, _ = await listed(client, SETS)
    path = f"/v1/shortlists/{list_id}"
    small = [
        timeless(await asked(client, f"{path}/{each}")) for each in ("overlap", "overlap/pairs", "reach")
    ]
    drawn = (await client.get(f"{path}/overlap.svg")).text
    nothing_at_once()
    first = await job_for(client, f"{path}/overlap")
    assert (first["kind"], first["status"]) == ("discovery.compute_reach", "queued")
    # The pairs and the picture are of the same answer, and whoever asks meanwhile shares the job.
    for question in ("overlap", "overlap/pairs", "overlap.svg"):
        assert (await job_for(client, f"{path}/{question}"))["id"] == first["id"]
    reach, at_the_same_time = await asyncio.gather(
        job_for(client, f"{path}/reach", posts="post", language="tr"),
        job_for(client, f"{path}/reach", posts="post"),
    )
    assert at_the_same_time["id"] == reach["id"]
    assert reach["id"] != first["id"]
    await drain()
    done = (await client.get(f"/v1/jobs/{first['id']}")).json()
    assert (done["status"], done["result"]["url"]) == ("succeeded", f"{path}/overlap")
    assert done["progress"] == {"done": 3, "total": 3}
    assert timeless(await asked(client, f"{path}/overlap")) == small[0]
    assert timeless(await asked(client, f"{path}/overlap/pairs")) == small[1]
    assert (await client.get(f"{path}/overlap.svg")).text == drawn
    ElementTree.fromstring(drawn)
    read = (await client.get(f"/v1/jobs/{reach['id']}")).json()["result"]["url"]
    assert read == f"{path}/reach?posts=post"
    given = (await client.get(read)).json()
    assert given["unique_reach"] == small[2]["unique_reach"]
    # The same plan in other words is the same question, in another language too.
    other = await asked(client, f"{path}/reach", posts=" post:1", language="tr")
    assert (other["as_of"], other["influencers"]) == (given["as_of"], given["influencers"])
    notes = [{each["code"]: each["text"] for each in found["notes"]} for found in (given, other)]
    assert notes[0].keys() == notes[1].keys()
    assert all(notes[0][code] != notes[1][code] for code in notes[0])
    await job_for(client, f"{path}/reach", posts="post:2")


async def test_whatever_the_answer_shows_makes_another_question(
    client: httpx.AsyncClient, drain: Drain, database: Database, nothing_at_once: Callable[[], None]
) -> None:
    list_id, people = await listed(client, SETS)
    paths = [f"/v1/shortlists/{list_id}/{each}" for each in ("overlap", "reach")]
    nothing_at_once()

    async def anew(*which: str) -> list[Json]:
        """The answers after something has changed, of those that are computed anew."""
        for path in which:
            await job_for(client, path)
        await drain()
        return [await asked(client, path) for path in paths]

    first = await anew(*paths)
    await followers(client, people["Ada"], range(0, 61))
    second = await anew(*paths)
    assert [each["unique_followers"]["value"] for each in (*first, *second)] == [130, 130, 130, 130]
    assert second[0]["influencers"][0]["size"] == 61
    price = {"platform": "instagram", "format": "post", "price": {"amount": 100, "currency": "TRY"}}
    await made(client, f"/v1/influencers/{people['Ada']}/rates", price)
    # The overlap rests on no price.
    assert (await anew(paths[1]))[1]["cost"]["total"]["amount"] == 100
    await put_on(client, list_id, [await influencer(client, "Deniz", followers=7)])
    assert (await anew(*paths))[0]["without_set"][0]["name"] == "Deniz"
    await made(client, f"/v1/influencers/{people['Cem']}/opt-out", {"reason": "asked"}, status=200)
    assert "Cem" not in str(await anew(*paths))
    assert await stored(client, database) == 9
    assert (await client.post(f"/v1/influencers/{people['Berk']}/erase")).status_code == 200
    assert await stored(client, database) == 0


async def test_so_many_answers_of_a_list_are_kept(
    client: httpx.AsyncClient,
    drain: Drain,
    database: Database,
    nothing_at_once: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(answer_jobs, "MOST_KEPT", 2)
    list_id, _ = await listed(client, SETS)
    nothing_at_once()
    path = f"/v1/shortlists/{list_id}/reach"
    for count in (1, 2, 3):
        await job_for(client, path, posts=f"post:{count}")
        await drain()
    assert await stored(client, database) == 2
    await asked(client, path, posts="post:3")
    await job_for(client, path, posts="post:1")
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    async with database.transaction(workspace) as db:
        await db.execute("delete from shortlists")
    assert await stored(client, database) == 0
    await drain()


async def test_a_job_ends_soon_after_it_is_cancelled_and_another_one_begins(
    client: httpx.AsyncClient,
    drain: Drain,
    nothing_at_once: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    go_on = threading.Event()
    monkeypatch.setattr(answer_jobs, "compute", lambda *_: go_on.wait(20))
    list_id, _ = await listed(client, SETS)
    nothing_at_once()
    path = f"/v1/shortlists/{list_id}/overlap"
    job = await job_for(client, path)
    running = asyncio.create_task(drain())
    await until(client, job, lambda now: now["progress"]["done"] == 1)
    assert (await client.delete(f"/v1/jobs/{job['id']}")).status_code < 300
    ended = await until(client, job, lambda now: now["finished_at"] is not None)
    assert ended["status"] == "cancelled"
    await running
    go_on.set()
    monkeypatch.undo()
    monkeypatch.setattr("service.discovery.reach.answers.effort.MOST_AT_ONCE", 0)
    assert (await job_for(client, path))["id"] != job["id"]
    await drain()
    await asked(client, path)


async def test_what_changes_while_it_is_computed_is_computed_anew(
    client: httpx.AsyncClient,
    drain: Drain,
    nothing_at_once: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    list_id, people = await listed(client, SETS)
    nothing_at_once()
    path = f"/v1/shortlists/{list_id}/overlap"
    job = await job_for(client, path)
    compute, begun, go_on, times = answer_jobs.compute, threading.Event(), threading.Event(), []

    def slow(*given: Any) -> Any:
        times.append(1)
        begun.set()
        go_on.wait(20)
        return compute(*given)

    monkeypatch.setattr(answer_jobs, "compute", slow)
    running = asyncio.create_task(drain())
    assert await asyncio.to_thread(begun.wait, 20)
    await made(client, f"/v1/influencers/{people['Cem']}/opt-out", {"reason": "asked"}, status=200)
    go_on.set()
    await running
    assert (await client.get(f"/v1/jobs/{job['id']}")).json()["status"] == "succeeded"
    assert len(times) == 2
    found = await asked(client, path)
    assert [each["name"] for each in found["influencers"]] == ["Ada", "Berk"]


async def test_a_failure_answers_for_a_while(
    client: httpx.AsyncClient,
    drain: Drain,
    nothing_at_once: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    list_id, _ = await listed(client, SETS)
    nothing_at_once()
    path = f"/v1/shortlists/{list_id}/overlap"
    await job_for(client, path)
    monkeypatch.setattr(answer_jobs, "TRIES", 0)
    await drain()
    answer = await client.get(path)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/reach-failed")
    assert answer.json()["error"]["type"] == "/problems/reach-list-changed"
    assert 0 < int(answer.headers["retry-after"]) <= 60
    monkeypatch.setattr("service.discovery.reach.answers.keeping.FAILED_S", 0)
    await job_for(client, path)


async def test_another_workspace_finds_nothing(
    client: httpx.AsyncClient,
    other_client: httpx.AsyncClient,
    drain: Drain,
    nothing_at_once: Callable[[], None],
) -> None:
    list_id, _ = await listed(client, SETS)
    nothing_at_once()
    paths = [f"/v1/shortlists/{list_id}/{each}" for each in QUESTIONS]
    for path in paths:
        assert (await other_client.get(path)).status_code == 404
        await job_for(client, path)
    await drain()
    for path in paths:
        assert (await client.get(path)).status_code == 200
        assert (await other_client.get(path)).status_code == 404


async def test_pairs_of_samples_are_work_too(client: httpx.AsyncClient, database: Database) -> None:
    list_id, people = await listed(client, {"Ada": range(60), "Berk": range(90), "Cem": range(30)})
    for name in ("Ada", "Berk"):
        await followers(client, people[name], range(20), basis="uniform_sample", size=500)
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    async with database.transaction(workspace) as db:
        reach = await prepare(db, workspace, list_id, Question(what="reach"))
        overlap = await prepare(db, workspace, list_id, Question(what="overlap"))
    assert reach.effort == 20 + 20 + 30
    assert overlap.effort == 70 + PAIR_OF_SAMPLES * 3
