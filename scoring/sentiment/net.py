"""Net sentiment of many labelled mentions: as counted, and corrected for how often each class is mistaken.

A model that takes a tenth of what is neutral for negative makes a calm brand look hated. What it was seen to
do with texts of known class says how counts come about; the shares that make the found counts likeliest are
the correction (expectation maximisation, as in Saerens et al. 2002). The interval draws both the mentions and
the labelled texts anew, so that it is as wide as either is few.
"""

from dataclasses import dataclass

import numpy as np

from scoring.arrays import Floats
from scoring.sentiment.classes import CLASSES, NEGATIVE, OUTCOMES, POSITIVE

DRAWS = 1_000
LEVEL = 0.95
_STEPS = 300
_SETTLED = 1e-5
# Jeffreys' prior: an outcome that was never seen is rare, not impossible.
_PRIOR = 0.5


@dataclass(frozen=True)
class Net:
    """Net sentiment (P - N) / (P + N), -1 to 1; None where nothing is positive or negative.

    raw: of the labels; corrected, low, high: with the interval that holds the truth in 95 of 100 cases;
    including_neutral: corrected P - N over all; shares: corrected shares of negative, neutral, positive;
    mentions: how many were counted; abstained: the share of them without a label.
    """

    raw: float | None
    corrected: float | None
    low: float | None
    high: float | None
    including_neutral: float | None
    shares: tuple[float, float, float] | None
    mentions: int
    abstained: float


def net(outcomes: Floats, confusion: Floats, *, draws: int = DRAWS, seed: int = 0) -> Net:
    """Net sentiment of counts by outcome.

    Parameters:
        outcomes: how many mentions were labelled negative, neutral, positive, and how many not, [4].
        confusion: how many texts of each known class got each outcome, [3, 4]; counts, because few labelled
            texts make a wide interval.

    Raises: ValueError for other shapes, negative counts, or a class without any labelled text.

    >>> seen = np.array([[80, 10, 5, 5], [10, 70, 10, 10], [5, 10, 80, 5]])
    >>> found = net(np.array([150, 400, 350, 100]), seen)
    >>> round(found.raw, 2), round(found.corrected, 2), found.low < found.corrected < found.high
    (0.4, 0.57, True)
    """
    counted, seen = _checked(outcomes, confusion)
    total = counted.sum()
    if not total:
        return Net(None, None, None, None, None, None, 0, 0.0)
    raw = _ratio(counted[None, :3])[0]
    shares = shares_of((counted / total)[None], _rates(seen)[None])
    rng = np.random.default_rng(seed)
    mentions = rng.dirichlet(counted + _PRIOR, size=draws)
    rates = np.stack([rng.dirichlet(row + _PRIOR, size=draws) for row in seen], axis=1)
    drawn = _ratio(shares_of(mentions, rates))
    point = float(_ratio(shares)[0])
    low, high = np.nanquantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Net(
        raw=_known(raw),
        corrected=_known(point),
        low=_known(min(low, point)),
        high=_known(max(high, point)),
        including_neutral=float(shares[0, POSITIVE] - shares[0, NEGATIVE]),
        shares=(float(shares[0, 0]), float(shares[0, 1]), float(shares[0, 2])),
        mentions=int(total),
        abstained=float(counted[3] / total),
    )


def shares_of(found: Floats, rates: Floats) -> Floats:
    """Shares of the classes [B, 3] that make the shares of outcomes [B, 4] likeliest, by rates [B, 3, 4].

    >>> rates = np.array([[[0.8, 0.1, 0.1, 0.0], [0.1, 0.8, 0.1, 0.0], [0.1, 0.1, 0.8, 0.0]]])
    >>> shares_of(np.array([[0.17, 0.45, 0.38, 0.0]]), rates).round(3).tolist()
    [[0.1, 0.5, 0.4]]
    """
    shares = np.full((len(found), len(CLASSES)), 1.0 / len(CLASSES))
    for _ in range(_STEPS):
        expected = np.einsum("bc,bco->bo", shares, rates)
        moved = shares * np.einsum("bco,bo->bc", rates, found / np.maximum(expected, 1e-300))
        moved /= moved.sum(axis=1, keepdims=True)
        settled = float(np.abs(moved - shares).max()) < _SETTLED
        shares = moved
        if settled:
            break
    return shares


def blended(confusion: Floats, shares: Floats) -> Floats:
    """One confusion [3, 4] of K kinds' [K, 3, 4], for mentions that look like each kind by `shares` [K].

    Rates are averaged; a row's count is what has the average's uncertainty.

    >>> kinds = np.array([np.full((3, 4), 10.0), np.full((3, 4), 30.0)])
    >>> blended(kinds, np.array([0.0, 1.0])).tolist() == kinds[1].tolist()
    True
    """
    held = np.maximum(confusion.sum(axis=2), 1e-9)
    rates = np.einsum("k,kco->co", shares, confusion / held[:, :, None])
    counts = 1.0 / np.einsum("k,kc->c", shares**2, 1.0 / held)
    made: Floats = rates * counts[:, None]
    return made


def _checked(outcomes: Floats, confusion: Floats) -> tuple[Floats, Floats]:
    counted, seen = np.asarray(outcomes, dtype=np.float64), np.asarray(confusion, dtype=np.float64)
    if counted.shape != (len(OUTCOMES),) or seen.shape != (len(CLASSES), len(OUTCOMES)):
        raise ValueError(
            f"counts [4] and a confusion [3, 4] are needed, not {counted.shape} and {seen.shape}"
        )
    if not (np.isfinite(counted).all() and np.isfinite(seen).all() and min(counted.min(), seen.min()) >= 0):
        raise ValueError("counts must be finite and not negative")
    if not seen.sum(axis=1).all():
        raise ValueError("a class without any labelled text: nothing is known of how it is mistaken")
    return counted, seen


def _rates(seen: Floats) -> Floats:
    made: Floats = seen / seen.sum(axis=1, keepdims=True)
    return made


def _ratio(shares: Floats) -> Floats:
    polar = shares[:, POSITIVE] + shares[:, NEGATIVE]
    with np.errstate(invalid="ignore", divide="ignore"):
        made: Floats = np.where(polar > 0, (shares[:, POSITIVE] - shares[:, NEGATIVE]) / polar, np.nan)
    return made


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
