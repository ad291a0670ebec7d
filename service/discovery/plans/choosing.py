"""From what is known of influencers to a plan with its certificate (pure; loads the kernels of graph)."""

from collections.abc import Sequence
from typing import cast

from pyroaring import BitMap

from graph import coverage, sampled
from graph.arithmetic import product
from graph.constraints import Constraints, Limit, limits_per
from graph.contacts import Presence
from graph.estimates import Estimate, exactly, missing
from graph.reach import Reached, reach
from service.discovery.plans.candidates import Candidate, Demands
from service.discovery.plans.common_people import People, Usable, gather
from service.discovery.plans.schemas import Chosen, Contacts, Method, Step


def choose(candidates: Sequence[Candidate], demands: Demands) -> Chosen:
    """The best plan that is found. Raises ImpossiblePlan where no plan keeps to the demands."""
    constraints = Constraints.of(
        [each.cost for each in candidates],
        budget=demands.budget,
        must_include=[at for at, each in enumerate(candidates) if each.influencer_id in demands.must_include],
        max_size=demands.max_size,
        limits=_limits(candidates, demands),
    )
    if not candidates:
        return NOTHING
    people = gather([each.audience for each in candidates])
    found = coverage.plan(
        people.members,
        constraints,
        demands.objective,
        None if demands.objective == "unique_followers" else _presences(candidates),
        _targets(candidates) if demands.objective == "target_reach" else None,
    )
    return _answer(candidates, demands, people, found)


def _limits(candidates: Sequence[Candidate], demands: Demands) -> list[Limit]:
    limits: list[Limit] = []
    if demands.per_category is not None:
        limits += limits_per([each.categories for each in candidates], demands.per_category)
    if demands.per_platform is not None:
        limits += limits_per([(each.platform,) for each in candidates], demands.per_platform)
    return limits


def _presences(candidates: Sequence[Candidate]) -> list[Presence] | None:
    """What each publishes; None where nothing is planned: then a follower counts as reached."""
    found = [each.presence for each in candidates if each.presence is not None]
    return found if len(found) == len(candidates) else None


def _targets(candidates: Sequence[Candidate]) -> list[float]:
    return [each.target or 0.0 for each in candidates]


def _answer(
    candidates: Sequence[Candidate], demands: Demands, people: People, found: coverage.Plan
) -> Chosen:
    taken = [candidates[step.place] for step in found.chosen]
    members = [people.members[step.place] for step in found.chosen]
    followers = unique_followers([each.audience for each in taken])
    presences = _presences(taken)
    reached = reach(members, presences) if presences else None
    target = found.reach.unique_reach if demands.objective == "target_reach" else None
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
        unique_followers=followers,
        unique_reach=_scaled(None if reached is None else reached.unique_reach, followers, members, people),
        target_reach=None if target is None else _scaled(target, followers, members, people),
        contacts=None if reached is None else _contacts(reached, scale),
        assumed=tuple(each.influencer_id for each in taken if each.presence and each.presence.assumed),
        sampled=people.sampled,
    )


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


def unique_followers(audiences: Sequence[Usable]) -> Estimate:
    """Of the chosen: exact where all are known whole, else with the interval of their samples."""
    return sampled.unique_followers(audiences) if audiences else exactly(0.0)


def _scaled(
    reached: Estimate | None, followers: Estimate, members: Sequence[BitMap], people: People
) -> Estimate:
    """Reach among everybody; from a sample it is followers times the reach of a sampled follower.

    What the sample errs in that share is left out: it is of thousands, and rates err more.
    """
    if not members:
        return exactly(0.0)
    if reached is None:
        return missing("reach_rates", "no_reach_rate")
    if people.sampled is None:
        return reached
    return product(followers, reached.over(float(len(BitMap.union(*members)))))


def _contacts(reached: Reached, scale: float) -> Contacts:
    once = reached.unique_reach.value or 0.0
    figures = (once, reached.twice, reached.thrice, reached.impressions)
    return Contacts(reached.average_frequency, *(figure * scale for figure in figures))


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
)
