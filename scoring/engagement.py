"""Engagement score: where a rate stands among its peers (FORMULAS 1, "Relative to peers").

ln er* = (n ln er + 5 mu) / (n + 5); z = (ln er* - mu) / sigma, clamped to +/-3; score = 100 Phi(z).
"""

from dataclasses import dataclass
from math import exp

import numpy as np

from scoring.arrays import Codes, Floats
from scoring.peers import Expected, Peers, expected
from scoring.rates import STATISTICS, Rates
from scoring.scores import Column, RateBasis, Term, first_reason, rounded

# Posts that the peers' mean weighs as much as: few posts say little about an account.
PRIOR_POSTS = 5
Z_LIMIT = 3.0
# Above this a rate is also a warning: bought engagement looks like this.
Z_WARNING = 2.5


def score(rates: Rates, peers: Peers) -> Column:
    """Engagement score of N candidates; confidence n / (n + 5).

    Flags: `rate_far_above_peers` where z > 2.5. Reasons: see `_reasons`.

    >>> from scoring import builtin
    >>> typical = Rates.of(platform="x", value=[0.0218, 0.0], followers=[3162.28, 1e4], n=[12, 12])
    >>> column = score(typical, builtin.peers())
    >>> round(float(column.score[0]), 2), round(float(column.confidence[0]), 4), column.at(1, None, "").reason
    (50.0, 0.7059, 'zero_engagement')
    """
    from scipy.special import ndtr  # scipy takes a tenth of a second to import: only where scores are made

    stand = standing(rates, peers)
    points = 100 * ndtr(stand.z)
    return Column.settle(
        score=points,
        confidence=stand.weight,
        reason=stand.reason,
        terms=lambda position: _terms(rates, peers, stand.among, points, position),
        flags={"rate_far_above_peers": (stand.reason == 0) & (stand.z > Z_WARNING)},
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """Where N candidates stand among peers.

    z: float64[N], (ln er* - mu) / sigma clamped to +/-3, NaN where `reason` (into REASONS) is not 0; weight:
    n / (n + 5), what the account's own posts count in er*; among: mu and sigma.
    """

    z: Floats
    weight: Floats
    reason: Codes
    among: Expected


def standing(rates: Rates, peers: Peers) -> Standing:
    """z of each candidate's rate, drawn to its peers' mean where posts are few.

    >>> from scoring import builtin
    >>> typical = Rates.of(platform="x", value=[0.0218], followers=[3162.28], n=[12])
    >>> standing(typical, builtin.peers()).z.round(3).tolist()
    [0.0]
    """
    among = expected(rates, peers)
    reason = _reasons(rates, among)
    known = reason == 0
    n = np.where(known, rates.n, 0.0)
    # As (n ln er + 5 mu) / (n + 5) less mu, without the product that may overflow.
    weight = n / (n + PRIOR_POSTS)
    away = (np.log(np.where(known, rates.value, 1.0)) - among.mu) / among.sigma
    z = np.where(known, np.clip(weight * away, -Z_LIMIT, Z_LIMIT), np.nan)
    return Standing(z, weight, reason, among)


def _reasons(rates: Rates, among: Expected) -> Codes:
    """Why there is no score, the first that holds; 0 where there is one."""
    unknown = np.isnan(rates.value) | (rates.value < 0)
    own = first_reason(
        (~(rates.n > 0), "no_posts"), (unknown, "no_rate"), (rates.value == 0, "zero_engagement")
    )
    said: Codes = np.where(unknown & (rates.reason != 0), rates.reason, own)
    return np.where(said == 0, among.reason, said).astype(np.int8)


def _terms(rates: Rates, peers: Peers, among: Expected, points: Floats, position: int) -> tuple[Term, ...]:
    group = peers.groups[int(among.group[position])]
    statistic = STATISTICS[int(rates.statistic[position])]
    basis = RateBasis(
        **rates.bases[int(rates.basis[position])]._asdict(),
        statistic=statistic,
        n=float(rates.n[position]),
        window_days=None if statistic == "mean_unknown_n" else rates.window_days,
        peers=group.source,
        peers_n=group.n,
    )
    raw, typical = rounded(rates.value[position]), rounded(exp(float(among.mu[position])))
    return (
        Term("base", None, None, 50.0),
        Term("rate", raw, typical, rounded(points[position] - 50.0), basis),
    )
