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
        for each in clicks:
            unique = each.get("visitor") is not None and await db.fetchval(
                """insert into click_uniques (workspace_id, hour, link_id, visitor, click_id)
                   values ($1, date_trunc('hour', $2::timestamptz, 'UTC'), $3, $4, $5)
                   on conflict do nothing returning true""",
                *(workspace, each["clicked_at"], each["link_id"], each["visitor"], each["id"]),
            )
            await db.execute(
                f"""insert into clicks (workspace_id, clicked_at, id, "unique", {", ".join(_COLUMNS)})
                    values ($1, $2, $3, $4, {", ".join(f"${n}" for n in range(5, 5 + len(_COLUMNS)))})""",
                *(workspace, each["clicked_at"], each["id"], bool(unique)),
                *(each.get(name) for name in _COLUMNS),
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
