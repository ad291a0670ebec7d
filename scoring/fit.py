"""Fit: the weighted mean of the scores of a brief's candidates, with its cap and vetoes.

A new score is a new column and a new `Model`: nothing here knows a score by name but the cap. Unknown scores
lower the confidence and their weight goes to the others (FORMULAS 2).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from scoring.arrays import Flags, Floats
from scoring.learning.blend import Learned
from scoring.model import COLD_START, WEIGHTS, Model, merged
from scoring.ranking import Key, Ranking, ordered
from scoring.scores import DECIMALS, Column, Term, first_reason, rounded

# Below this authenticity nothing else makes an influencer more than a doubtful fit.
CAP_SCORE = "authenticity"
CAP = 40.0


def rank(
    keys: Sequence[Key],
    columns: Mapping[str, Column],
    *,
    as_of: datetime,
    weights: Mapping[str, float] | None = None,
    vetoes: Mapping[str, Flags] | None = None,
    model: Model = COLD_START,
    learned: Learned | None = None,
) -> Ranking[Key]:
    """Rank N candidates in one pass; terms are made later, for the page that is asked for.

    Parameters
    ----------
    keys: stable ids of one orderable type; equal fits stand in their order, so the rows' order never matters.
    columns: one Column of N rows for every score that the model computes.
    weights: the brief's own, by score; what is left out keeps its default.
    vetoes: name -> bool[N]; a struck candidate's fit is 0. The first that strikes names the term.
    learned: what a promoted model says, blended with the mean before the cap and the vetoes.

    Raises ValueError where columns, vetoes and keys differ in length, or the columns are not the model's.

    >>> known = Column(np.array([80.0]), np.array([0.7]), np.zeros(1, dtype=np.int8), lambda position: ())
    >>> columns = {"engagement": known, "audience": Column.empty(1, "no_distribution")}
    >>> ranking = rank(["a"], columns, as_of=None, model=Model("two", ("engagement", "audience")))
    >>> fit = ranking.page(0, 10)[0].fit
    >>> fit.score, fit.confidence, fit.low_confidence, fit.terms[0].points
    (80.0, 0.311111, False, 80.0)
    """
    struck = {name: np.asarray(mask, dtype=np.bool_) for name, mask in (vetoes or {}).items()}
    _check(len(keys), columns, struck, model, learned)
    fit = _fit(columns, merged(weights or {}), struck, len(keys), learned)
    return Ranking(keys, ordered(fit.score, keys), fit, columns, struck, as_of, model)


def _check(
    size: int,
    columns: Mapping[str, Column],
    vetoes: Mapping[str, Flags],
    model: Model,
    learned: Learned | None,
) -> None:
    if set(columns) != set(model.computes):
        raise ValueError(f"model {model.version} computes {model.computes}, not {tuple(columns)}")
    if unknown := set(columns) - set(WEIGHTS):
        raise ValueError(f"no weight for {sorted(unknown)}")
    lengths = {len(column.score) for column in columns.values()} | {len(mask) for mask in vetoes.values()}
    if lengths - {size} or (learned is not None and len(learned.score) != size):
        raise ValueError("columns and vetoes must have one row per key")


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the terms of a fit are made from; mean and final: before and after the cap and the vetoes.

    A mean with a learned part is the blend of both.
    """

    columns: Mapping[str, Column]
    weights: Mapping[str, float]
    vetoes: Mapping[str, Flags]
    mean: Floats
    final: Floats
    learned: Learned | None

    def terms(self, position: int) -> tuple[Term, ...]:
        """Per known score: raw = the score, reference = its share of the weights, points = their product.

        Where a learned part takes its share of the fit, the scores' points are the rest of it.
        """
        known = {
            name: float(column.score[position])
            for name, column in self.columns.items()
            if not column.reason[position] and self.weights[name] > 0
        }
        total = sum(self.weights[name] for name in known)
        rest = 1.0 if self.learned is None else self.learned.rest(position)
        shares = {name: rest * self.weights[name] / total for name in known}
        means = (
            Term(name, rounded(known[name]), rounded(shares[name]), rounded(known[name] * shares[name]))
            for name in known
        )
        taught = () if self.learned is None else self.learned.terms(position)
        return (*means, *taught, *self._limit(position))

    def _limit(self, position: int) -> tuple[Term, ...]:
        """One last term with the difference, where a veto or the cap strikes."""
        difference = rounded(self.final[position] - self.mean[position])
        veto = next((name for name, mask in self.vetoes.items() if mask[position]), None)
        if veto is not None:
            return (Term(f"veto_{veto}", None, None, difference),)
        if difference:
            raw = rounded(self.columns[CAP_SCORE].score[position])
            return (Term(f"cap_{CAP_SCORE}", raw, CAP, difference),)
        return ()


def _fit(
    columns: Mapping[str, Column],
    weights: Mapping[str, float],
    vetoes: Mapping[str, Flags],
    size: int,
    learned: Learned | None,
) -> Column:
    computed = {name: columns[name] for name in WEIGHTS if name in columns}  # one order of summation
    present, points, confidence = np.zeros(size), np.zeros(size), np.zeros(size)
    for name, column in computed.items():
        known = column.reason == 0
        present += np.where(known, weights[name], 0.0)
        points += np.where(known, weights[name] * column.score, 0.0)
        confidence += np.where(known, weights[name] * column.confidence, 0.0)
    mean = np.where(present > 0, points / np.where(present > 0, present, 1.0), np.nan)
    mean = mean if learned is None else learned.blended(mean)
    final = _limited(mean, columns, vetoes)
    asked = sum(weights[name] for name in computed)
    return Column(
        score=np.round(final, DECIMALS),
        confidence=confidence / asked if asked else confidence,
        reason=first_reason((~(present > 0), "no_scores")),
        terms=_Parts(computed, weights, vetoes, mean, final, learned).terms,
    )


def _limited(mean: Floats, columns: Mapping[str, Column], vetoes: Mapping[str, Flags]) -> Floats:
    """The mean after the cap and the vetoes; null stays null."""
    limited = mean.copy()
    if CAP_SCORE in columns:
        low = columns[CAP_SCORE].score < CAP  # NaN compares false: an unknown score caps nothing
        limited[low] = np.minimum(limited[low], CAP)
    for mask in vetoes.values():
        limited[mask & ~np.isnan(limited)] = 0.0
    return limited
