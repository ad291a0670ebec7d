"""Models that look at all paths at once: Shapley values, and a Markov chain's removal effects. Pure."""

from collections.abc import Hashable, Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any, Generic, NamedTuple, TypeVar

K = TypeVar("K", bound=Hashable)

# Columns of the fundamental matrix that are solved for at once: 8 MB for 4,000 partners.
_AT_ONCE = 256
# Beyond the solver's accuracy: partners in equal places have equal effects.
_DIGITS = 12


class Journey(NamedTuple, Generic[K]):
    """Conversions that went the same way. `path`: who was touched, in order. `value`: of all of them.
    `lost`: how many went this way and did not convert."""

    path: tuple[K, ...]
    conversions: int
    value: int
    lost: int = 0


def shapley(journeys: Iterable[Journey[K]], of: str = "value") -> dict[K, Fraction]:
    """The Shapley value of each, where a coalition's worth is that of the paths that lie within it.

    That is each path's value in equal parts to its distinct members: Zhao, Mahboobi and Bagheri, Shapley
    value methods for attribution modeling in online advertising (arXiv:1804.05327), 3.
    """
    # Whole units by the size of the coalition first: there are few sizes, and fractions are slow.
    units: dict[K, dict[int, int]] = {}
    for journey in journeys:
        members = dict.fromkeys(journey.path)
        value, size = getattr(journey, of), len(members)
        for member in members:
            sizes = units.setdefault(member, {})
            sizes[size] = sizes.get(size, 0) + value
    return {
        member: sum((Fraction(value, size) for size, value in sizes.items()), Fraction(0))
        for member, sizes in units.items()
    }


def removal_effects(journeys: Sequence[Journey[K]]) -> dict[K, float]:
    """By how much of itself the chance of a conversion falls if nobody gets past a partner.

    A chain of order 1 with the states start, conversion, null and the partners, steps from a partner to
    itself kept (Anderl, Becker, von Wangenheim, Schumann, Mapping the customer journey, IJRM 33, 2016).
    The effect of i is 1 - P(conversion without i) / P(conversion), between 0 and 1; nothing of anybody
    where nobody converts. Whoever reaches a conversion by i reaches i first, so the chance that is lost is
    P(i is reached) x P(conversion from i), which one factorisation gives for all partners.
    """
    import numpy as np
    from scipy.sparse.linalg import splu

    places = {key: at for at, key in enumerate(dict.fromkeys(key for each in journeys for key in each.path))}
    if not places or not any(journey.conversions for journey in journeys):
        return dict.fromkeys(places, 0.0)
    begin, steps, wins = _chain(journeys, places)
    solved = splu(steps)
    converts = solved.solve(wins)
    visits = solved.solve(begin, "T")
    returns = np.empty(len(places))
    for start in range(0, len(places), _AT_ONCE):
        end = min(start + _AT_ONCE, len(places))
        columns = np.zeros((len(places), end - start))
        columns[np.arange(start, end), np.arange(end - start)] = 1
        returns[start:end] = solved.solve(columns)[np.arange(start, end), np.arange(end - start)]
    effects = visits / returns * converts / (begin @ converts)
    return {key: round(min(1.0, max(0.0, float(effects[at]))), _DIGITS) for key, at in places.items()}


def _chain(journeys: Sequence[Journey[K]], places: dict[K, int]) -> tuple[Any, Any, Any]:
    """Where paths begin, I - Q of the steps between partners, and the chance of a conversion at once."""
    import numpy as np
    from scipy.sparse import coo_array, csc_array, eye_array

    size = len(places)
    begin, wins, left = np.zeros(size), np.zeros(size), np.zeros(size)
    steps: dict[tuple[int, int], int] = {}
    for journey in journeys:
        times = journey.conversions + journey.lost
        path = [places[key] for key in journey.path]
        if not path or not times:
            continue
        begin[path[0]] += times
        wins[path[-1]] += journey.conversions
        for at in path:
            left[at] += times
        for step in pairwise(path):
            steps[step] = steps.get(step, 0) + times
    left[left == 0] = 1
    rows = np.fromiter((step[0] for step in steps), dtype=np.int64, count=len(steps))
    columns = np.fromiter((step[1] for step in steps), dtype=np.int64, count=len(steps))
    counts = np.fromiter(steps.values(), dtype=np.float64, count=len(steps))
    moves = coo_array((counts / left[rows], (rows, columns)), shape=(size, size))
    return begin / begin.sum(), csc_array(eye_array(size) - moves), wins / left
