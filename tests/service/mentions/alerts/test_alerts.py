"""/v1/alert-rules, /v1/alerts, /v1/statements: fields, states, who may what."""

import asyncio
from datetime import timedelta
from typing import Any

import asyncpg
import httpx
import pytest

from service.mentions.alerts import actions
from tests.service.accounts.conftest import Join
from tests.service.mentions.alerts.conftest import NOW, Listening


async def test_rules(listening: Listening, other_client: httpx.AsyncClient) -> None:
    client, path = listening.client, f"/v1/alert-rules/{listening.rule}"
    again = await client.post("/v1/alert-rules", json={"query_id": listening.query})
    assert (again.status_code, again.json()["type"]) == (409, "/problems/alert-rule-exists")
    changed = await client.patch(path, json={"enabled": False, "p": 1e-5, "quiet_hours": None})
    assert changed.status_code == 200, changed.text
    assert (changed.json()["enabled"], changed.json()["quiet_hours"]) == (False, None)
    listed = await client.get("/v1/alert-rules", params={"enabled": "true"})
    assert listed.json()["data"] == []
    on = (await client.patch(path, json={"enabled": True})).json()
    assert on["watched_from"] > changed.json()["watched_from"]
    assert (await other_client.get(path)).status_code == 404
    assert (await other_client.patch(path, json={"enabled": False})).status_code == 404
    assert (await client.delete(path)).status_code == 204
    assert (await client.get(path)).status_code == 404


STATEMENT = {"channel": "x", "text": "Özür dileriz"}
WRONG: list[tuple[dict[str, Any], list[str]]] = [
    ({"recipients": ["xyz", "a@b.example", "@@@"]}, ["recipients[0]", "recipients[2]"]),
    ({"recipients": ["nobody at home", "a@b.example"]}, ["recipients[0]"]),
    ({"quiet_hours": {"from": "22:00", "to": "08:00", "tz": "Mars/Base"}}, ["quiet_hours.tz"]),
    ({"quiet_hours": {"from": "08:00", "to": "08:00"}}, ["quiet_hours"]),
    ({"quiet_hours": {"from": "24:00", "to": "08:00"}}, ["quiet_hours.from"]),
    ({"p": 0.5, "min_mentions": 0}, ["p", "min_mentions"]),
    ({"kinds": []}, ["kinds"]),
    ({"since": "2020-01-01T00:00:00Z"}, ["since"]),
    ({"watched_from": "2020-01-01T00:00:00Z"}, ["watched_from"]),
]


async def test_rules_that_cannot_be(client: httpx.AsyncClient) -> None:
    query = await client.post("/v1/listening/queries", json={"name": "a", "expression": "a"})
    for sent, paths in WRONG:
        answer = await client.post("/v1/alert-rules", json={"query_id": query.json()["id"], **sent})
        assert answer.status_code == 400, answer.text
        assert [one["path"] for one in answer.json()["errors"]] == paths


async def test_own_events(listening: Listening, other_client: httpx.AsyncClient) -> None:
    """What a launch brings is usual for it: the same hour without the event is a spike."""
    client, path = listening.client, "/v1/listening/events"
    start = NOW.replace(minute=0)
    event = {"key": "lansman", "name": "Lansman", "ends_at": (start + timedelta(hours=4)).isoformat()}
    await listening.say(38, start, "Elçi lansmanı {}", "positive")
    bad = await client.post(path, json={**event, "starts_at": event["ends_at"]})
    assert (bad.status_code, bad.json()["errors"][0]["path"]) == (400, "ends_at")
    made = await client.post(path, json={**event, "starts_at": start.isoformat()})
    assert made.status_code == 201, made.text
    again = await client.post(path, json={**event, "starts_at": start.isoformat()})
    assert again.status_code == 409
    assert (await client.get(path, params={"key": "a\0"})).status_code == 400
    assert await listening.look(NOW) == []
    one = f"{path}/{made.json()['id']}"
    assert (await other_client.delete(one)).status_code == 404
    assert [each["key"] for each in (await client.get(path)).json()["data"]] == ["lansman"]
    assert (await client.delete(one)).status_code == 204
    assert [each["kind"] for each in await listening.look(NOW)] == ["spike"]


