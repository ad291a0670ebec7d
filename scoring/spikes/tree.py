"""A week's rhythm as a tree: what all days share, what weekdays and weekends add, what each day adds.

Each node is a curve over the 24 local hours with a Gaussian prior (smooth around the clock, a shift of the
whole curve, and an hour's own part), so that hours learn from their neighbours and days from each other as
far as the data agree. The posterior of the 168 log levels is exact for Gaussian observations, by messages
up the tree and back down: a dozen inverses of 24 x 24 in place of one of 168 x 168. Every array has leading
axes [...] of independent queries or candidates.
"""

from dataclasses import dataclass

import numpy as np

from scoring.arrays import Floats

DAYS, HOURS = 7, 24
# Monday = 0. Days of one kind share a curve.
KINDS = ((0, 1, 2, 3, 4), (5, 6))
# In hours: how far an hour's surplus reaches around the clock.
REACH = 2.5


def _around_the_clock() -> Floats:
    apart = np.arange(HOURS)[:, None] - np.arange(HOURS)
    wide = REACH * 2 * np.pi / HOURS
    smooth: Floats = np.exp(-2 * np.sin(np.pi * apart / HOURS) ** 2 / wide**2)
    return smooth


SMOOTH = _around_the_clock()
SHIFT: Floats = np.ones((HOURS, HOURS))
OWN: Floats = np.eye(HOURS)


def kernel(shift: Floats, smooth: Floats, own: Floats) -> Floats:
    """The prior covariance [..., 24, 24] of a node from its three variances [...]."""
    return shift[..., None, None] * SHIFT + smooth[..., None, None] * SMOOTH + own[..., None, None] * OWN


@dataclass(frozen=True, slots=True)
class Priors:
    """Prior covariances [..., 24, 24] of the three kinds of nodes."""

    root: Floats
    kind: Floats
    day: Floats


@dataclass(frozen=True, slots=True)
class Posterior:
    """Log levels against the centre, [..., 7, 24], and their variances."""

    mean: Floats
    variance: Floats


@dataclass(frozen=True, slots=True)
class _Node:
    """One node given its parent: covariance, precision of its data, information; the message to its
    parent."""

    cov: Floats
    weight: Floats
    info: Floats
    up_weight: Floats
    up_info: Floats
    evidence: Floats


def _node(prior: Floats, weight: Floats, info: Floats, evidence: bool) -> _Node:
    inner = OWN + weight @ prior
    cov = prior @ np.linalg.inv(inner)
    weighted = weight @ cov
    up = info - (weighted @ info[..., None])[..., 0]
    quadratic = np.zeros(info.shape[:-1])
    if evidence:
        quadratic = 0.5 * (info * (cov @ info[..., None])[..., 0]).sum(axis=-1)
        quadratic = quadratic - 0.5 * np.linalg.slogdet(inner)[1]
    return _Node(cov, weight, info, weight - weighted @ weight, up, quadratic)


def _leaves(prior: Floats, weight: Floats, info: Floats, evidence: bool) -> _Node:
    """As `_node` for the days, whose data are independent: weight is the diagonal, [..., 7, 24]."""
    inner = OWN + weight[..., :, None] * prior
    cov = prior @ np.linalg.inv(inner)
    weighted = weight[..., :, None] * cov
    quadratic = np.zeros(info.shape[:-1])
    if evidence:
        quadratic = 0.5 * (info * (cov @ info[..., None])[..., 0]).sum(axis=-1)
        quadratic = quadratic - 0.5 * np.linalg.slogdet(inner)[1]
    up_weight = weight[..., :, None] * OWN - weighted * weight[..., None, :]
    return _Node(cov, weight, info, up_weight, info - (weighted @ info[..., None])[..., 0], quadratic)


def _up(priors: Priors, weight: Floats, info: Floats, evidence: bool) -> tuple[_Node, list[_Node], _Node]:
    days = _leaves(priors.day[..., None, :, :], weight, info, evidence)
    kinds = [
        _node(priors.kind, *_of_days(days, first, last), evidence)
        for first, last in ((kind[0], kind[-1] + 1) for kind in KINDS)
    ]
    root = _node(
        priors.root,
        sum((kind.up_weight for kind in kinds[1:]), start=kinds[0].up_weight),
        sum((kind.up_info for kind in kinds[1:]), start=kinds[0].up_info),
        evidence,
    )
    return days, kinds, root


def _of_days(days: _Node, first: int, last: int) -> tuple[Floats, Floats]:
    return days.up_weight[..., first:last, :, :].sum(axis=-3), days.up_info[..., first:last, :].sum(axis=-2)


def evidence(priors: Priors, weight: Floats, info: Floats) -> Floats:
    """The log marginal likelihood [...] of working observations, up to a constant of the observations.

    weight: float64[..., 7, 24], their precisions (0: nothing observed); info: precision x observation.
    """
    days, kinds, root = _up(priors, weight, info, True)
    total: Floats = days.evidence.sum(axis=-1) + sum(kind.evidence for kind in kinds) + root.evidence
    return total


def posterior(priors: Priors, weight: Floats, info: Floats) -> Posterior:
    """Means and variances of the 168 log levels given working observations (as in `evidence`)."""
    days, kinds, root = _up(priors, weight, info, False)
    top = (root.cov @ root.info[..., None])[..., 0]
    mean = np.empty(weight.shape)
    variance = np.empty(weight.shape)
    for kind, node in zip(KINDS, kinds, strict=True):
        curve, spread = _given(node, top, root.cov)
        for day in kind:
            pull = OWN - days.cov[..., day, :, :] * weight[..., day, None, :]
            mean[..., day, :] = (pull @ curve[..., None])[..., 0] + (
                days.cov[..., day, :, :] @ info[..., day, :, None]
            )[..., 0]
            own = np.diagonal(days.cov[..., day, :, :], axis1=-2, axis2=-1)
            variance[..., day, :] = own + ((pull @ spread) * pull).sum(axis=-1)
    return Posterior(mean, variance)


def _given(node: _Node, parent: Floats, parent_cov: Floats) -> tuple[Floats, Floats]:
    pull = OWN - node.cov @ node.weight
    mean = (pull @ parent[..., None] + node.cov @ node.info[..., None])[..., 0]
    return mean, node.cov + pull @ parent_cov @ np.swapaxes(pull, -1, -2)
