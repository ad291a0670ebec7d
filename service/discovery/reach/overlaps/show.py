"""From the inputs of a list to its overlap (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

from graph.audiences import Audience, HashSample, SizeOnly, UniformSample
from graph.estimates import Estimate, missing
from service.discovery.reach import show
from service.discovery.reach.groups import (
    across_platforms,
    by_platform,
    together,
    unlinked_may_be_same,
)
from service.discovery.reach.overlaps.counting import MOST_PAIRS, Counted, Shared, count
from service.discovery.reach.overlaps.linking import honest
from service.discovery.reach.overlaps.matrices import all_three
from service.discovery.reach.overlaps.schemas import (
    Across,
    AudienceOf,
    InAudiences,
    Method,
    Overlap,
    PlatformPart,
    Within,
    WithoutSet,
)
from service.discovery.reach.schemas import Candidate, Inputs
from service.influencers.followers.reading import Of
from service.influencers.schemas import Platform
from service.kit import ids


class Compared(NamedTuple):
    """Whose audiences are compared, and the pairs; None where there are too many samples for pairs."""

    candidates: list[Candidate]
    sizes: list[int]
    shared: Shared | None


@dataclass(frozen=True, slots=True)
class Known:
    """The candidates with a set or a sample, grouped by whose people can be told apart, each group counted.

    shared: over all of them, NaN between groups; None where there are too many for pairs.
    """

    candidates: list[Candidate]
    audiences: list[Audience]
    groups: list[list[int]]
    counted: list[Counted]
    shared: Shared | None

    @property
    def sizes(self) -> list[int]:
        return [each.size for each in self.audiences]

    @property
    def compared(self) -> Compared:
        return Compared(self.candidates, self.sizes, self.shared)


def known(found: Inputs, *, every_pair: bool = False) -> Known:
    """Counts. every_pair: also of lists that are too long to be shown as matrices."""
    with_sets = [each for each in found.candidates if has_set(each)]
    audiences = [cast(Audience, each.audience) for each in with_sets]
    groups = together([each.platform for each in with_sets], found.linked)
    counted = [_counted(with_sets, audiences, group) for group in groups]
    pairs = [each.shared for each in counted]
    shared = None
    if all(each is not None for each in pairs) and (every_pair or len(with_sets) <= MOST_PAIRS):
        shared = Shared.nothing(len(with_sets))
        for group, inner in zip(groups, pairs, strict=True):
            shared.put(group, cast(Shared, inner))
    return Known(with_sets, audiences, groups, counted, shared)


def _counted(some: Sequence[Candidate], audiences: Sequence[Audience], group: Sequence[int]) -> Counted:
    own = [audiences[place] for place in group]
    return honest(count(own), [some[place].platform for place in group], own)


def has_set(each: Candidate) -> bool:
    """Whether somebody of the audience is known."""
    return each.audience is not None and not isinstance(each.audience, SizeOnly)


def overlap(shortlist_id: str, of: Of, found: Inputs) -> Overlap:
    """The answer."""
    return overlap_of(shortlist_id, of, found, known(found))


def overlap_of(shortlist_id: str, of: Of, found: Inputs, counted: Known) -> Overlap:
    """The answer from what was counted."""
    parts = [each.unique for each in counted.counted]
    across = across_platforms([each.platform for each in counted.candidates], counted.groups)
    shown = counted.shared if len(counted.candidates) <= MOST_PAIRS else None
    matrices = all_three(shown, counted.sizes) if shown is not None else (None,) * 3
    return Overlap(
        shortlist_id=shortlist_id,
        as_of=found.as_of,
        of=of,
        method=_method(counted),
        across_platforms=cast(Across, across),
        influencers=_audiences(counted),
        shared=matrices[0],
        jaccard=matrices[1],
        containment=matrices[2],
        total_followers=sum(counted.sizes),
        unique_followers=show.figure(show.across(parts) if parts else missing("none", "no_audience_sets")),
        unique_followers_of_all=_of_all(found, parts),
        frequency=_frequency(counted.counted[0]) if len(parts) == 1 else None,
        platforms=[_part(counted, place) for place in range(len(parts))],
        without_set=[without(each) for each in found.candidates if not has_set(each)],
        left_out=show.left_out(found),
    )


def _method(found: Known) -> Method:
    methods = {each.method for each in found.counted}
    if not methods:
        return "none"
    # Sets that are known whole stand among samples of any kind.
    sampled = methods - {"exact"}
    return cast(Method, next(iter(sampled or methods)) if len(sampled) <= 1 else "mixed_samples")


def _audiences(found: Known) -> list[AudienceOf]:
    """Rows in the list's order, each with its figures among all and, where need be, within its group."""
    rows: dict[int, AudienceOf] = {}
    alone = len(found.groups) == 1
    for group, counted in zip(found.groups, found.counted, strict=True):
        for at, place in enumerate(group):
            share = counted.unique_shares[at]
            marginal = counted.marginal[at] if counted.marginal else None
            cumulative = counted.cumulative[at] if counted.cumulative else None
            inside = Within(
                show.figure(share),
                None if marginal is None else show.figure(marginal),
                None if cumulative is None else show.figure(cumulative),
            )
            row = found.candidates[place], found.audiences[place]
            whole = inside if alone else _outer(share, marginal)
            rows[place] = _row(*row, whole, None if alone else inside)
    return [rows[place] for place in range(len(rows))]