async def test_an_alert_taken_up(listening: Listening, join: Join, other_client: httpx.AsyncClient) -> None:
    await listening.say(60, NOW.replace(minute=0))
    (alert,) = await listening.look(NOW)
    client, path = listening.client, f"/v1/alerts/{alert['id']}"
    manager = await join("manager")
    owned = (await client.patch(path, json={"owner": manager.id, "notes": "bakıyoruz"})).json()
    assert (owned["owner"], owned["notes"], owned["status"]) == (manager.id, "bakıyoruz", "open")
    assert owned["first_response_at"]
    assert [one["key"] for one in owned["checklist"] if one["done"]] == ["owner"]
    seen = (await manager.client.post(f"{path}/acknowledge")).json()
    assert (seen["status"], seen["acknowledged_by"]) == ("acknowledged", manager.id)
    assert seen["first_response_at"] == owned["first_response_at"]
    wrong = await client.patch(path, json={"checklist": [{"key": "none", "done": True}]})
    assert (wrong.status_code, wrong.json()["errors"][0]["path"]) == (400, "checklist")
    assert (await client.patch(path, json={"owner": "usr_" + "0" * 26})).status_code == 404
    for asked, number in (
        ({"status": "acknowledged"}, 1),
        ({"status": "open"}, 0),
        ({"kind": "crisis", "query_id": listening.query, "owner": manager.id}, 1),
        ({"from": NOW.isoformat()}, 0),
        ({"to": NOW.isoformat()}, 1),
    ):
        assert len(await listening.alerts(**asked)) == number, asked
    for answer in (
        await other_client.get(path),
        await other_client.post(f"{path}/resolve"),
        await other_client.post(
            "/v1/statements", json={"alert_id": alert["id"], "channel": "x", "text": "a"}
        ),
    ):
        assert answer.status_code == 404
    done = (await client.post(f"{path}/resolve")).json()
    assert (done["status"], bool(done["resolved_at"])) == ("resolved", True)
    assert (await client.post(f"{path}/resolve")).json()["updated_at"] == done["updated_at"]
    assert (await listening.topics())["alert.resolved"] == 1
    for bad in ("status = 'open'", "status = 'gone'", "acknowledged_at = null"):
        with pytest.raises(asyncpg.CheckViolationError):
            await listening.owner.execute(f"update alerts set {bad}")


async def test_statements(listening: Listening, join: Join) -> None:
    await listening.say(60, NOW.replace(minute=0))
    (alert,) = await listening.look(NOW)
    manager, other = await join("manager"), await join("manager")
    sent = {"alert_id": alert["id"], **STATEMENT}
    made = (await manager.client.post("/v1/statements", json=sent)).json()
    path = f"/v1/statements/{made['id']}"
    assert (made["status"], made["written_by"]) == ("draft", manager.id)
    twice = await other.client.post("/v1/statements", json=sent)
    assert (twice.status_code, twice.json()["type"]) == (409, "/problems/statement-in-work")
    unapproved = await other.client.post(f"{path}/publish", json={})
    assert (unapproved.status_code, unapproved.json()["type"]) == (409, "/problems/statement-not-approved")
    own = await manager.client.post(f"{path}/approve", json={})
    assert (own.status_code, own.json()["type"]) == (403, "/problems/own-statement")
    # A key has no eyes: it names a person, and not who wrote it.
    assert (await listening.client.post(f"{path}/approve", json={})).status_code == 400
    named = await listening.client.post(f"{path}/approve", json={"approved_by": manager.id})
    assert named.status_code == 403
    ready = (await other.client.post(f"{path}/approve", json={})).json()
    assert (ready["status"], ready["approved_by"]) == ("approved", other.id)
    again = (await manager.client.patch(path, json={"text": "Çok üzgünüz"})).json()
    assert (again["status"], again["approved_by"]) == ("draft", None)
    await listening.client.post(f"{path}/approve", json={"approved_by": other.id})
    early = await manager.client.post(f"{path}/publish", json={"published_at": "2020-01-01T00:00:00Z"})
    assert (early.status_code, early.json()["errors"][0]["path"]) == (400, "published_at")
    out = (await manager.client.post(f"{path}/publish", json={"url": "https://x.com/elci/1"})).json()
    assert (out["status"], out["published_by"], out["text"]) == ("published", manager.id, "Çok üzgünüz")
    assert (await manager.client.patch(path, json={"text": "b"})).status_code == 409
    assert (await manager.client.delete(path)).status_code == 409
    ticked = (await listening.client.get(f"/v1/alerts/{alert['id']}")).json()["checklist"]
    assert [one["key"] for one in ticked if one["done"]] == ["statement"]
    assert (await manager.client.post("/v1/statements", json=sent)).status_code == 201
    listed = await listening.client.get("/v1/statements", params={"status": "published", "channel": "x"})
    assert [one["id"] for one in listed.json()["data"]] == [made["id"]]
    trail = (await listening.client.get("/v1/audit-log", params={"limit": 100})).json()["data"]
    deeds = [one["action"] for one in trail if one["subject"] == made["id"]]
    assert sorted(deeds) == [
        f"statement.{one}" for one in ("approved", "approved", "changed", "created", "published")
    ]


async def test_live(listening: Listening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "LOOK_EVERY_S", 0.02)
    await listening.say(60, NOW.replace(minute=0))
    async with listening.at(NOW) as (_, opened):
        changes = actions.live(opened, listening.workspace)
        waiting = asyncio.ensure_future(anext(changes))
        await asyncio.sleep(0.1)
        assert not waiting.done()
        await listening.look(NOW + timedelta(seconds=1))
        first = await asyncio.wait_for(waiting, 10)
        assert (first.kind, first.status) == ("crisis", "open")
        monkeypatch.setattr(actions, "LIVE_FOR_S", 0.1)
        assert [one.id async for one in actions.live(opened, listening.workspace)] == [first.id]
        await changes.aclose()  # type: ignore[attr-defined]
