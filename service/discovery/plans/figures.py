"""What is known of the people whom a plan's influencers reach (pure; loads the kernels of graph)."""

from collections.abc import Callable, Sequence, Set
from typing import NamedTuple, Protocol, TypeVar
from uuid import UUID

from msgspec.structs import replace

from graph import sampled
from graph.audiences import Audience, Everybody
from graph.contacts import Presence
from graph.estimates import Estimate, exactly, missing
from graph.reach import Reached, reach
from graph.sampled_reach import sampled_reach
from service.discovery.plans.common_people import Usable, as_hashes, usable
from service.discovery.plans.schemas import Contacts
from service.discovery.reach.groups import by_platform, together, unlinked_may_be_same
from service.discovery.reach.show import across

Linked = Set[frozenset[str]]


class Publishing(Protocol):
    """Who publishes: a candidate, or somebody of whom the audience need not be known."""

    @property
    def influencer_id(self) -> UUID: ...
    @property
    def platform(self) -> str: ...
    @property
    def audience(self) -> Audience | None: ...
    @property
    def presence(self) -> Presence | None: ...


P = TypeVar("P", bound=Publishing)


class Figures(NamedTuple):
    """Of people over all platforms; groups: places of those whose people can be compared."""

    unique_followers: Estimate
    unique_reach: Estimate
    contacts: Contacts | None
    assumed: tuple[UUID, ...]
    groups: list[list[int]]


def figures(taken: Sequence[Publishing], linked: Linked) -> Figures:
    """Followers and reach of some who publish; a reason in a value's place where too little is known.

    linked: pairs of platforms between which people are known to be the same.
    """
    groups = together([each.platform for each in taken], linked)
    reached = [_linked([taken[at] for at in group]) for group in groups]
    estimates = [each if isinstance(each, Estimate) else each.unique_reach for each in reached]
    return Figures(
        unique_followers=over([followers([taken[at] for at in group]) for group in groups]),
        unique_reach=over(estimates),
        contacts=_contacts(reached),
        assumed=tuple(each.influencer_id for each in taken if each.presence and each.presence.assumed),
        groups=groups,
    )


def over(parts: Sequence[Estimate]) -> Estimate:
    """Over all groups of linked platforms."""
    return across(parts) if parts else exactly(0.0)


def followers(group: Sequence[Publishing]) -> Estimate:
    """Exact where all are known whole, else with the interval of their samples.

    Over linked platforms it is at least the largest one's own.
    """
    return honest(_followers, group)


def honest(figure: Callable[[Sequence[P]], Estimate], group: Sequence[P]) -> Estimate:
    """A figure of people with what holds where those without a link are the same too."""
    parts = by_platform([each.platform for each in group], range(len(group)))
    if len(parts) < 2:
        return figure(group)
    return unlinked_may_be_same(figure(group), [figure([group[at] for at in part]) for part in parts])


def _followers(group: Sequence[Publishing]) -> Estimate:
    audiences = [each.audience for each in group if each.audience is not None]
    if len(audiences) < len(group):
        return missing("sizes", "no_audience_set")
    return sampled.unique_followers(audiences)


def presences(group: Sequence[Publishing]) -> list[Presence] | None:
    """What each publishes; None where a reach rate is not known."""
    found = [each.presence for each in group if each.presence is not None]
    return found if len(found) == len(group) else None


def _linked(group: Sequence[Publishing]) -> Reached | Estimate:
    """What the posts reach, over linked platforms at least what the largest one's do."""
    found = _reached(group)
    if isinstance(found, Estimate):
        return found

    def people(some: Sequence[Publishing]) -> Estimate:
        own = found if len(some) == len(group) else _reached(some)
        return own if isinstance(own, Estimate) else own.unique_reach

    return replace(found, unique_reach=honest(people, group))


def _reached(group: Sequence[Publishing]) -> Reached | Estimate:
    """What the posts reach, or no figure where a rate or who follows is not known, or of too few people."""
    known = presences(group)
    if known is None:
        return missing("reach_rates", "no_reach_rate")
    audiences: list[Usable] = []
    for each in group:
        found = usable(each.audience)
        if isinstance(found, str):
            return missing("reach_rates", found)
        audiences.append(found)
    whole = [each.members for each in audiences if isinstance(each, Everybody)]
    if len(whole) == len(audiences):
        return reach(whole, known)
    estimated = sampled_reach([as_hashes(each) for each in audiences], known)
    return missing("reach_rates", "too_few_sampled") if estimated is None else estimated


def _contacts(groups: Sequence[Reached | Estimate]) -> Contacts | None:
    """How often the same person is reached; not known over platforms that are not linked."""
    if len(groups) != 1 or isinstance(groups[0], Estimate):
        return None
    found = groups[0]
    once = found.unique_reach.value or 0.0
    return Contacts(found.average_frequency, once, found.twice, found.thrice, found.impressions)
