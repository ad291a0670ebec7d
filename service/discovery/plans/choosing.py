"""From what is known of influencers to a plan with its certificate (pure; loads the kernels of graph).

People of platforms that are not linked can't be told to be the same: the objective counts them on each
platform, and figures of people over all are bounds.
"""

from collections.abc import Sequence
from typing import cast

from pyroaring import BitMap

from graph import coverage
from graph.arithmetic import product
from graph.estimates import Estimate, exactly, missing
from graph.reach import reach
from service.discovery.plans.candidates import Candidate, Demands
from service.discovery.plans.common_people import People, gather
from service.discovery.plans.figures import Linked, figures, followers, over, presences
from service.discovery.plans.limiting import constraints
from service.discovery.plans.schemas import Chosen, Method, Step


def choose(candidates: Sequence[Candidate], demands: Demands, linked: Linked = frozenset()) -> Chosen:
    """The best plan that is found. Raises ImpossiblePlan where no plan keeps to the demands.

    linked: pairs of platforms between which people are known to be the same.
    """
    within = constraints(candidates, [each.cost for each in candidates], demands)
    if not candidates:
        return NOTHING
    people = gather([each.audience for each in candidates])
    found = coverage.plan(
        people.members,
        within,
        demands.objective,
        None if demands.objective == "unique_followers" else presences(candidates),
        _targets(candidates) if demands.objective == "target_reach" else None,
    )
    places = [step.place for step in found.chosen]
    known = figures([candidates[place] for place in places], linked)
    scale = people.scale
    return Chosen(
        steps=tuple(_step(candidates, step, scale) for step in found.chosen),
        total_cost=found.total_cost,
        value=found.value * scale,
        upper_bound=found.upper_bound * scale,
        optimality=found.optimality,
        exact=found.exact,
        method=cast(Method, found.method),
        guarantee=found.guarantee,
        cost_per_1000=coverage.per_thousand(found.total_cost, found.value * scale),
        unique_followers=known.unique_followers,
        unique_reach=known.unique_reach,
        target_reach=None
        if demands.objective != "target_reach"
        else over([_targeted(candidates, [places[at] for at in group], people) for group in known.groups]),
        contacts=known.contacts,
        assumed=known.assumed,
        sampled=people.sampled,
        platforms_linked=len(known.groups) < 2,
    )


def _targets(candidates: Sequence[Candidate]) -> list[float]:
    return [each.target or 0.0 for each in candidates]


def _step(candidates: Sequence[Candidate], step: coverage.Step, scale: float) -> Step:
    one, added = candidates[step.place], step.marginal * scale
    return Step(
        one.influencer_id,
        one.account_id,
        one.platform,
        step.cost,
        added,
        step.cumulative * scale,
        coverage.per_thousand(step.cost, added),
    )


def _targeted(candidates: Sequence[Candidate], places: Sequence[int], people: People) -> Estimate:
    """Reach in the target: whom else a person follows tells how likely she is in it, so all are looked at.

    From a sample it is followers times the reach of a sampled follower; what the sample errs in that share
    is left out, as rates err more.
    """
    known = presences(candidates)
    if known is None:
        return missing("reach_rates", "no_reach_rate")
    found = reach(people.members, known, _targets(candidates), places).unique_reach
    if people.sampled is None:
        return found
    seen = len(BitMap.union(*(people.members[place] for place in places)))
    return product(followers([candidates[place] for place in places]), found.over(float(seen)))


NOTHING = Chosen(
    steps=(),
    total_cost=0,
    value=0.0,
    upper_bound=0.0,
    optimality=1.0,
    exact=True,
    method="subsets",
    guarantee=1.0,
    cost_per_1000=None,
    unique_followers=exactly(0.0),
    unique_reach=exactly(0.0),
    target_reach=None,
    contacts=None,
    assumed=(),
    sampled=None,
    platforms_linked=True,
)
