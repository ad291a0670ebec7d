"""Jobs over HTTP: poll, watch, cancel."""

import asyncio

import msgspec
import pytest
from msgspec import Struct

from service.kit import ids, jobs
from service.kit.jobs import Work


class Steps(Struct):
    steps: int


@jobs.job("tests.accounts.count")
async def count(work: Work, payload: Steps) -> Steps:
    for done in range(payload.steps):
        await work.progress(done, payload.steps)
    await work.progress(payload.steps, payload.steps)
    return payload


@pytest.fixture
def enqueue(database, workspace_id):
    async def put(steps: int = 3) -> str:
        async with database.transaction(workspace_id) as db:
            return ids.show("job", await jobs.enqueue(db, workspace_id, "tests.accounts.count", Steps(steps)))

    return put


async def test_polled(client, enqueue, drain) -> None:
    job_id = await enqueue()
    queued = (await client.get(f"/v1/jobs/{job_id}")).json()
    assert (queued["status"], queued["progress"]["done"]) == ("queued", 0)
    await drain()
    done = (await client.get(f"/v1/jobs/{job_id}")).json()
    assert (done["status"], done["progress"], done["result"]) == (
        "succeeded",
        {"done": 3, "total": 3},
        {"steps": 3},
    )


async def test_listed_and_filtered(client, enqueue, drain) -> None:
    first = await enqueue()
    await drain()
    second = await enqueue()
    listed = (await client.get("/v1/jobs")).json()["data"]
    assert [one["id"] for one in listed] == [second, first]
    queued = (await client.get("/v1/jobs?status=queued&kind=tests.accounts.count")).json()["data"]
    assert [one["id"] for one in queued] == [second]
    page = (await client.get("/v1/jobs?limit=1")).json()
    rest = (await client.get("/v1/jobs", params={"limit": 1, "cursor": page["next_cursor"]})).json()
    assert [one["id"] for one in page["data"] + rest["data"]] == [second, first]
    assert (await client.get("/v1/jobs?status=lost")).status_code == 400


async def test_cancelled(client, enqueue, drain) -> None:
    job_id = await enqueue()
    answer = await client.delete(f"/v1/jobs/{job_id}")
    assert (answer.status_code, answer.json()["status"]) == (202, "cancelled")
    await drain()
    assert (await client.get(f"/v1/jobs/{job_id}")).json()["status"] == "cancelled"
    again = await client.delete(f"/v1/jobs/{job_id}")
    assert (again.status_code, again.json()["status"]) == (202, "cancelled")


async def test_watched_to_the_end(client, enqueue, drain) -> None:
    job_id = await enqueue()
    watching = asyncio.create_task(client.get(f"/v1/jobs/{job_id}/events"))
    await asyncio.sleep(0.2)
    await drain()
    answer = await asyncio.wait_for(watching, 10)
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    assert "event: job" in answer.text
    lines = [line.removeprefix("data: ") for line in answer.text.splitlines() if line.startswith("data: ")]
    states = [msgspec.json.decode(line)["status"] for line in lines]
    assert states[0] == "queued"
    assert states[-1] == "succeeded"


async def test_watched_with_a_ticket(client, anonymous, enqueue, drain) -> None:
    path = f"/v1/jobs/{await enqueue()}/events"
    await drain()
    ticket = (await client.post("/v1/auth/tickets", json={"path": path})).json()["ticket"]
    answer = await anonymous.get(path, params={"ticket": ticket})
    assert (answer.status_code, answer.text.count("event: job")) == (200, 1)


@pytest.mark.parametrize(("method", "path"), [("GET", ""), ("GET", "/events"), ("DELETE", "")])
async def test_another_workspace_s_job_is_unknown(other_client, enqueue, method: str, path: str) -> None:
    foreign = await other_client.request(method, f"/v1/jobs/{await enqueue()}{path}")
    unknown = await other_client.request(method, f"/v1/jobs/job_{'0' * 26}{path}")
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.json() == unknown.json()
