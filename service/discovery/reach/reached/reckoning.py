"""From candidates to who is expected to see their posts (pure; kernels are loaded where they are called)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, hypot, sqrt
from typing import TYPE_CHECKING, cast
from uuid import UUID

from msgspec.structs import replace

from graph.audiences import Audience, Everybody, HashSample, SizeOnly, UniformSample
from graph.contacts import Presence
from graph.estimates import Estimate, missing
from service.discovery.reach.groups import by_platform, together, unlinked_may_be_same
from service.discovery.reach.overlaps.counting import as_hashes
from service.discovery.reach.schemas import Candidate, Inputs

if TYPE_CHECKING:
    from graph.reach import Reached

Shares = Mapping[UUID, float | None]


@dataclass(frozen=True, slots=True)
class Part:
    """Candidates whose people can be told apart; places: of those in the figure. target: of the target's
    people among the places with a known share."""

    platforms: list[str]
    places: list[int]
    reached: "Reached"
    unique_followers: Estimate
    target: Estimate | None


@dataclass(frozen=True, slots=True)
class Reckoned:
    """parts: those with a figure. reasons: place -> why a candidate is in none. unique_reach_of_all,
    impressions_of_all: bounds, and figures, with those; None where everybody is in."""

    parts: list[Part]
    reasons: dict[int, str]
    unique_reach_of_all: Estimate | None


def reckon(found: Inputs, target: Shares | None) -> Reckoned:
    """Reach of those whose followers and reach rates are known."""
    candidates = found.candidates
    reasons = {place: why for place, each in enumerate(candidates) if (why := missing_of(each))}
    parts = []
    for group in together([each.platform for each in candidates], found.linked):
        counted = [place for place in group if place not in reasons]
        part = _part(candidates, counted, reasons, target)
        if part is not None:
            parts.append(part)
    return Reckoned(parts, reasons, _of_all(candidates, parts, reasons, found))


def missing_of(each: Candidate) -> str | None:
    """Why an influencer can't be in the figure; None where it can."""
    if each.audience is None or isinstance(each.audience, SizeOnly):
        return each.reason or "no_audience_set"
    if isinstance(each.audience, UniformSample):
        return "uniform_sample"
    if not each.planned:
        return "no_posts_planned"
    return each.presence_reason


def _part(
    candidates: Sequence[Candidate], counted: list[int], reasons: dict[int, str], target: Shares | None
) -> Part | None:
    if not counted:
        return None
    found = _reached(candidates, counted, None)
    if found is None:
        # Too few people of too many samples: those that are known whole still tell theirs.
        dropped = [place for place in counted if isinstance(candidates[place].audience, HashSample)]
        reasons.update(dict.fromkeys(dropped, "too_few_sampled"))
        kept = [place for place in counted if place not in reasons]
        return _part(candidates, kept, reasons, target)
    reached, unique = found
    return Part(
        platforms=sorted({candidates[place].platform for place in counted}),
        places=counted,
        reached=reached,
        unique_followers=unique,
        target=_target(candidates, counted, target),
    )


def _target(
    candidates: Sequence[Candidate], counted: Sequence[int], target: Shares | None
) -> Estimate | None:
    if target is None:
        return None
    shares = {place: target.get(candidates[place].influencer_id) for place in counted}
    known = [place for place in counted if shares[place] is not None]
    found = _reached(candidates, known, [cast(float, shares[place]) for place in known]) if known else None
    return found[0].unique_reach if found else missing("none", "target_unknown")


def _reached(
    candidates: Sequence[Candidate], places: Sequence[int], target: Sequence[float] | None
) -> "tuple[Reached, Estimate] | None":
    """Reach and unique followers, of sets as they are, of samples by the people whom all of them show.

    Over linked platforms with what holds if others are the same people too.
    """
    whole = _counted(candidates, places, target)
    parts = by_platform([each.platform for each in candidates], places)
    if whole is None or len(parts) < 2:
        return whole
    at = {place: index for index, place in enumerate(places)}
    alone = [
        _counted(candidates, part, None if target is None else [target[at[place]] for place in part])
        for part in parts
    ]
    own = [each for each in alone if each is not None]
    reached, unique = whole
    seen = unlinked_may_be_same(reached.unique_reach, [each.unique_reach for each, _ in own])
    return replace(reached, unique_reach=seen), unlinked_may_be_same(unique, [each for _, each in own])


def _counted(
    candidates: Sequence[Candidate], places: Sequence[int], target: Sequence[float] | None
) -> "tuple[Reached, Estimate] | None":
    from graph.reach import reach
    from graph.sampled import unique_followers
    from graph.sampled_reach import sampled_reach

    audiences = [cast(Audience, candidates[place].audience) for place in places]
    presences = [cast(Presence, candidates[place].presence) for place in places]
    whole = [each.members for each in audiences if isinstance(each, Everybody)]
    if len(whole) == len(audiences):
        return reach(whole, presences, target), unique_followers(audiences)
    samples = [as_hashes(each) for each in audiences]
    found = sampled_reach(samples, presences, target)
    return None if found is None else (found, unique_followers(samples))


def alone(each: Candidate) -> Estimate | None:
    """Followers whom one influencer's posts reach; None where their number or a rate is not known."""
    if each.audience is None or each.presence is None:
        return None
    size, (low, high) = each.audience.size, each.presence.chances()
    return Estimate(size * (1 - each.presence.missed()), size * low, size * high, size, "reach_rates")


def impressions(some: Sequence[Candidate]) -> Estimate:
    """Contacts with followers. Measured rates err independently, assumed ones together."""
    values, own, common = [], [0.0, 0.0], [0.0, 0.0]
    for each in some:
        if each.audience is None or each.presence is None:
            continue
        people = each.audience.size * (1 - each.presence.fakes)
        values.append(each.audience.size * each.presence.impressions)
        for posts in each.presence.posts:
            for side, end in enumerate(posts.rate.ends):
                error = people * posts.count * abs(end - posts.rate.value)
                if posts.rate.assumed:
                    common[side] += error
                else:
                    own[side] += error * error
    value = fsum(values)
    low, high = (hypot(sqrt(own[side]), common[side]) for side in (0, 1))
    return Estimate(value, max(0.0, value - low), value + high, len(values), "reach_rates")


def _of_all(
    candidates: Sequence[Candidate], parts: Sequence[Part], reasons: Mapping[int, str], found: Inputs
) -> Estimate | None:
    """Bounds for everybody, where not all are in the figure: whoever is not adds all or nothing."""
    rest = [candidates[place] for place, why in reasons.items() if why != "no_posts_planned"]
    if not rest:
        return None
    figures = [part.reached.unique_reach for part in parts]
    by_themselves = [each for one in rest if (each := alone(one)) is not None]
    if not parts and len(rest) == len(by_themselves) == 1:
        return by_themselves[0]
    low = max((each.low or 0.0 for each in [*figures, *by_themselves]), default=0.0)
    if len(by_themselves) < len(rest):
        unknown = any(each.audience is None for each in rest)
        return missing("bounds", "followers_unknown" if unknown else "no_reach_rate", low)
    highs = [each.high for each in [*figures, *by_themselves]]
    high = None if any(each is None for each in highs) else fsum(each or 0.0 for each in highs)
    linked = len(together([each.platform for each in candidates], found.linked)) == 1
    return missing("bounds", "overlap_unknown" if linked else "platforms_not_linked", low, high)
