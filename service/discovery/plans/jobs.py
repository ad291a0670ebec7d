"""Plans that take long: a job reads, decides in a thread, and keeps the answer with the plan."""

import asyncio
from typing import TYPE_CHECKING
from uuid import UUID

from msgspec import Struct

from graph.constraints import Constraints, ImpossiblePlan
from service.discovery.computations.actions import ByInfluence, best_for_budget
from service.discovery.plans import keeping, loading, store
from service.discovery.plans.assembling import Begun, begin, impossible, whole
from service.discovery.plans.limiting import constraints
from service.discovery.plans.sorting import amount
from service.kit import ids
from service.kit.jobs import Work, job

if TYPE_CHECKING:
    from service.discovery.plans.facts import Everybody
    from service.discovery.plans.schemas import Asked, AskedSpread, Made

COMPUTE = "discovery.plan_reach"
STEPS = 3
# The chance that what is said of a plan by influence does not hold: as for a graph's influence.
DELTA = 0.001


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
    if asked.spread is None:
        await work.progress(1, STEPS)
        made = await asyncio.to_thread(decide, everybody, asked)
        await work.progress(2, STEPS)
    else:
        made = await _by_influence(work, everybody, asked, asked.spread)
    result = Computed(ids.show("pln", payload.plan_id))
    async with work.transaction() as db:
        # Null where the plan was deleted meanwhile.
        if await store.set_chosen(db, work.workspace_id, payload.plan_id, made.totals) is not None:
            await keeping.put(db, work.workspace_id, payload.plan_id, made.members)
            # Profiles that were merged while the plan was decided.
            for one in await store.merged_members(db, work.workspace_id, payload.plan_id):
                await keeping.unite(db, work.workspace_id, one.kept, one.merged)
        if asked.spread is None:
            work.report(STEPS, STEPS)
        await work.finish(db, result)
    return result


def decide(everybody: "Everybody", asked: "Asked") -> "Made":
    """In a thread: the kernels of graph are loaded here, which takes half a second the first time."""
    from service.discovery.plans.making import make

    return make(everybody, asked)


async def _by_influence(work: Work, everybody: "Everybody", asked: "Asked", spread: "AskedSpread") -> "Made":
    """The random sets that are drawn are the progress, and a cancel is seen between them."""
    begun = begin(everybody, asked)
    async with work.transaction() as db:
        how = await loading.spreading(db, work.workspace_id, spread)
    found = await best_for_budget(
        work.database,
        work.workspace_id,
        spread.graph_id,
        [each.influencer_id for each in begun.able],
        _constraints(begun),
        spreading=how,
        delta=DELTA,
        report=work.report,
    )
    return await asyncio.to_thread(_measure, everybody, asked, spread, begun, found)


def _constraints(begun: Begun) -> Constraints:
    try:
        return constraints(begun.able, [amount(each) for each in begun.able], begun.demands)
    except ImpossiblePlan as error:
        impossible(error)


def _measure(
    everybody: "Everybody", asked: "Asked", spread: "AskedSpread", begun: Begun, found: ByInfluence
) -> "Made":
    """In a thread, as followers and reach are counted here."""
    from service.discovery.plans.spreading import chosen

    made = chosen(begun.able, found, spread.graph_id, spread.model, DELTA, everybody.linked)
    return whole(everybody, asked, begun, made)
