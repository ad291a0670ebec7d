"""A partner's day is streamed, changes and all, and ends with the partner."""

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest

from service.kit import ids
from service.kit.db import Database
from service.partner.live import actions
from tests.service.links import stored_clicks as clicking

AsPartner = Callable[[str], Awaitable[httpx.AsyncClient]]


async def test_the_stream_shows_today_to_a_ticket(
    client: httpx.AsyncClient, as_partner: AsPartner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "LOOK_EVERY_S", 0.02)
    monkeypatch.setattr(actions, "LIVE_FOR_S", 0.1)
    made = await client.post("/v1/partners", json={"name": "Ayşe"})
    partner = await as_partner(made.json()["id"])
    asked = await partner.post("/v1/partner/tickets", json={"path": "/v1/partner/live"})
    assert asked.status_code in (200, 201), asked.text
    del partner.headers["Authorization"]
    answer = await partner.get("/v1/partner/live", params={"ticket": asked.json()["ticket"]})
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert "event: figures" in answer.text
    assert answer.text.count("data: ") == 1
    data = json.loads(next(line for line in answer.text.splitlines() if line.startswith("data: "))[6:])
    assert data["tz"] == "Europe/Istanbul"
    assert data["today"]["clicks"] == {"gross": 0, "net": 0, "unique": 0}
    assert data["balances"] == []
    assert (await client.get("/v1/partner/live")).status_code == 403


async def test_a_zone_that_there_is_not(client: httpx.AsyncClient, as_partner: AsPartner) -> None:
    made = await client.post("/v1/partners", json={"name": "Ayşe"})
    answer = await (await as_partner(made.json()["id"])).get("/v1/partner/live", params={"tz": "x"})
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, "tz")


async def test_changes_come_and_the_archived_see_no_more(
    client: httpx.AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "LOOK_EVERY_S", 0.02)
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    shown = (await client.post("/v1/partners", json={"name": "Ayşe"})).json()["id"]
    other = ids.read("prt", (await client.post("/v1/partners", json={"name": "Can"})).json()["id"])
    changes = actions.live(database, workspace, ids.read("prt", shown), ZoneInfo("UTC"))
    assert (await anext(changes)).last_click_at is None
    at = datetime.now(UTC).replace(microsecond=0)
    clicks = [clicking.click(at, ids.new(), partner_id=who) for who in (ids.read("prt", shown), other)]
    await clicking.store(database, workspace, clicks)
    found = await anext(changes)
    assert found.today.clicks is not None
    assert (found.today.clicks.gross, found.last_click_at) == (1, at)
    assert found.date in (at.date(), (at + timedelta(seconds=60)).date())
    assert (await client.delete(f"/v1/partners/{shown}")).status_code in (200, 204)
    with pytest.raises(StopAsyncIteration):
        await anext(changes)
