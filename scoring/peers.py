"""What peers reach at a follower count: their mean of ln rate, and its spread (FORMULAS 1).

The mean is Huber's (Robust Estimation of a Location Parameter, 1964): rates have a long lower tail, accounts
whose followers sleep, that would pull a plain mean below most peers. Curve and categories go in turns:
a category which only large accounts have does not bend the curve. Peers share platform, format, base and
components. A ranking of top accounts is no peer group: the caller leaves such accounts out of the catalogue.
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

# Huber's constant, in sigmas: 95% efficient where there is no tail at all.
HUBER = 1.345
# Rounds of fitting curve and categories in turns; later ones move nothing that a score shows.
ROUNDS = 5

# Steps of the distribution of z that a group keeps: percents.
STEPS = 101


class PeerGroup(Struct, frozen=True):
    """One curve.

    x: knots of ln followers, ascending; mu: mean ln rate at the knots, non-increasing, linear between and
    flat outside; offsets: category -> what its accounts add to mu; n: accounts; source: "catalogue" or the
    name of a study; all_equal: peers without any spread, with whom nobody can be compared; quantiles: what z
    the peers have at each percent, empty where a study does not say.
    """

    basis: Basis
    x: tuple[float, ...]
    mu: tuple[float, ...]
    sigma: float
    n: int
    source: str
    offsets: dict[str, float] = {}
    all_equal: bool = False
    quantiles: tuple[float, ...] = ()


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


def percentile(rates: Rates, peers: Peers) -> Floats:
    """Share of its peers that each candidate's rate is above, 0..1; NaN where it has no rate or no peers.

    Where they stand in the catalogue is counted; against a study, whose distribution is not known, normal.
    Unlike the score it is of the rate as measured, over however few posts.

    >>> followers = np.geomspace(1e3, 1e6, 60)
    >>> rates = Rates.of(platform="x", value=np.resize([0.01, 0.02, 0.04], 60), followers=followers)
    >>> percentile(rates, fit(rates, cold_start=Peers(())))[:3].round(2).tolist()
    [0.16, 0.5, 0.84]
    """
    from scipy.special import ndtr  # scipy takes a tenth of a second to import: only where scores are made

    among = expected(rates, peers)
    known = (among.reason == 0) & (rates.value > 0) & (rates.n > 0)
    z = np.where(known, (np.log(np.where(known, rates.value, 1.0)) - among.mu) / among.sigma, np.nan)
    found = np.full(len(z), np.nan)
    for place in np.unique(among.group[known]).tolist():
        rows = known & (among.group == place)
        group = peers.groups[place]
        found[rows] = _place(group, z[rows]) if group.quantiles else ndtr(z[rows])
    return found


def _place(group: PeerGroup, z: Floats) -> Floats:
    """Between the steps in proportion, amid steps that are equal, and never outside of all peers."""
    steps = np.linspace(0.0, 1.0, STEPS)
    levels, first, count = np.unique(group.quantiles, return_index=True, return_counts=True)
    middle = (steps[first] + steps[first + count - 1]) / 2
    edge = 0.5 / group.n
    found: Floats = np.clip(np.interp(z, levels, middle), edge, 1.0 - edge)
    return found


def _group(catalogue: Rates, basis: Basis, rows: Integers) -> PeerGroup:
    x, y = np.log(catalogue.followers[rows]), np.log(catalogue.value[rows])
    names, category = _by_name(catalogue.categories, catalogue.category[rows])
    order = np.lexsort((category, y, x))  # sums in one order, whatever the order of the rows
    x, y, category = x[order], y[order], category[order]
    curve = _fitted(x, y, category, len(names))
    spread = _spread(curve.residual)
    sigma = max(spread, SIGMA_FLOOR)
    return PeerGroup(
        basis=basis,
        x=tuple(curve.knots.tolist()),
        mu=tuple(curve.levels.tolist()),
        sigma=sigma,
        n=len(rows),
        source="catalogue",
        offsets={name: float(curve.offset[code]) for code, name in enumerate(names) if curve.counted[code]},
        all_equal=bool(np.ptp(y) < 1e-12),
        quantiles=tuple(
            np.quantile(curve.residual / sigma, np.linspace(0, 1, STEPS), method="hazen").tolist()
        ),
    )


def _by_name(categories: tuple[str, ...], category: Integers) -> tuple[list[str], Integers]:
    """The categories' codes in the order of their names; the last, without a name, is that of no category."""
    names = sorted(categories)
    position = {name: code for code, name in enumerate(names)}
    recode = np.array([*(position[name] for name in categories), len(names)], dtype=np.int64)
    return names, recode[category]


@dataclass(frozen=True, slots=True)
class _Curve:
    """What was fitted. offset: float64[C + 1], 0 for what is not counted; residual: float64[M]."""

    knots: Floats
    levels: Floats
    offset: Floats
    counted: Flags
    residual: Floats


def _fitted(x: Floats, y: Floats, category: Integers, categories: int) -> _Curve:
    """Curve plus offsets of categories, in turns, each peer weighed by how near it is (Huber)."""
    counted = np.bincount(category, minlength=categories + 1) >= MINIMUM_PEERS
    counted[-1] = False
    offset, weight = np.zeros(categories + 1), np.ones(len(y))
    for _ in range(ROUNDS):
        knots, levels = decreasing(x, y - offset[category], weight)
        above = y - np.interp(x, knots, levels)
        total = np.bincount(category, weights=weight, minlength=categories + 1)
        sums = np.bincount(category, weights=weight * above, minlength=categories + 1)
        offset = np.where(counted, sums / np.where(counted, total, 1.0), 0.0)
        residual = above - offset[category]
        near = HUBER * max(_spread(residual), SIGMA_FLOOR)
        weight = near / np.maximum(near, np.abs(residual))
    return _Curve(knots, levels, offset, counted, residual)


def _spread(residual: Floats) -> float:
    return MAD_TO_SIGMA * float(np.median(np.abs(residual - np.median(residual))))


def _offsets(group: PeerGroup, rates: Rates, rows: Flags) -> Floats:
    # The last entry is that of category -1: none.
    table = np.array([group.offsets.get(name, 0.0) for name in (*rates.categories, "")])
    table[-1] = 0.0
    return table[rates.category[rows]]
