"""A plan by influence, from what was found on the graph (pure; loads the kernels of graph)."""

from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, cast
from uuid import UUID

from graph.coverage import per_thousand
from graph.estimates import Estimate
from service.discovery.plans.figures import Linked, figures
from service.discovery.plans.schemas import Chosen, Method, Spread, Step
from service.discovery.plans.sorting import Facts, amount

if TYPE_CHECKING:
    from service.discovery.computations.actions import ByInfluence


def chosen(
    able: Sequence[Facts], found: "ByInfluence", graph_id: UUID, kind: str, delta: float, linked: Linked
) -> Chosen:
    """The plan with its certificate, beside it what is known of followers and reach.

    able: those that the plan was made with, in its order. kind: of the model. delta: the chance that a bound
    does not hold. Random sets chose, so even the best of all choices on them is not known to be the best, and
    no method promises anything beforehand; exact is only that nobody can be won at all.
    """
    plan = found.plan
    taken = [able[place] for place in plan.places]
    known = figures(taken, linked)
    value = plan.spread.value
    basis = f"reverse_reachable_sets:{kind}"
    return Chosen(
        steps=_steps(taken, plan.marginal.tolist()),
        total_cost=plan.total_cost,
        value=value,
        upper_bound=plan.upper,
        optimality=plan.optimality,
        exact=not plan.sets,
        method=cast(Method, plan.method),
        guarantee=None if plan.sets else 1.0,
        cost_per_1000=per_thousand(plan.total_cost, value),
        unique_followers=known.unique_followers,
        unique_reach=known.unique_reach,
        target_reach=None,
        contacts=known.contacts,
        assumed=known.assumed,
        sampled=None,
        platforms_linked=len(known.groups) < 2,
        spread=Spread(
            figure=Estimate(value, plan.spread.low, plan.spread.high, plan.sets, basis),
            graph_id=graph_id,
            version=found.version,
            of=found.of,
            lower=plan.lower,
            confidence=1.0 - delta,
            memory_ended=plan.full,
        ),
        absent=frozenset(found.absent),
    )


def _steps(taken: Sequence[Facts], marginal: Sequence[float]) -> tuple[Step, ...]:
    rows = zip(taken, marginal, accumulate(marginal), strict=True)
    return tuple(
        Step(
            one.influencer_id,
            one.account_id,
            one.platform,
            amount(one),
            added,
            so_far,
            per_thousand(amount(one), added),
        )
        for one, added, so_far in rows
    )
