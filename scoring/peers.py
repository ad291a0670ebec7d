"""What peers reach at a follower count: their mean of ln rate, and its spread (FORMULAS 1).

Peers share platform, format, base and components. A ranking of top accounts is no peer group: the caller
leaves such accounts out of the catalogue that it passes.
"""

from dataclasses import dataclass

import numpy as np
from msgspec import Struct

from scoring.arrays import Codes, Flags, Floats, Integers
from scoring.basis import Basis
from scoring.isotonic import decreasing
from scoring.rates import Rates
from scoring.scores import CODE

# A curve, and a category's own offset, need this many accounts.
MINIMUM_PEERS = 50

# Peers closer to each other than this would turn noise into scores.
SIGMA_FLOOR = 0.35

# Turns the median absolute deviation of a normal distribution into its standard deviation.
MAD_TO_SIGMA = 1.4826


class PeerGroup(Struct, frozen=True):
    """One curve.

    x: knots of ln followers, ascending; mu: mean ln rate at the knots, non-increasing, linear between and
    flat outside; offsets: category -> what its accounts add to mu; n: accounts; source: "catalogue" or the
    name of a study; all_equal: peers without any spread, with whom nobody can be compared.
    """

    basis: Basis
    x: tuple[float, ...]
    mu: tuple[float, ...]
    sigma: float
    n: int
    source: str
    offsets: dict[str, float] = {}
    all_equal: bool = False


class Peers(Struct, frozen=True):
    """Peer groups, at most one per basis. Encodes with msgspec: kept beside a run, it can be replayed."""

    groups: tuple[PeerGroup, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """Per candidate: mu and sigma of its peers (NaN without), why there are none, which group (-1: none)."""

    mu: Floats
    sigma: Floats
    reason: Codes
    group: Integers


def fit(catalogue: Rates, *, cold_start: Peers) -> Peers:
    """Peer groups of a catalogue (a row per account: its latest rate), the cold start where it is too small.

    >>> followers = np.geomspace(1e3, 1e6, 60)
    >>> rates = Rates.of(platform="instagram", value=followers**-0.2, followers=followers)
    >>> group = fit(rates, cold_start=Peers(())).groups[0]
    >>> group.n, round(group.mu[0] / group.mu[-1], 3), group.sigma
    (60, 0.5, 0.35)
    """
    usable = (catalogue.value > 0) & (catalogue.followers > 0) & (catalogue.n > 0)
    found = {}
    for code, basis in enumerate(catalogue.bases):
        rows = np.flatnonzero(usable & (catalogue.basis == code))
        if len(rows) >= MINIMUM_PEERS:
            found[basis] = _group(catalogue, basis, rows)
    cold = {group.basis: group for group in cold_start.groups}
    return Peers(tuple(group for _, group in sorted({**cold, **found}.items())))


def expected(rates: Rates, peers: Peers) -> Expected:
    """mu and sigma of each candidate's peers at its follower count and in its category."""
    size = len(rates.value)
    mu, sigma = np.full(size, np.nan), np.full(size, np.nan)
    reason = np.full(size, CODE["no_peers"], dtype=np.int8)
    which = np.full(size, -1, dtype=np.int64)
    followed = rates.followers > 0
    logarithm = np.log(np.where(followed, rates.followers, 1.0))
    place = {group.basis: position for position, group in enumerate(peers.groups)}
    for code, basis in enumerate(rates.bases):
        if basis not in place:
            continue
        group, rows = peers.groups[place[basis]], rates.basis == code
        mu[rows] = np.interp(logarithm[rows], group.x, group.mu) + _offsets(group, rates, rows)
        sigma[rows] = group.sigma
        reason[rows] = CODE["peers_all_equal"] if group.all_equal else 0
        which[rows] = place[basis]
    reason = np.where((reason == 0) & ~followed, CODE["no_followers"], reason).astype(np.int8)
    return Expected(mu, sigma, reason, which)


def _group(catalogue: Rates, basis: Basis, rows: Integers) -> PeerGroup:
    x, y = np.log(catalogue.followers[rows]), np.log(catalogue.value[rows])
    category = catalogue.category[rows]
    order = np.lexsort((category, y, x))  # sums in one order, whatever the order of the rows
    x, y, category = x[order], y[order], category[order]
    knots, levels = decreasing(x, y)
    residual = y - np.interp(x, knots, levels)
    offsets = _category_means(residual, category, catalogue.categories)
    residual = residual - np.array([offsets.get(name, 0.0) for name in (*catalogue.categories, "")])[category]
    spread = MAD_TO_SIGMA * float(np.median(np.abs(residual - np.median(residual))))
    return PeerGroup(
        basis=basis,
        x=tuple(knots.tolist()),
        mu=tuple(levels.tolist()),
        sigma=max(spread, SIGMA_FLOOR),
        n=len(rows),
        source="catalogue",
        offsets=offsets,
        all_equal=bool(np.ptp(y) < 1e-12),
    )


def _category_means(residual: Floats, category: Integers, names: tuple[str, ...]) -> dict[str, float]:
    counts = np.bincount(category + 1, minlength=len(names) + 1)[1:]
    sums = np.bincount(category + 1, weights=residual, minlength=len(names) + 1)[1:]
    return {
        name: float(sums[code] / counts[code])
        for code, name in enumerate(names)
        if counts[code] >= MINIMUM_PEERS
    }


def _offsets(group: PeerGroup, rates: Rates, rows: Flags) -> Floats:
    # The last entry is that of category -1: none.
    table = np.array([group.offsets.get(name, 0.0) for name in (*rates.categories, "")])
    table[-1] = 0.0
    return table[rates.category[rows]]
