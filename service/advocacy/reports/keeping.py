"""The figures of a scope: computed at once where there is little, else as a job left them.

A job builds all of a workspace's scopes for the days of one time zone anew, so that a refund, a rejection or
a merger long after the fact shows as if it had always been so: nothing is added up over time.
"""

import asyncio
import contextlib
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from service.advocacy.reports import building, store
from service.advocacy.reports.building import ALL, Snapshot
from service.advocacy.reports.columns import Base, load
from service.advocacy.reports.problems import ReportFailed
from service.advocacy.reports.schemas import ReportBuilt
from service.advocacy.reports.store import ZoneRow
from service.discovery.computations.threads import in_thread
from service.kit import clock, ids, jobs
from service.kit.db import Connection
from service.kit.jobs import Job, Work

REPORT: Final = "advocacy.report"
# So much is added up while the asker waits.
MOST_AT_ONCE: Final = 4_000
# A worker spends at most this part of its time on one zone's days, however often something changes.
PART_OF_TIME: Final = 20
# How long a failure answers: who asks again and again starts no job each time.
FAILED: Final = timedelta(minutes=1)
# Days of further zones are dropped, those first that nobody asked for longest.
MOST_ZONES: Final = 4
STEPS_OF_LOADING: Final = 5


class BuildReport(Struct):
    """Whose local days are built."""

    tz: str


async def snapshot(db: Connection, workspace_id: UUID, scope: UUID, zone: ZoneInfo) -> Snapshot | Job:
    """The figures, or the job that makes them for the first time. Raises ReportFailed."""
    if await store.size_up_to(db, workspace_id, MOST_AT_ONCE + 1) <= MOST_AT_ONCE:
        return await _at_once(db, workspace_id, scope, zone)
    await store.ask_zone(db, workspace_id, zone.key)
    found = await _kept(db, workspace_id, scope, zone)
    return await build(db, workspace_id, zone.key) if found is None else found


async def _kept(db: Connection, workspace_id: UUID, scope: UUID, zone: ZoneInfo) -> Snapshot | None:
    body = await store.find_body(db, workspace_id, zone.key, scope)
    return None if body is None else msgspec.msgpack.decode(body, type=Snapshot)


async def _at_once(db: Connection, workspace_id: UUID, scope: UUID, zone: ZoneInfo) -> Snapshot:
    """All is of now, but for K, which a job reckons."""
    base, now = await load(db, workspace_id, zone.key), await clock.now(db)
    ((_, made),) = await in_thread(
        lambda: list(building.snapshots(base, now, zone, [scope], grow=False)),
    )
    if made.growth:
        return made
    await store.ask_zone(db, workspace_id, zone.key)
    kept = await _kept(db, workspace_id, scope, zone)
    if kept is not None:
        return msgspec.structs.replace(made, growth=kept.growth, grown_at=kept.grown_at)
    with contextlib.suppress(ReportFailed):
        await build(db, workspace_id, zone.key)
    return made


async def build(db: Connection, workspace_id: UUID, tz: str) -> Job:
    """The job that builds a zone's days: the one that waits or runs, else a new one. Raises ReportFailed."""
    await store.ask_zone(db, workspace_id, tz)
    others = [each.tz for each in await store.zones(db, workspace_id) if each.tz != tz]
    await store.drop_zones(db, workspace_id, others[MOST_ZONES - 1 :])
    zone = await store.find_zone(db, workspace_id, tz)
    running = None if zone is None or zone.job_id is None else await jobs.find(db, workspace_id, zone.job_id)
    if running is not None and not running.final:
        return running
    if running is not None and running.status == "failed":
        left = (running.finished_at or running.created_at) + FAILED - await clock.now(db)
        if left > timedelta(0):
            raise ReportFailed(
                str((running.error or {}).get("detail", "for an unknown reason")),
                headers={"Retry-After": str(1 + int(left.total_seconds()))},
                job_id=ids.show("job", running.id),
            )
    job_id = await jobs.enqueue(
        db, workspace_id, REPORT, BuildReport(tz), dedupe=f"{REPORT} {workspace_id} {tz}"
    )
    await store.start(db, workspace_id, tz, job_id)
    return await jobs.get(db, workspace_id, job_id)


async def is_due(db: Connection, workspace_id: UUID, zone: ZoneRow, now: datetime) -> bool:
    """Whether a zone's days are built again: something changed, or it is another day, and the last time was
    not just before."""
    if zone.as_of is None or zone.mark is None:
        return False
    if now - zone.as_of < timedelta(seconds=PART_OF_TIME * (zone.seconds or 0.0)):
        return False
    local = ZoneInfo(zone.tz)
    if building.local_day(now, local) != building.local_day(zone.as_of, local):
        return True
    return await store.changed_since(db, workspace_id, zone.mark)


async def refresh(work: Work, tz: str) -> ReportBuilt:
    """Builds a zone's days, each scope, and puts them in the place of those before at once."""
    began, zone = time.monotonic(), ZoneInfo(tz)
    async with work.transaction() as db:
        mark, now = await store.mark(db, work.workspace_id), await clock.now(db)
        await store.expect_many(db)
        base = await load(db, work.workspace_id, tz)
    scopes = [ALL, *base.programs]
    total = STEPS_OF_LOADING + building.steps_of(base, scopes)
    await work.progress(STEPS_OF_LOADING, total)
    report = partial(_report, work.report, total)
    bodies = await asyncio.to_thread(_bodies, base, now, zone, scopes, report)
    async with work.transaction() as db:
        await store.ask_zone(db, work.workspace_id, tz)
        for scope, body in bodies.items():
            await store.put_body(db, work.workspace_id, tz, scope, body)
        await store.drop_scopes(db, work.workspace_id, tz, scopes)
        await store.built(db, work.workspace_id, tz, now, mark, time.monotonic() - began)
        built = ReportBuilt(tz, len(scopes), len(base.referrals.ids), len(base.orders.at))
        await work.finish(db, built)
    return built


def _report(report: Callable[[int, int], None], total: int, done: int, _: int) -> None:
    report(STEPS_OF_LOADING + done, total)


def _bodies(
    base: Base, now: datetime, zone: ZoneInfo, scopes: list[UUID], progress: building.Progress
) -> dict[UUID, bytes]:
    made = building.snapshots(base, now, zone, scopes, progress)
    return {scope: msgspec.msgpack.encode(each) for scope, each in made}