def _outer(share: Estimate, marginal: Estimate | None) -> Within:
    return Within(_at_most(share), None if marginal is None else _at_most(marginal), None)


def _at_most(inside: Estimate) -> show.Figure:
    """What others of platforms that are not linked may take away: all of it, or nothing."""
    return show.figure(missing("bounds", "platforms_not_linked", 0.0, inside.high))


def _row(each: Candidate, audience: Audience, whole: Within, inside: Within | None) -> AudienceOf:
    return AudienceOf(
        influencer_id=ids.show("inf", each.influencer_id),
        name=each.name,
        account_id=ids.show("acc", each.account_id),
        platform=cast(Platform, each.platform),
        handle=each.handle,
        size=audience.size,
        basis=audience.basis,
        sampled=sampled(audience),
        as_of=each.as_of,
        source=each.source,
        unique_share=whole.unique_share,
        marginal=whole.marginal,
        cumulative=whole.cumulative,
        within_platform=inside,
    )


def sampled(audience: Audience) -> int | None:
    """People of a sample; None where it is none."""
    if isinstance(audience, UniformSample):
        return len(audience.members)
    return len(audience.hashes) if isinstance(audience, HashSample) else None


def _of_all(found: Inputs, parts: Sequence[Estimate]) -> show.Figure | None:
    """With the influencers of whom a size is known at most."""
    from graph.sampled import unique_followers  # loads numba

    if all(has_set(each) for each in found.candidates):
        return None
    sized = [each for each in found.candidates if each.audience is not None]
    platforms = [each.platform for each in sized]
    groups = together(platforms, found.linked)

    def people(places: Sequence[int]) -> Estimate:
        return unique_followers([cast(Audience, sized[place].audience) for place in places])

    figures = [
        unlinked_may_be_same(people(group), [people(part) for part in by_platform(platforms, group)])
        for group in groups
    ]
    if len(sized) < len(found.candidates):
        low = max((each.low or 0.0 for each in figures), default=0.0)
        return show.figure(missing("bounds", "followers_unknown", low, None))
    return show.figure(show.across(figures)) if figures else None


def _frequency(counted: Counted) -> list[InAudiences] | None:
    if not counted.frequency:
        return None
    return [InAudiences(times, show.figure(each)) for times, each in enumerate(counted.frequency, 1)]


def _part(found: Known, at: int) -> PlatformPart:
    counted, own = found.counted[at], [found.candidates[place] for place in found.groups[at]]
    return PlatformPart(
        platforms=cast(list[Platform], sorted({each.platform for each in own})),
        influencer_ids=[ids.show("inf", each.influencer_id) for each in own],
        method=cast(Method, counted.method),
        total_followers=counted.total,
        unique_followers=show.figure(counted.unique),
        frequency=_frequency(counted),
    )


def without(each: Candidate) -> WithoutSet:
    """An influencer whose audience can't be compared."""
    return WithoutSet(
        influencer_id=ids.show("inf", each.influencer_id),
        name=each.name,
        account_id=ids.show("acc", each.account_id),
        platform=cast(Platform, each.platform),
        followers=each.followers,
        reason=each.reason or "no_audience_set",
    )
