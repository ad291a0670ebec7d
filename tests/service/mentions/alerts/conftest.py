"""A month of mentions, and a clock that shows another time."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID

import httpx
import msgspec
import pytest

from service.kit import clock, ids, jobs
from service.kit import db as kit_db
from service.kit.db import Connection, Database
from service.settings import Settings, app_dsn, search_dsn
from tests.service.accounts.conftest import clients, join  # noqa: F401 - fixtures

# A Tuesday without an event of the calendar, 15:00 in Istanbul.
NOW = datetime(2026, 10, 20, 12, 20, tzinfo=UTC)
HOUR = timedelta(hours=1)
RAGE = "Elçi kargo rezaleti: siparişim iptal oldu {}"

_MONTH = """
    with given as (select $2::uuid),
    hours as (
        select generate_series($3::timestamptz - interval '28 days', $3::timestamptz - interval '1 hour',
            interval '1 hour') as hour),
    made as (
        select gen_random_uuid() as id, hour + n * interval '40 seconds' as at, n,
            case n % 4 when 0 then 'positive' when 1 then 'negative' when 2 then 'positive' end as label
        from hours, generate_series(1, 4 + (6 * abs(sin(extract(hour from hour) / 7.6)))::integer
            + abs(hashtext(hour::text)) % 4) as n),
    said as (
        insert into mentions (workspace_id, id, key, source, platform, kind, text, language, published_at,
            observed_at, label)
        select $1, id, id::text, 'test', 'x', 'post', 'Elçi kahvesi güzel ' || n, 'tr', at, at, label
        from made),
    searched as (
        insert into mention_search (workspace_id, mention_id, published_at, tokens, source, platform, kind,
            label)
        select $1, id, at, '', 'test', 'x', 'post', label from made)
    select array_agg(id), array_agg(at) from made
"""


class Listening(msgspec.Struct):
    """A query with a month of mentions up to the hour of NOW, and a rule that watches it."""

    client: httpx.AsyncClient
    owner: Connection
    settings: Settings
    workspace: UUID
    query: str
    rule: str

    @asynccontextmanager
    async def at(self, moment: datetime) -> AsyncIterator[tuple[Settings, Database]]:
        """The database, whose clock shows `moment`."""
        offset = moment - await clock.now(self.owner)
        dsn = app_dsn(self.settings)
        text = quote(f"{offset.total_seconds()} seconds")
        dsn += ("&" if "?" in dsn else "?") + f"app.clock_offset={text}"
        later = msgspec.structs.replace(self.settings, app_database_url=dsn)
        async with kit_db.connect(dsn, search_dsn(self.settings), later) as opened:
            yield later, opened

    async def look(self, moment: datetime) -> list[dict[str, Any]]:
        """The schedule and its jobs at a moment; the alerts then."""
        async with self.at(moment) as (later, opened):
            await jobs.run_scheduled(later, opened, "mentions.look_for_spikes")
            await jobs.run_queued(later, opened)
        return await self.alerts()

    async def alerts(self, **asked: str) -> list[dict[str, Any]]:
        answer = await self.client.get("/v1/alerts", params=asked)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["data"]
        return found

    async def say(self, number: int, at: datetime, text: str = RAGE, label: str = "negative") -> None:
        """Mentions of an hour come in, and are read as `label`."""
        sent = [
            {
                "platform": "x",
                "native_id": f"{at:%d%H%M}-{n}-{label}",
                "text": text.format(n),
                "language": "tr",
                "published_at": (at + n * timedelta(seconds=5)).isoformat(),
                "author_handle": f"biri{n % 3}",
                "likes": n,
            }
            for n in range(number)
        ]
        answer = await self.client.post("/v1/mentions", json={"mentions": sent})
        assert answer.json()["created"] == number, answer.text
        for table in ("mentions", "mention_search"):
            await self.owner.execute(
                f"update {table} set label = $1 where published_at >= $2 and published_at < $2 + $3",
                *(label, at, number * timedelta(seconds=5)),
            )

    async def topics(self) -> dict[str, int]:
        """What was put out, by topic."""
        rows = await self.owner.fetch("select topic, count(*) from outbox group by topic")
        return {row[0]: row[1] for row in rows}


@pytest.fixture
async def listening(client: httpx.AsyncClient, owner: Connection, settings: Settings, drain) -> Listening:  # type: ignore[no-untyped-def]
    asked = {"name": "Elçi", "expression": "elçi"}
    query = (await client.post("/v1/listening/queries", json=asked)).json()["id"]
    await drain()
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    made = await owner.fetchrow(_MONTH, workspace, ids.read("lsq", query), NOW.replace(minute=0))
    await owner.execute(
        """insert into mention_matches (workspace_id, query_id, published_at, mention_id)
           select $1, $2, p.at, p.id from unnest($3::uuid[], $4::timestamptz[]) as p(id, at)""",
        *(workspace, ids.read("lsq", query), *made),
    )
    rule = {
        "query_id": query,
        "recipients": ["nobet@elci.example", "Nobet@elci.example"],
        "quiet_hours": {"from": "14:00", "to": "16:00"},
        "checklist": ["Hukuka sor"],
    }
    answer = await client.post("/v1/alert-rules", json=rule)
    assert answer.status_code == 201, answer.text
    # It has watched since yesterday.
    await owner.execute("update alert_rules set watched_from = $1", NOW - timedelta(days=1))
    return Listening(client, owner, settings, workspace, query, answer.json()["id"])
