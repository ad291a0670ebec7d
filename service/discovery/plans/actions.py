"""Making, keeping and forgetting plans."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

from service.discovery.plans import keeping, loading, store
from service.discovery.plans.jobs import COMPUTE, Compute, decide
from service.discovery.plans.problems import TooLargeToTry
from service.discovery.plans.reading import moved, without
from service.discovery.plans.schemas import Asked, Made, PlanRow
from service.influencers.events import InfluencersErased, InfluencersMerged, MergeUndone
from service.kit import ids, jobs
from service.kit.db import Connection


async def plan(
    db: Connection, workspace_id: UUID, asked: Asked, name: str | None, *, dry_run: bool = False
) -> PlanRow:
    """A plan that is made at once, or one that a job makes (`job_id`).

    Raises UnknownShortlist, UnknownBrief, ImpossibleDemands, and TooLargeToTry for a dry run; of a plan by
    influence graphs' UnknownGraph, NoArcs, GraphChanged.
    """
    keys = await loading.people(db, workspace_id, asked)
    if asked.spread is not None:
        await loading.spreading(db, workspace_id, asked.spread)
    small = asked.spread is None and await loading.is_small(db, workspace_id, keys)
    if dry_run and not small:
        what = "of so many followers" if asked.spread is None else "by influence"
        raise TooLargeToTry(f"a plan {what} is made by a job, which keeps it")
    plan_id = ids.new()
    if small:
        made = await make(db, workspace_id, asked, keys)
        row = await _add(db, workspace_id, plan_id, asked, name, made, None)
        await keeping.put(db, workspace_id, plan_id, made.members)
        return row
    job_id = await jobs.enqueue(db, workspace_id, COMPUTE, Compute(plan_id))
    row = await _add(db, workspace_id, plan_id, asked, name, None, job_id)
    # So that an erasure finds a plan that is still computed.
    await keeping.put(db, workspace_id, plan_id, [keeping.bare(key) for key in keys])
    return row


async def make(db: Connection, workspace_id: UUID, asked: Asked, keys: Sequence[UUID]) -> Made:
    """Reads and decides. Raises ImpossibleDemands."""
    everybody = await loading.everybody(db, workspace_id, asked, keys)

    return await asyncio.to_thread(decide, everybody, asked)


async def _add(
    db: Connection,
    workspace_id: UUID,
    plan_id: UUID,
    asked: Asked,
    name: str | None,
    made: Made | None,
    job_id: UUID | None,
) -> PlanRow:
    return await store.add_plan(
        db,
        workspace_id,
        plan_id,
        name,
        asked.shortlist_id,
        asked.brief_id,
        asked.objective,
        asked,
        None if made is None else made.totals,
        job_id,
    )


async def delete(db: Connection, workspace_id: UUID, plan_id: UUID) -> None:
    """Removes a plan, and cancels its job. Raises UnknownPlan."""
    row = await store.get_plan(db, workspace_id, plan_id)
    await store.delete_plan(db, workspace_id, plan_id)
    job = None if row.job_id is None else await jobs.find(db, workspace_id, row.job_id)
    if job is not None and not job.final:
        await jobs.cancel(db, workspace_id, job.id)


async def forget(db: Connection, event: InfluencersErased) -> None:
    """Plans do not name who was erased; their members go with the profiles."""
    erased = frozenset(event.ids)
    for row in await store.plans_naming(db, event.workspace_id, event.ids):
        await store.save_asked(db, event.workspace_id, row.id, without(row.asked, erased))


async def follow_merge(db: Connection, event: InfluencersMerged) -> None:
    """Members of plans who were merged are the kept profile, and their requests name that one.

    Where both are in a plan, each paid for by itself, they stay two: the totals are with both.
    """
    workspace_id, kept, merged = event.workspace_id, event.kept, frozenset(event.merged)
    for row in await store.plans_naming(db, workspace_id, event.merged):
        await store.save_asked(db, workspace_id, row.id, moved(row.asked, kept, merged))
    await keeping.unite(db, workspace_id, kept, event.merged)


async def follow_undo(db: Connection, event: MergeUndone) -> None:
    """Who is in a plan with an account that went back is that profile again.

    Those beside a plan who have no account, and requests, stay with the kept profile: that they were moved is
    not written anywhere, and a request can be made anew.
    """
    await store.move_members_back(db, event.workspace_id, event.kept, event.merged)
