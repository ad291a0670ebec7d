"""Plans that take long: a job reads, decides in a thread, and keeps the answer with the plan."""

import asyncio
from typing import TYPE_CHECKING
from uuid import UUID

from msgspec import Struct

from service.discovery.plans import keeping, loading, store
from service.kit import ids
from service.kit.jobs import Work, job

if TYPE_CHECKING:
    from service.discovery.plans.facts import Everybody
    from service.discovery.plans.schemas import Asked, Made

COMPUTE = "discovery.plan_reach"
STEPS = 3


class Compute(Struct):
    """The plan."""

    plan_id: UUID


class Computed(Struct):
    """The plan that is there now."""

    plan_id: str


@job(COMPUTE)
async def plan_reach(work: Work, payload: Compute) -> Computed:
    """Nothing is held while the plan is decided, which takes seconds; a cancel is seen between the steps."""
    async with work.transaction() as db:
        asked = (await store.get_plan(db, work.workspace_id, payload.plan_id)).asked
        keys = await loading.people(db, work.workspace_id, asked)
        everybody = await loading.everybody(db, work.workspace_id, asked, keys)
    await work.progress(1, STEPS)
    made = await asyncio.to_thread(decide, everybody, asked)
    await work.progress(2, STEPS)
    result = Computed(ids.show("pln", payload.plan_id))
    async with work.transaction() as db:
        # Null where the plan was deleted meanwhile.
        if await store.set_chosen(db, work.workspace_id, payload.plan_id, made.totals) is not None:
            await keeping.put(db, work.workspace_id, payload.plan_id, made.members)
        work.report(STEPS, STEPS)
        await work.finish(db, result)
    return result


def decide(everybody: "Everybody", asked: "Asked") -> "Made":
    """In a thread: the kernels of graph are loaded here, which takes half a second the first time."""
    from service.discovery.plans.making import make

    return make(everybody, asked)
