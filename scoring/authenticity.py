"""Authenticity: whether followers and engagement are real (FORMULAS 2).

100 exp(sum w_k ln max(t_k, .02)) over the inputs that are known, weights renormalised. Confidence is the
weight of the known inputs.

| input | w | t |
|---|---|---|
| follower_sample | .40 | 1 - upper 90% bound of the fake share (prevalence.py) |
| consistency | .25 | exp(-max(0, abs(z) - 2) / 2), halved where comments per like are odd (ratios.py) |
| growth | .20 | share of usual weeks (growth.py) |
| profile | .15 | 1 - probability that the account itself is fake (fakes.py) |
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import ArrayLike

from scoring.arrays import Floats, floats
from scoring.growth import Growth
from scoring.prevalence import bound, corrected
from scoring.scores import CODE, Column, Observed, Term, rounded

WEIGHTS: Mapping[str, float] = {
    "follower_sample": 0.40,
    "consistency": 0.25,
    "growth": 0.20,
    "profile": 0.15,
}
# One input that speaks against an account must not hide the others.
FLOOR = 0.02
# A rate so far from its peers' is nothing to explain.
Z_FREE = 2.0
# Of a 90% interval.
UPPER = 0.95
OUTSIDE = 0.5
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of N accounts, each float64[N], NaN where it is not.

    n, flagged, tpr, fpr: the newest sample of followers (fakes.Counted). z: the engagement rate among its
    peers (engagement.standing); ratio, ratio_low, ratio_high: comments per like and its bounds (ratios.py).
    usual, weeks, jump, jump_day: growth.Growth, days since 1970. fake: the probability of the account's own
    profile (FakeModel.probability).
    """

    n: Floats
    flagged: Floats
    tpr: Floats
    fpr: Floats
    z: Floats
    ratio: Floats
    ratio_low: Floats
    ratio_high: Floats
    usual: Floats
    weeks: Floats
    jump: Floats
    jump_day: Floats
    fake: Floats

    @classmethod
    def of(cls, size: int, growth: Growth | None = None, **columns: ArrayLike) -> "Evidence":
        """Evidence of the columns that are known. Raises ValueError for another name or length."""
        names = [field.name for field in fields(cls)]
        if unknown := set(columns) - set(names):
            raise ValueError(f"no evidence is called {sorted(unknown)[0]!r}")
        held = {name: floats(column) for name, column in columns.items()}
        if growth is not None:
            held |= {field.name: getattr(growth, field.name) for field in fields(growth)}
        if any(column.shape != (size,) for column in held.values()):
            raise ValueError(f"the columns of {size} accounts must have {size} rows")
        return cls(**{name: held.get(name, np.full(size, np.nan)) for name in names})


def score(evidence: Evidence) -> Column:
    """Authenticity of N accounts. Reasons: no_signals; low_confidence below .3 (a profile alone, say).

    Flags: `followers_jumped` where a week is odd, `ratio_outside_peers` where comments per like are.

    >>> both = Evidence.of(2, n=[500, 500], flagged=[40, 350], tpr=[0.95] * 2, fpr=[0.06] * 2)
    >>> score(both).score.round(1).tolist()
    [95.3, 24.4]
    """
    high = _upper(evidence)
    inputs = {
        "follower_sample": 1.0 - high,
        "consistency": _consistency(evidence),
        "growth": np.clip(evidence.usual, 0.0, 1.0),
        "profile": 1.0 - np.clip(evidence.fake, 0.0, 1.0),
    }
    weight, loss = np.zeros(len(evidence.n)), np.zeros(len(evidence.n))
    parts = {}
    for name, value in inputs.items():
        known = np.isfinite(value)
        parts[name] = WEIGHTS[name] * np.log(np.where(known, np.maximum(value, FLOOR), 1.0))
        weight += np.where(known, WEIGHTS[name], 0.0)
        loss += parts[name]
    points = 100.0 * np.exp(loss / np.where(weight > 0, weight, 1.0))
    return Column.settle(
        score=points,
        confidence=np.minimum(weight, 1.0),
        reason=np.where(weight > 0, 0, CODE["no_signals"]).astype(np.int8),
        terms=lambda at: _terms(evidence, high, {n: v[at] for n, v in inputs.items()}, parts, points, at),
        flags={"followers_jumped": np.isfinite(evidence.jump), "ratio_outside_peers": _outside(evidence)},
    )


def _errors(evidence: Evidence) -> tuple[Floats, Floats]:
    """The rates of error; a verdict without them counts as measured without error."""
    tpr = np.where(np.isnan(evidence.tpr), 1.0, evidence.tpr)
    return tpr, np.where(np.isnan(evidence.fpr), 0.0, evidence.fpr)


def _upper(evidence: Evidence) -> Floats:
    """The upper end of the 90% interval of the fake share."""
    return corrected(bound(evidence.n, evidence.flagged, UPPER), *_errors(evidence))


def _outside(evidence: Evidence) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return (evidence.ratio < evidence.ratio_low) | (evidence.ratio > evidence.ratio_high)


def _consistency(evidence: Evidence) -> Floats:
    beyond = np.maximum(0.0, np.abs(evidence.z) - Z_FREE)
    return np.exp(-beyond / 2) * np.where(_outside(evidence), OUTSIDE, 1.0)


def _terms(
    evidence: Evidence,
    high: Floats,
    values: Mapping[str, np.floating],
    parts: Mapping[str, Floats],
    points: Floats,
    at: int,
) -> tuple[Term, ...]:
    """`base` of 100, then per known input its part of the loss, by w ln t; no loss, no points."""
    known = [name for name, value in values.items() if np.isfinite(value)]
    loss = 100.0 - float(points[at])
    total = sum(float(parts[name][at]) for name in known)
    made = [Term("base", None, None, 100.0)]
    for name in known:
        raw, reference, observed = _said(name, evidence, high, at)
        share = float(parts[name][at]) / total if total else 0.0
        made.append(Term(name, raw, reference, rounded(-loss * share), observed=observed))
    return tuple(made)


def _said(name: str, evidence: Evidence, high: Floats, at: int) -> tuple[float, float, Observed | None]:
    """What was measured, what would cost nothing, and what it was seen in."""
    if name == "follower_sample":
        one = slice(at, at + 1)
        tpr, fpr = (rate[one] for rate in _errors(evidence))
        share = corrected(evidence.flagged[one] / evidence.n[one], tpr, fpr)[0]
        return rounded(high[at]), 0.0, Observed(n=rounded(evidence.n[at]), share=rounded(share))
    if name == "consistency":
        odd = Observed(ratio=rounded(evidence.ratio[at])) if _outside(evidence)[at] else None
        return rounded(evidence.z[at]), Z_FREE, odd
    if name == "growth":
        return rounded(evidence.usual[at]), 1.0, _growth(evidence, at)
    return rounded(evidence.fake[at]), 0.0, None


def _growth(evidence: Evidence, at: int) -> Observed:
    weeks, jump = evidence.weeks[at], evidence.jump[at]
    return Observed(
        n=rounded(weeks) if np.isfinite(weeks) else None,
        jump=rounded(jump) if np.isfinite(jump) else None,
        jump_at=_day(float(evidence.jump_day[at])),
    )


def _day(days: float) -> datetime | None:
    """None also of a day that no calendar has."""
    try:
        return _EPOCH + timedelta(days=days)
    except (ValueError, OverflowError):
        return None
