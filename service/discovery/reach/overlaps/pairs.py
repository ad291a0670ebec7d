"""All pairs of a list, those that share most first (pure)."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from graph.estimates import Estimate, missing
from service.discovery.reach import show
from service.discovery.reach.overlaps.matrices import containment, jaccard
from service.discovery.reach.overlaps.schemas import Pair
from service.discovery.reach.overlaps.show import Compared
from service.kit import ids


class Place(Struct, frozen=True, array_like=True):
    """A pair's place in the order: minus its Jaccard, then where both stand in the list."""

    key: float
    first: int
    second: int


def pairs(found: Compared, least: float, after: Place | None, limit: int) -> list[tuple[Place, Pair]]:
    """Pairs of at least so much Jaccard, falling; behind `after`. Pairs that can't be told are left out."""
    if found.shared is None:
        return []
    sizes = np.array(found.sizes, dtype=np.float64)
    share = jaccard(found.shared.value, sizes)
    first, second = np.triu_indices(len(sizes), 1)
    values = share[first, second]
    # A comparison with NaN is false: what is not known is not at least anything.
    kept = np.flatnonzero(values >= least)
    order = kept[np.lexsort((second[kept], first[kept], -values[kept]))]
    places = [Place(-float(values[at]), int(first[at]), int(second[at])) for at in order.tolist()]
    start = 0 if after is None else _behind(places, after)
    return [(place, _pair(found, place, sizes)) for place in places[start : start + limit]]


def _behind(places: Sequence[Place], after: Place) -> int:
    wanted = (after.key, after.first, after.second)
    return sum((each.key, each.first, each.second) <= wanted for each in places)


def _pair(found: Compared, place: Place, sizes: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Pair:
    both = [place.first, place.second]
    ends = [getattr(found.shared, name)[np.ix_(both, both)] for name in ("value", "low", "high")]
    people, shares = sizes[both], [jaccard(each, sizes[both]) for each in ends]
    parts = [containment(each, people) for each in ends]
    keys = [ids.show("inf", found.candidates[each].influencer_id) for each in both]
    return Pair(
        keys[0],
        keys[1],
        _figure([each[0, 1] for each in ends]),
        _figure([each[0, 1] for each in shares]),
        _figure([each[0, 1] for each in parts]),
        _figure([each[1, 0] for each in parts]),
    )


def _figure(ends: Sequence[float]) -> show.Figure:
    value, low, high = (float(each) for each in ends)
    if value != value:
        return show.figure(missing("bounds", "no_followers"))
    exact = value == low == high
    return show.figure(Estimate(value, low, high, None, "exact" if exact else "samples"))
