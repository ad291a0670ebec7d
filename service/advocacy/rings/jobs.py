"""Looking for rings by the clock, or when somebody asks."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from msgspec import Struct

from service.accounts import audit
from service.advocacy.rings import holding, store
from service.advocacy.rings.schemas import Checked
from service.kit import ids
from service.kit.db import Database
from service.kit.jobs import Work, enqueue, job, scheduled
from service.settings import Settings

if TYPE_CHECKING:
    from service.advocacy.rings.finding import Doubt, Doubts

CHECK, PURGE = "advocacy.rings", "advocacy.purge_marks"
_EVIDENCE_AT_ONCE, _HELD_AT_ONCE, _PURGED_AT_ONCE = 1000, 50, 5000


class Check(Struct, frozen=True):
    """The program whose referrals are looked at; a dry run holds nothing and notes nothing."""

    program_id: UUID
    dry_run: bool = False


@job(CHECK)
async def check(work: Work, payload: Check) -> Checked:
    """Weighs what is known of each referral of a program, and holds those that are most likely made up."""
    if not payload.dry_run:
        async with work.transaction() as db:
            await store.begin(db, work.workspace_id, payload.program_id)
    found = await _weighed(work, payload.program_id)
    checked = Checked(found.referrals, sum(each.hold is not None for each in found.doubts), found.rings)
    checked.by_code = _sorted(
        Counter(code for each in found.doubts if each.hold is not None for code in each.codes)
    )
    if payload.dry_run:
        async with work.transaction() as db:
            held = await holding.would_hold(db, work.workspace_id, found.doubts)
        checked.held, checked.by_hold = len(held), _sorted(Counter(held.values()))
        return checked
    await _note(work, payload.program_id, found.doubts)
    held = await _hold(work, payload.program_id, [each for each in found.doubts if each.hold is not None])
    checked.held, checked.by_hold = len(held), _sorted(Counter(held.values()))
    async with work.transaction() as db:
        await store.end(db, work.workspace_id, payload.program_id)
        if held:
            details = {"held": checked.held, "found": checked.found}
            name = ids.show("prg", payload.program_id)
            await audit.record_system(db, work.workspace_id, "referrals.checked", name, details)
        await work.finish(db, checked)
    return checked


async def _weighed(work: Work, program_id: UUID) -> "Doubts":
    # Arrays and kernels are a worker's matter: an API process never has them in memory.
    from service.advocacy.rings import finding, loading

    async with work.transaction() as db:
        before = await store.doubted_before(db, work.workspace_id, program_id)
        read = await loading.read(db, work.workspace_id, program_id)
    await work.progress(0, len(read.referrals["id"]))
    found = await asyncio.to_thread(lambda: finding.doubted(loading.arranged(read), before))
    await work.progress(found.referrals, found.referrals)
    return found


async def _note(work: Work, program_id: UUID, doubts: Sequence["Doubt"]) -> None:
    for start in range(0, len(doubts), _EVIDENCE_AT_ONCE):
        some = doubts[start : start + _EVIDENCE_AT_ONCE]
        rows = [{**each._asdict(), "found": each.hold is not None} for each in some]
        async with work.transaction() as db:
            await store.put_evidence(db, work.workspace_id, program_id, rows)
        await work.progress(work.done)


async def _hold(work: Work, program_id: UUID, doubts: Sequence["Doubt"]) -> dict[UUID, str]:
    held: dict[UUID, str] = {}
    done, total = work.done, work.done + len(doubts)
    for start in range(0, len(doubts), _HELD_AT_ONCE):
        some = doubts[start : start + _HELD_AT_ONCE]
        async with work.transaction() as db:
            held |= await holding.hold(db, work.workspace_id, program_id, some)
        done += len(some)
        await work.progress(done, total)
    return held


def _sorted(counts: "Counter[str]") -> dict[str, int]:
    return dict(sorted(counts.items()))


@scheduled(CHECK, "*/5 * * * *")
async def check_all(settings: Settings, database: Database) -> None:
    """Looks where referrals, marks or payout accounts have changed since."""
    async with database.connection() as db:
        due = await store.due(db)
    for row in due:
        async with database.transaction(row.workspace_id) as db:
            await enqueue(
                db, row.workspace_id, CHECK, Check(row.program_id), dedupe=f"{CHECK} {row.program_id}"
            )


@scheduled(PURGE, "47 * * * *")
async def purge(settings: Settings, database: Database) -> None:
    """Deletes marks as old as the events of pages are."""
    async with database.connection() as db:
        while await store.purge_marks(db, timedelta(days=settings.event_retention_days), _PURGED_AT_ONCE):
            pass
