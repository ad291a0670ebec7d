"""From the inputs of a list to its reach (pure)."""

from collections.abc import Sequence
from typing import cast

from graph.estimates import Estimate, missing
from graph.outside import reached_outside
from service.accounts.labels.registry import Language
from service.discovery.reach import show
from service.discovery.reach.groups import across_platforms, together
from service.discovery.reach.overlaps.schemas import Across
from service.discovery.reach.reached.costing import cost
from service.discovery.reach.reached.notes import notes
from service.discovery.reach.reached.reckoning import (
    Part,
    Reckoned,
    Shares,
    alone,
    impressions,
    reckon,
)
from service.discovery.reach.reached.schemas import (
    ListReach,
    RatesOf,
    ReachedTimes,
    ReachFrequency,
    ReachOf,
    ReachPart,
)
from service.discovery.reach.schemas import Candidate, Inputs
from service.influencers.schemas import Platform
from service.kit import ids
from service.kit.money import Money

_DIGITS = 6


def reach(
    shortlist_id: str,
    found: Inputs,
    target: Shares | None,
    population: int | None,
    posts_given: bool,
    language: Language,
) -> ListReach:
    """The answer. target: by influencer; population: people who could be shown the posts."""
    reckoned = reckon(found, target)
    counted = {place for part in reckoned.parts for place in part.places}
    candidates, inside = found.candidates, [found.candidates[place] for place in sorted(counted)]
    unique = _over([part.reached.unique_reach for part in reckoned.parts])
    codes = _codes(found, target, posts_given)
    assumed = any(each.presence is not None and each.presence.assumed for each in inside)
    return ListReach(
        shortlist_id=shortlist_id,
        as_of=found.as_of,
        across_platforms=_across(found),
        unique_followers=show.figure(_over([part.unique_followers for part in reckoned.parts])),
        unique_reach=show.reached(unique, assumed),
        unique_reach_of_all=_or_none(reckoned.unique_reach_of_all),
        target_reach=_target(reckoned.parts, target, assumed),
        impressions=show.figure(impressions(inside)),
        impressions_of_all=show.figure(impressions(candidates)),
        frequency=_frequency(reckoned.parts[0], inside) if len(reckoned.parts) == 1 else None,
        outside=show.figure(_outside(candidates, population)),
        cost=cost(candidates, counted, unique, found.currency),
        influencers=_influencers(found, reckoned, target),
        platforms=[_part(each, candidates) for each in reckoned.parts],
        left_out=show.left_out(found),
        notes=notes(
            candidates,
            [candidates[place] for place in reckoned.reasons],
            [each for each in inside if target is not None and target.get(each.influencer_id) is None],
            codes,
            language,
        ),
    )


def _across(found: Inputs) -> Across:
    platforms = [each.platform for each in found.candidates]
    return cast(Across, across_platforms(platforms, together(platforms, found.linked)))


def _over(parts: Sequence[Estimate]) -> Estimate:
    return show.across(parts) if parts else missing("none", "nobody_in_figure")


def _or_none(found: Estimate | None) -> show.Figure | None:
    return None if found is None else show.figure(found)


def _target(parts: Sequence[Part], target: Shares | None, assumed: bool) -> show.ReachFigure | None:
    if target is None:
        return None
    return show.reached(_over([part.target for part in parts if part.target is not None]), assumed)


def _codes(found: Inputs, target: Shares | None, posts_given: bool) -> list[str]:
    codes = [] if posts_given else ["posts_assumed"]
    if target is not None:
        codes.append("target_independent")
    across = {"unknown": ["platforms_not_linked"], "linked": ["platforms_linked"]}
    return [*codes, *across.get(_across(found), [])]


def _frequency(part: Part, inside: Sequence[Candidate]) -> ReachFrequency:
    once = part.reached.unique_reach.value or 0.0
    seen = impressions(inside).value or 0.0
    people = (once, part.reached.twice, part.reached.thrice)
    times = [
        ReachedTimes(at, round(each, _DIGITS), round(each / once, _DIGITS) if once else None)
        for at, each in enumerate(people, 1)
    ]
    return ReachFrequency(round(seen / once, _DIGITS) if once else None, times)


def _outside(some: Sequence[Candidate], population: int | None) -> Estimate:
    """Null where it is known of nobody; bounds where how many of them are the same is not."""
    terms = [term for each in some for term in each.outside]
    if not terms and any(each.planned for each in some):
        return missing("outside_followers", "outside_unknown")
    return reached_outside(terms, None if population is None else float(population))


def _influencers(found: Inputs, reckoned: Reckoned, target: Shares | None) -> list[ReachOf]:
    gains: dict[int, tuple[float, float]] = {}
    for part in reckoned.parts:
        shares = zip(part.reached.exclusive, part.reached.marginal, strict=True)
        gains |= dict(zip(part.places, shares, strict=True))
    return [
        _influencer(each, gains.get(place), reckoned.reasons.get(place), found.currency, target)
        for place, each in enumerate(found.candidates)
    ]


def _influencer(
    each: Candidate,
    gains: tuple[float, float] | None,
    reason: str | None,
    currency: str,
    target: Shares | None,
) -> ReachOf:
    own = alone(each)
    exclusive, marginal = gains if gains is not None else (None, None)
    share = None if exclusive is None or own is None or not own.value else exclusive / own.value
    return ReachOf(
        influencer_id=ids.show("inf", each.influencer_id),
        name=each.name,
        account_id=ids.show("acc", each.account_id),
        platform=cast(Platform, each.platform),
        handle=each.handle,
        followers=each.followers,
        audience_size=each.audience.size if each.audience is not None else None,
        audience_basis=each.audience.basis if each.audience is not None else None,
        audience_as_of=each.as_of,
        in_figure=gains is not None,
        reason=reason,
        rates=list(each.rates),
        fakes=each.fakes,
        assumed=each.presence is not None and each.presence.assumed,
        alone=_or_none(own),
        impressions=None if own is None else show.figure(impressions([each])),
        exclusive=_rounded(exclusive),
        marginal=_rounded(marginal),
        unique_share=_rounded(share),
        target_share=_rounded(target.get(each.influencer_id)) if target is not None else None,
        outside=show.figure(_outside([each], None)) if each.outside else None,
        cost=None if each.cost.amount is None else Money(each.cost.amount, currency),
        cost_reason=each.cost.reason,
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)


def _part(part: Part, candidates: Sequence[Candidate]) -> ReachPart:
    own = [candidates[place] for place in part.places]
    assumed = bool(part.reached.assumed)
    return ReachPart(
        platforms=cast(list[Platform], part.platforms),
        influencer_ids=[ids.show("inf", each.influencer_id) for each in own],
        unique_followers=show.figure(part.unique_followers),
        unique_reach=show.reached(part.reached.unique_reach, assumed),
        target_reach=None if part.target is None else show.reached(part.target, assumed),
        impressions=show.figure(impressions(own)),
        frequency=_frequency(part, own),
    )


def rates_of(each: Candidate) -> RatesOf:
    """The rates alone."""
    having = {rate.format for rate in each.rates}
    return RatesOf(
        influencer_id=ids.show("inf", each.influencer_id),
        name=each.name,
        account_id=ids.show("acc", each.account_id),
        platform=cast(Platform, each.platform),
        handle=each.handle,
        followers=each.followers,
        rates=list(each.rates),
        without_rate=[format for format, _ in each.planned if format not in having],
    )
