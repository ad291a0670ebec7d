"""Alerts read, taken up, resolved; and watched live."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import timedelta
from uuid import UUID

from msgspec import UNSET, structs

from service.accounts import audit
from service.accounts.callers import Caller
from service.accounts.members import store as members
from service.kit import clock, ids
from service.kit.db import Connection, Database
from service.kit.problems import InvalidInput
from service.mentions import show as mentions
from service.mentions import store as mention_store
from service.mentions.alerts import show, states, store, telling
from service.mentions.alerts.schemas import Alert, AlertPatch, AlertRow
from service.mentions.alerts.states import Handled

LIVE_FOR_S, LOOK_EVERY_S = 600.0, 1.0
MOST_LIVE = 100
# What commits later than it was written is found by looking back so far.
OVERLAP = timedelta(seconds=15)


async def shown(
    db: Connection, workspace_id: UUID, rows: Sequence[AlertRow], *, examples: bool = False
) -> list[Alert]:
    """Alerts as the API shows them, with the names that may be told now."""
    keys = [bytes.fromhex(one.key) for row in rows for one in row.cause.authors]
    names = {one.key: one for one in await store.author_names(db, workspace_id, keys)} if keys else {}
    told = []
    for row in rows:
        found = await mention_store.mentions_of(db, workspace_id, row.example_ids) if examples else []
        told.append(show.alert(row, names, [mentions.mention(one) for one in found]))
    return told


async def acknowledge(db: Connection, caller: Caller, alert_id: UUID) -> Alert:
    """Somebody has seen it. Raises UnknownAlert."""
    row = await store.lock_alert(db, caller.workspace_id, alert_id)
    now = await clock.now(db)
    return await _save(db, caller, row, lambda known: states.acknowledge(known, caller.name, now))


async def resolve(db: Connection, caller: Caller, alert_id: UUID) -> Alert:
    """It is over; programs are told. Raises UnknownAlert."""
    row = await store.lock_alert(db, caller.workspace_id, alert_id)
    now = await clock.now(db)
    told = await _save(db, caller, row, lambda known: states.resolve(known, caller.name, now))
    if row.status != "resolved":
        after = await store.get_alert(db, caller.workspace_id, alert_id)
        await telling.announce(db, caller.workspace_id, after, telling.RESOLVED, now)
    return told


async def change(db: Connection, caller: Caller, alert_id: UUID, patch: AlertPatch) -> Alert:
    """Owner, notes, points done. Raises UnknownAlert, UnknownMember, InvalidInput."""
    row = await store.lock_alert(db, caller.workspace_id, alert_id)
    owner = None
    if patch.owner is not UNSET and patch.owner is not None:
        owner = ids.read("usr", patch.owner)
        await members.get_member(db, caller.workspace_id, owner)
    now = await clock.now(db)
    try:
        return await _save(
            db, caller, row, lambda known: states.change(known, patch, owner, caller.name, now)
        )
    except KeyError as error:
        faults = [{"path": "checklist", "message": f"has no point {error.args[0][:40]!r}"}]
        raise InvalidInput("a checklist without this point", errors=faults) from error


async def tick(db: Connection, caller: Caller, alert_id: UUID, key: str) -> None:
    """A point of the checklist is done by what was done elsewhere."""
    row = await store.lock_alert(db, caller.workspace_id, alert_id)
    now = await clock.now(db)
    await _save(db, caller, row, lambda known: states.tick(known, key, caller.name, now))


async def live(database: Database, workspace_id: UUID) -> AsyncIterator[Alert]:
    """Open alerts now, then each alert when it is new or changes."""
    async with database.transaction(workspace_id) as db:
        since = await clock.now(db) - OVERLAP
        rows = await store.list_alerts(
            db, workspace_id, None, None, "open", None, None, None, None, None, MOST_LIVE
        )
        # What changed in the overlap stands in this first answer, or is not news.
        before = await store.changed_alerts(db, workspace_id, since, MOST_LIVE)
        told = await shown(db, workspace_id, rows[::-1])
    seen = {row.id: row.version for row in [*before, *rows]}
    for one in told:
        yield one
    ends = time.monotonic() + LIVE_FOR_S
    while time.monotonic() < ends:
        await asyncio.sleep(LOOK_EVERY_S)
        async with database.transaction(workspace_id) as db:
            since = await clock.now(db) - OVERLAP
            changed = await store.changed_alerts(db, workspace_id, since, MOST_LIVE)
            fresh = [row for row in changed if seen.get(row.id) != row.version]
            told = await shown(db, workspace_id, fresh)
        seen |= {row.id: row.version for row in fresh}
        for one in told:
            yield one


async def _save(db: Connection, caller: Caller, row: AlertRow, decide: Callable[[Handled], Handled]) -> Alert:
    known = states.handled(row)
    after = decide(known)
    fields = [name for name in Handled.__struct_fields__ if getattr(after, name) != getattr(known, name)]
    if fields:
        await store.save_handling(db, caller.workspace_id, row.id, *structs.astuple(after))
        action = "changed" if after.status == known.status else after.status
        await audit.record(db, caller, f"alert.{action}", ids.show("alr", row.id), {"fields": fields})
        row = await store.get_alert(db, caller.workspace_id, row.id)
    (told,) = await shown(db, caller.workspace_id, [row], examples=True)
    return told
