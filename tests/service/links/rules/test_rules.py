"""Rules over the API: versions, dry run, and every figure back when they are put back."""

import datetime as dt
from typing import Any
from uuid import UUID

import httpx
import pytest

from service.kit import ids, jobs
from service.kit.db import Connection, Database
from service.settings import Settings
from tests.service.links import stored_clicks as clicking

LINK = UUID(int=5)
NOON = dt.datetime.now(dt.UTC).replace(hour=12, minute=0, second=0, microsecond=0) - dt.timedelta(days=2)
SPAM = {"velocity": None, "banned_referrers": ["WWW.Spam.example"], "banned_agents": [" badtool "]}


@pytest.fixture
async def brand(client: httpx.AsyncClient, database: Database) -> UUID:
    """A workspace with six clicks: two of a banned referrer, one of a data centre, three of one visitor."""
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    minute = dt.timedelta(minutes=1)
    clicks = [
        clicking.click(NOON, LINK, referrer_host="spam.example"),
        clicking.click(NOON + minute, LINK, referrer_host="a.spam.example"),
        clicking.click(NOON + minute, LINK, network_class="datacenter", reasons=["datacenter"]),
        *(clicking.click(NOON + dt.timedelta(hours=5, seconds=n), LINK, visitor=b"v" * 16) for n in range(3)),
    ]
    await clicking.store(database, workspace, clicks)
    return workspace


async def _put(client: httpx.AsyncClient, rules: Any, status: int = 202, **params: Any) -> dict[str, Any]:
    answer = await client.put("/v1/click-rules", json=rules, params=params)
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def _result(client: httpx.AsyncClient, change: dict[str, Any]) -> dict[str, Any]:
    job = (await client.get(f"/v1/jobs/{change['job_id']}")).json()
    assert job["status"] == "succeeded", job
    found: dict[str, Any] = job["result"]
    return found


async def _figures(owner: Connection) -> tuple[list[Any], list[Any]]:
    clicks = await owner.fetch('select id, counted, reasons, "unique" from clicks order by id')
    rollups = await owner.fetch("""
        select starts_at, dimension, value, gross, net, uniques from click_rollups
        order by starts_at, dimension, value
    """)
    return [tuple(row) for row in clicks], [tuple(row) for row in rollups]


async def _net(owner: Connection) -> tuple[int, int]:
    row = await owner.fetchrow("select sum(gross), sum(net) from click_rollups where dimension = 'all'")
    return int(row[0]), int(row[1])


async def test_rules_change_what_counts_and_back(
    client: httpx.AsyncClient, brand: UUID, database: Database, settings: Settings, owner: Connection
) -> None:
    await jobs.run_scheduled(settings, database, "links.count_clicks")
    await jobs.run_queued(settings, database)
    before = await _figures(owner)
    assert await _net(owner) == (6, 5)
    change = await _put(client, SPAM)
    assert change["rules"]["version"] == 1
    assert change["rules"]["rules"]["banned_referrers"] == ["spam.example"]
    assert change["rules"]["rules"]["banned_agents"] == ["badtool"]
    await jobs.run_queued(settings, database)
    assert await _result(client, change) == {
        "clicks": 6,
        "newly_counted": 0,
        "no_longer_counted": 2,
        "other_reasons": 0,
    }
    assert await _net(owner) == (6, 3)
    change = await _put(client, {"datacenter": False, "velocity": {"clicks": 1, "seconds": 60}})
    await jobs.run_queued(settings, database)
    result = await _result(client, change)
    assert (result["newly_counted"], result["no_longer_counted"]) == (3, 2)
    assert await _net(owner) == (6, 4)
    change = await _put(client, {})
    assert change["rules"]["version"] == 3
    await jobs.run_queued(settings, database)
    assert await _figures(owner) == before


async def test_a_dry_run_changes_nothing(
    client: httpx.AsyncClient, brand: UUID, database: Database, settings: Settings, owner: Connection
) -> None:
    await jobs.run_scheduled(settings, database, "links.count_clicks")
    await jobs.run_queued(settings, database)
    before = await _figures(owner)
    change = await _put(client, SPAM, dry_run=True)
    assert (change["dry_run"], change["rules"]["version"]) == (True, 0)
    await jobs.run_queued(settings, database)
    assert (await _result(client, change))["no_longer_counted"] == 2
    assert await _figures(owner) == before
    assert (await client.get("/v1/click-rules")).json()["version"] == 0


async def test_versions(client: httpx.AsyncClient, other_client: httpx.AsyncClient) -> None:
    shown = await client.get("/v1/click-rules")
    assert shown.headers["etag"] == '"0"'
    assert shown.json()["rules"]["velocity"] == {"clicks": 10, "seconds": 60}
    assert shown.json()["rules"]["privacy"] == {"global_privacy_control": True, "do_not_track": True}
    for number in range(1, 4):
        change = await _put(client, {"velocity": {"clicks": number, "seconds": 9}})
        assert change["rules"]["version"] == number
    # What is so already makes no version.
    assert (await _put(client, {"velocity": {"clicks": 3, "seconds": 9}}))["rules"]["version"] == 3
    page = (await client.get("/v1/click-rules/versions", params={"limit": 2})).json()
    assert ([row["version"] for row in page["data"]], page["has_more"]) == ([3, 2], True)
    page = (await client.get("/v1/click-rules/versions", params={"cursor": page["next_cursor"]})).json()
    assert [row["version"] for row in page["data"]] == [1]
    assert page["data"][0]["created_by"].startswith("key_")
    answer = await client.put("/v1/click-rules", json={}, headers={"If-Match": '"2"'})
    assert answer.status_code == 412
    assert (await other_client.get("/v1/click-rules")).json()["version"] == 0
    assert (await other_client.get("/v1/click-rules/versions")).json()["data"] == []


@pytest.mark.parametrize(
    ("rules", "path"),
    [
        ({"velocity": {"clicks": 0, "seconds": 60}}, "velocity.clicks"),
        ({"velocity": {"clicks": 1, "seconds": 4000}}, "velocity.seconds"),
        ({"banned_referrers": ["ok.example", "https://x"]}, "banned_referrers[1]"),
        ({"banned_agents": ["Mozilla"]}, "banned_agents[0]"),
        ({"banned_agents": ["x"]}, "banned_agents[0]"),
        ({"colour": 1}, "colour"),
    ],
)
async def test_rules_that_can_not_be(client: httpx.AsyncClient, rules: Any, path: str) -> None:
    answer = await _put(client, rules, 400)
    assert [error["path"] for error in answer["errors"]] == [path]
