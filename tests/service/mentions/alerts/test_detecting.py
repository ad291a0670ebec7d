"""A month watched: one crisis makes one alert, whoever looks, how often, and whatever comes late."""

import asyncio
from datetime import timedelta, timezone

import asyncpg
import pytest

from service.accounts.callers import Caller
from service.kit import ids
from service.mentions.alerts import detecting, telling
from service.mentions.alerts.rules import actions as rules
from service.mentions.alerts.rules.schemas import NewAlertRule
from tests.service.mentions.alerts.conftest import HOUR, NOW, Listening

MINUTE = timedelta(minutes=1)
THIS_HOUR = NOW.replace(minute=0)


async def test_one_crisis_is_one_alert_with_its_cause(listening: Listening) -> None:
    assert await listening.look(NOW - HOUR) == []
    await listening.say(60, THIS_HOUR)
    (alert,) = await listening.look(NOW)
    assert (alert["kind"], alert["status"], alert["ended_at"]) == ("crisis", "open", None)
    assert alert["starts_at"] == THIS_HOUR.isoformat().replace("+00:00", "Z")
    assert (alert["mentions"], alert["peak_count"]) == (60, 60)
    assert 5 < alert["expected"] < 20
    cause = alert["cause"]
    assert {"kargo", "iptal"} <= {one["term"] for one in cause["terms"]}
    assert {one["handle"] for one in cause["authors"]} == {"biri0", "biri1", "biri2"}
    assert cause["net_sentiment"] == -1
    assert cause["net_sentiment_before"] > 0
    assert alert["crisis"]["reasons"] == ["net_sentiment_fell", "negative_share_doubled"]
    assert [one["key"] for one in alert["checklist"]] == ["response", "owner", "statement", "own_1"]
    one = (await listening.client.get(f"/v1/alerts/{alert['id']}")).json()
    assert len(one["examples"]) == 5
    assert all("iptal" in each["text"] for each in one["examples"])

    # In quiet hours until 16:00 the mail waits, and the alert doesn't.
    waits, body = await listening.owner.fetchrow(
        """select round(extract(epoch from next_attempt_at - created_at) / 60), body
           from outbox where topic = 'mail'"""
    )
    assert waits == 40
    assert body["subject"] == "Kriz uyarısı: Elçi"
    assert "2026-10-20 15:00" in body["text"]

    # Looked at again, by several at once.
    async with listening.at(NOW + MINUTE) as (_, opened):

        async def look() -> int:
            async with opened.transaction(listening.workspace) as db:
                return await detecting.look(db, listening.workspace, ids.read("arl", listening.rule))

        assert await asyncio.gather(*(look() for _ in range(3))) == [0, 0, 0]
    # Late ones in the hour, before it and after it; then it calms down.
    await listening.say(40, THIS_HOUR + 30 * MINUTE)
    await listening.say(50, THIS_HOUR - HOUR + 30 * MINUTE)
    await listening.say(45, THIS_HOUR + HOUR)
    (later,) = await listening.look(NOW + HOUR)
    assert (later["id"], later["mentions"], later["peak_count"]) == (alert["id"], 145, 100)
    for after in range(2, 6):
        await listening.say(12, THIS_HOUR + after * HOUR, "Elçi kahvesi {}", "positive")
    (over,) = await listening.look(NOW + 6 * HOUR)
    assert over["ended_at"] is not None
    await listening.say(60, THIS_HOUR + 2 * HOUR + 30 * MINUTE)
    assert [one["id"] for one in await listening.look(NOW + 7 * HOUR)] == [alert["id"]]
    topics = await listening.topics()
    assert topics["alert.opened"] == 1
    # The two recipients are one address.
    assert topics["mail"] == 1
    # A day later somebody else is angry: that is another one.
    await listening.say(70, THIS_HOUR + 24 * HOUR)
    assert len(await listening.look(NOW + 24 * HOUR)) == 2


