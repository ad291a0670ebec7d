"""From what is known of influencers to a plan with its certificate (pure; loads the kernels of graph).

People of platforms that are not linked can't be told to be the same: the objective counts them on each
platform, and figures of people over all are bounds.
"""

from collections.abc import Sequence, Set
from typing import cast

from pyroaring import BitMap

from graph import coverage, sampled
from graph.arithmetic import product
from graph.audiences import Everybody
from graph.constraints import Constraints, Limit, limits_per
from graph.contacts import Presence
from graph.estimates import Estimate, exactly, missing
from graph.reach import Reached, reach
from graph.sampled_reach import sampled_reach
from service.discovery.plans.candidates import Candidate, Demands
from service.discovery.plans.common_people import People, Usable, as_hashes, gather
from service.discovery.plans.schemas import Chosen, Contacts, Method, Step
from service.discovery.reach.groups import together
from service.discovery.reach.show import across

Linked = Set[frozenset[str]]
Group = Sequence[Candidate]


def choose(candidates: Sequence[Candidate], demands: Demands, linked: Linked = frozenset()) -> Chosen:
    """The best plan that is found. Raises ImpossiblePlan where no plan keeps to the demands.

    linked: pairs of platforms between which people are known to be the same.
    """
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
    places = [step.place for step in found.chosen]
    taken = [candidates[place] for place in places]
    groups = together([each.platform for each in taken], linked)
    reached = [_reached([taken[at] for at in group]) for group in groups]
    estimates = [each if isinstance(each, Estimate) else each.unique_reach for each in reached]
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
        unique_followers=_over([_followers([taken[at] for at in group]) for group in groups]),
        unique_reach=_over(estimates),
        target_reach=None
        if demands.objective != "target_reach"
        else _over([_targeted(candidates, [places[at] for at in group], people) for group in groups]),
        contacts=_contacts(reached),
        assumed=tuple(each.influencer_id for each in taken if each.presence and each.presence.assumed),
        sampled=people.sampled,
        platforms_linked=len(groups) < 2,
    )


def _limits(candidates: Sequence[Candidate], demands: Demands) -> list[Limit]:
    limits: list[Limit] = []
    if demands.per_category is not None:
        limits += limits_per([each.categories for each in candidates], demands.per_category)
    if demands.per_platform is not None:
        limits += limits_per([(each.platform,) for each in candidates], demands.per_platform)
    return limits


def _presences(candidates: Sequence[Candidate]) -> list[Presence] | None:
    """What each publishes; None where a reach rate is not known."""
    found = [each.presence for each in candidates if each.presence is not None]
    return found if len(found) == len(candidates) else None


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


def _over(parts: Sequence[Estimate]) -> Estimate:
    """Over all groups of linked platforms."""
    return across(parts) if parts else exactly(0.0)


def _followers(group: Group) -> Estimate:
    """Exact where all are known whole, else with the interval of their samples."""
    return sampled.unique_followers([each.audience for each in group])


def _reached(group: Group) -> Reached | Estimate:
    """What the posts reach, or no figure where a rate is not known or too few people are sampled."""
    presences = _presences(group)
    if presences is None:
        return missing("reach_rates", "no_reach_rate")
    audiences: list[Usable] = [each.audience for each in group]
    whole = [each.members for each in audiences if isinstance(each, Everybody)]
    if len(whole) == len(audiences):
        return reach(whole, presences)
    found = sampled_reach([as_hashes(each) for each in audiences], presences)
    return missing("reach_rates", "too_few_sampled") if found is None else found


def _targeted(candidates: Sequence[Candidate], places: Sequence[int], people: People) -> Estimate:
    """Reach in the target: whom else a person follows tells how likely she is in it, so all are looked at.

    From a sample it is followers times the reach of a sampled follower; what the sample errs in that share
    is left out, as rates err more.
    """
    presences = _presences(candidates)
    if presences is None:
        return missing("reach_rates", "no_reach_rate")
    found = reach(people.members, presences, _targets(candidates), places).unique_reach
    if people.sampled is None:
        return found
    seen = len(BitMap.union(*(people.members[place] for place in places)))
    return product(_followers([candidates[place] for place in places]), found.over(float(seen)))


def _contacts(groups: Sequence[Reached | Estimate]) -> Contacts | None:
    """How often the same person is reached; not known over platforms that are not linked."""
    if len(groups) != 1 or isinstance(groups[0], Estimate):
        return None
    found = groups[0]
    once = found.unique_reach.value or 0.0
    return Contacts(found.average_frequency, once, found.twice, found.thrice, found.impressions)


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
