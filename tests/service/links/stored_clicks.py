"""Clicks as they are stored, without a redirect."""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from service.kit import ids
from service.kit.db import Connection, Database
from tests.service.links.agent_cases import BROWSERS

CHROME = BROWSERS[0][0]
_COLUMNS = (
    "link_id",
    "partner_id",
    "campaign_id",
    "kind",
    "target",
    "visitor",
    "counted",
    "reasons",
    "country",
    "device",
    "browser",
    "in_app",
    "referrer_host",
    "platform",
    "sub1",
    "user_agent",
    "network_class",
)


def click(at: datetime, link: UUID, **fields: Any) -> dict[str, Any]:
    """A click that counts, unless `fields` say otherwise."""
    return {
        "id": ids.new(),
        "clicked_at": at,
        "link_id": link,
        "kind": "redirect",
        "counted": not fields.get("reasons"),
        "reasons": [],
        "user_agent": CHROME,
        **fields,
    }


async def store(database: Database, workspace: UUID, clicks: Sequence[dict[str, Any]]) -> None:
    """Stores clicks as the flusher does: the first of a visitor, link and hour is unique."""
    days = sorted({each["clicked_at"].astimezone(UTC).date() for each in clicks})
    async with database.transaction(workspace) as db:
        await make_days(db, days)
        known = [each for each in clicks if each.get("visitor") is not None]
        firsts = await db.fetch(
            """insert into click_uniques (workspace_id, hour, link_id, visitor, click_id)
               select distinct on (hour, link, visitor) $1::uuid, date_trunc('hour', at, 'UTC') as hour, link,
                   visitor, id
               from unnest($2::timestamptz[], $3::uuid[], $4::bytea[], $5::uuid[])
                   as t (at, link, visitor, id)
               order by hour, link, visitor, at, id
               on conflict do nothing returning click_id""",
            workspace,
            *([each[name] for each in known] for name in ("clicked_at", "link_id", "visitor", "id")),
        )
        uniques = {row["click_id"] for row in firsts}
        rows = [
            (workspace, each["clicked_at"], each["id"], each["id"] in uniques, *map(each.get, _COLUMNS))
            for each in clicks
        ]
        await db.executemany(
            f"""insert into clicks (workspace_id, clicked_at, id, "unique", {", ".join(_COLUMNS)})
                values ({", ".join(f"${n}" for n in range(1, 5 + len(_COLUMNS)))})""",
            rows,
        )


async def make_days(db: Connection, days: Sequence[date]) -> None:
    """Partitions for these days."""
    await db.execute("select entry.add_click_days($1)", list(days))


def some(
    count: int, since: datetime, span: timedelta, links: Sequence[UUID], seed: int
) -> list[dict[str, Any]]:
    """Clicks of all kinds within a span, the same for the same seed."""
    draw = random.Random(seed)
    return [
        click(
            since + span * draw.random(),
            draw.choice(links),
            visitor=draw.choice([None, *(bytes([n]) * 16 for n in range(12))]),
            country=draw.choice(["TR", "TR", "DE", None]),
            device=draw.choice(["mobile", "desktop", "tablet"]),
            browser=draw.choice(["Chrome", "Safari", None]),
            in_app=draw.choice(["instagram", "tiktok", None, None]),
            referrer_host=draw.choice(["l.instagram.com", "kahve.example", None]),
            platform=draw.choice(["instagram", None]),
            target=draw.choice([None, 0, 1]),
            sub1=draw.choice(["story", "bio", None]),
            reasons=draw.choice([[], [], [], ["bot"], ["prefetch"]]),
            user_agent=draw.choice([CHROME, CHROME, None]),
        )
        for _ in range(count)
    ]