async def test_a_rule_may_look_back(listening: Listening) -> None:
    """A week of stored hours, of which two are a crisis, and mentions of the day that is on."""
    client, then = listening.client, THIS_HOUR - timedelta(days=3)
    await listening.say(60, then)
    await listening.say(40, then + HOUR)
    await client.delete(f"/v1/alert-rules/{listening.rule}")
    # Half past, and on other clocks: the hour in UTC counts.
    since = (then - timedelta(days=4, minutes=-30)).astimezone(timezone(timedelta(hours=5, minutes=30)))
    caller = Caller(listening.workspace, "key", ids.new(), "secret", frozenset())
    wanted = NewAlertRule(query_id=listening.query, since=since, p=1e-6)
    async with listening.at(NOW) as (_, opened), opened.transaction(listening.workspace) as db:
        made = await rules.add(db, caller, wanted)
    assert made.watched_from == then - timedelta(days=4)
    # It doesn't wait for the schedule.
    queued = await client.get("/v1/jobs", params={"kind": "mentions.look_for_spikes", "status": "queued"})
    assert len(queued.json()["data"]) == 1
    for _ in range(2):
        (alert,) = await listening.look(NOW)
        assert (alert["kind"], alert["mentions"] >= 100) == ("crisis", True)
        assert alert["starts_at"] == f"{then:%Y-%m-%dT%H:00:00Z}"
        assert alert["ended_at"]


async def test_workers_at_once_and_a_killed_one(
    listening: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Red without the lock on the rule and the two constraints: three alerts."""
    await listening.say(60, THIS_HOUR)
    rule = ids.read("arl", listening.rule)
    async with listening.at(NOW) as (_, opened):

        async def look() -> int:
            async with opened.transaction(listening.workspace) as db:
                return await detecting.look(db, listening.workspace, rule)

        async def killed(*given: object) -> None:
            raise ConnectionResetError

        with monkeypatch.context() as patched:
            patched.setattr(telling, "tell", killed)
            with pytest.raises(ConnectionResetError):
                await look()
        assert await listening.alerts() == []
        assert sorted(await asyncio.gather(*(look() for _ in range(3)))) == [0, 0, 1]
    assert len(await listening.alerts()) == 1
    assert (await listening.topics())["alert.opened"] == 1
    spike = await listening.owner.fetchrow("select * from mention_spikes")
    for column in ("ended_at", "opened_at"):
        with pytest.raises(asyncpg.UniqueViolationError):
            # A second one that is on, and the same one again.
            await listening.owner.execute(
                f"""insert into mention_spikes select workspace_id, $1, query_id,
                       {"opened_at + interval '1 hour'" if column == "ended_at" else "opened_at"}, last_at,
                       {"null" if column == "ended_at" else "elci_now()"}, spell, before
                    from mention_spikes where id = $2""",
                *(ids.new(), spike["id"]),
            )


async def test_a_spike_becomes_a_crisis(listening: Listening) -> None:
    await listening.say(60, THIS_HOUR, "Elçi ödül aldı {}", "positive")
    path = f"/v1/alert-rules/{listening.rule}"
    await listening.client.patch(path, json={"kinds": ["crisis"]})
    assert await listening.look(NOW) == []
    await listening.client.patch(path, json={"kinds": ["crisis", "spike"]})
    (alert,) = await listening.look(NOW)
    assert (alert["kind"], [one["key"] for one in alert["checklist"]]) == ("spike", ["own_1"])
    path = f"/v1/alerts/{alert['id']}"
    assert (await listening.client.post(f"{path}/resolve")).json()["status"] == "resolved"
    await listening.say(90, THIS_HOUR + 30 * MINUTE)
    (same,) = await listening.look(NOW + 30 * MINUTE)
    assert (same["id"], same["kind"], same["status"]) == (alert["id"], "crisis", "open")
    assert same["escalated_at"]
    assert len(same["checklist"]) == 4
    topics = await listening.topics()
    assert (topics["alert.opened"], topics["alert.resolved"], topics["alert.escalated"]) == (1, 1, 1)
    trail = (await listening.client.get("/v1/audit-log")).json()["data"]
    assert {"alert.opened", "alert.escalated", "alert.resolved"} <= {one["action"] for one in trail}
