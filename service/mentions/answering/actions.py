"""Mentions assigned in bulk, and how fast they are answered."""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from service.accounts import audit
from service.accounts.callers import Caller
from service.accounts.members import store as members
from service.kit import clock, ids
from service.kit.db import Connection
from service.kit.problems import InvalidInput, NotFound
from service.mentions import show
from service.mentions.answering import figures, store
from service.mentions.answering.schemas import (
    Assignment,
    AssignmentResult,
    GroupBy,
    MeasuredFrom,
    MentionsAssigned,
    ResponseReport,
    WaitingMention,
)
from service.mentions.handling import handle
from service.mentions.schemas import MentionPatch, MentionRow

USUAL_DAYS, MOST_DAYS = 30, 366


class Asked(Struct):
    """Which response times are asked for."""

    since: datetime | None
    until: datetime | None
    target_minutes: int
    group_by: GroupBy | None
    measured_from: MeasuredFrom
    query_id: UUID | None
    assignee: UUID | None


async def assign(db: Connection, caller: Caller, data: Assignment) -> MentionsAssigned:
    """Assigns mentions, each as PATCH would. Raises UnknownMember."""
    assignee = None if data.assignee is None else ids.read("usr", data.assignee)
    if assignee is not None:
        await members.get_member(db, caller.workspace_id, assignee)
    wanted = [_id(text) for text in data.mention_ids]
    found = [one for one in dict.fromkeys(wanted) if one is not None]
    rows = await store.lock_mentions(db, caller.workspace_id, found)
    now, patch = await clock.now(db), MentionPatch(assignee=data.assignee)
    changed = {
        row.id: handle(row, patch, assignee, caller.name, now).status
        for row in rows
        if row.assignee != assignee
    }
    if changed:
        at = now if assignee is not None else None
        values = (list(changed), list(changed.values()), assignee, at)
        await store.save_assignment(db, caller.workspace_id, *values)
        details = {"mention_ids": [ids.show("men", one) for one in changed]}
        await audit.record(db, caller, "mentions.assigned", data.assignee or "nobody", details)
    known = {row.id for row in rows}
    done = "unassigned" if assignee is None else "assigned"
    results = [
        AssignmentResult(
            text,
            "unknown" if one not in known else done if one in changed else "unchanged",  # type: ignore[arg-type]
        )
        for text, one in zip(data.mention_ids, wanted, strict=True)
    ]
    return MentionsAssigned(results, len(changed))


def shown_waiting(row: MentionRow, now: datetime, target: timedelta) -> WaitingMention:
    """A mention with how long it has waited since it was published."""
    waited = max(now - row.published_at, timedelta())
    return WaitingMention(show.mention(row), row.published_at, int(waited.total_seconds()), waited > target)


async def report(db: Connection, workspace_id: UUID, asked: Asked) -> ResponseReport:
    """The response times of a span, the last 30 days where none is given. Raises InvalidInput."""
    now = await clock.now(db)
    until = asked.until or now
    since = asked.since or until - timedelta(days=USUAL_DAYS)
    if not since < until <= since + timedelta(days=MOST_DAYS):
        faults = [{"path": "from", "message": f"lies before `to`, by {MOST_DAYS} days at most"}]
        raise InvalidInput("a span that can't be", errors=faults)
    rows = await store.answers(
        *(db, workspace_id, since, until, asked.query_id, asked.group_by, asked.measured_from),
        asked.assignee,
    )
    target = timedelta(minutes=asked.target_minutes)
    total = await asyncio.to_thread(figures.figures, figures.once(rows), now, target)
    groups = (
        []
        if asked.group_by is None
        else await asyncio.to_thread(figures.groups, rows, asked.group_by, now, target)
    )
    return ResponseReport(since, until, now, asked.target_minutes, asked.measured_from, total, groups)


def _id(text: str) -> UUID | None:
    try:
        return ids.read("men", text)
    except NotFound:
        return None
