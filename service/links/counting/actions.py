"""Counting an hour: verdicts, then roll-ups, in one transaction."""

from datetime import datetime, timedelta
from uuid import UUID

from service.kit.db import Connection
from service.links.counting import store
from service.links.counting.evaluating import Judge, differs
from service.links.counting.schemas import Stored, Verdict
from service.links.rules.schemas import Evaluation, Rules

HOUR = timedelta(hours=1)
_AT_ONCE = 2_000


async def evaluate_hour(
    db: Connection, workspace_id: UUID, hour: datetime, rules: Rules, *, write: bool = True
) -> Evaluation:
    """The verdicts on an hour's clicks, and what they change."""
    judge = Judge(rules)
    found, waiting = Evaluation(), list[Verdict]()
    async for visit in store.visits(db, workspace_id, hour - judge.window, hour + HOUR):
        stored = {click.id: click for click in visit}
        for verdict in judge.verdicts(visit, hour):
            found.clicks += 1
            if differs(verdict, stored[verdict.id]):
                _note(found, verdict, stored[verdict.id])
                waiting.append(verdict)
        if write and len(waiting) >= _AT_ONCE:
            await store.put_verdicts(db, workspace_id, waiting)
            waiting.clear()
        elif not write:
            waiting.clear()
    await store.put_verdicts(db, workspace_id, waiting)
    return found


def _note(found: Evaluation, verdict: Verdict, click: Stored) -> None:
    if verdict.counted != click.counted:
        found.newly_counted += verdict.counted
        found.no_longer_counted += click.counted
    elif verdict.reasons != click.reasons:
        found.other_reasons += 1


async def count_hour(db: Connection, workspace_id: UUID, hour: datetime, rules: Rules) -> Evaluation:
    """Evaluates an hour and puts its roll-ups in the place of those before."""
    found = await evaluate_hour(db, workspace_id, hour, rules)
    await store.drop_rollups(db, workspace_id, hour, hour + HOUR)
    await store.add_rollups(db, workspace_id, hour, hour + HOUR)
    await store.drop_partner_rollups(db, workspace_id, hour, hour + HOUR)
    await store.add_partner_rollups(db, workspace_id, hour, hour + HOUR)
    await store.drop_partner_hours(db, workspace_id, hour, hour + HOUR)
    await store.add_partner_hours(db, workspace_id, hour, hour + HOUR)
    return found


async def count_oldest(db: Connection, workspace_id: UUID, rules: Rules) -> datetime | None:
    """Counts the oldest hour that has new clicks, and the next one, whose fast clicks may be others now."""
    hour = await store.take_marks(db, workspace_id)
    if hour is not None:
        await count_hour(db, workspace_id, hour, rules)
        if await store.next_hour(db, workspace_id, hour + HOUR) == hour + HOUR:
            await count_hour(db, workspace_id, hour + HOUR, rules)
    return hour


def add_up(total: Evaluation, found: Evaluation) -> None:
    """Adds one hour's changes to those of the hours before."""
    for name in total.__struct_fields__:
        setattr(total, name, getattr(total, name) + getattr(found, name))
