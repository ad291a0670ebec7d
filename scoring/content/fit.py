"""Content fit: the percentile of an influencer's mean likeness, explained by its parts (FORMULAS 2)."""

from dataclasses import dataclass

import numpy as np

from scoring.arrays import Flags, Floats
from scoring.content.population import Inputs
from scoring.scores import Column, Term, first_reason, rounded

MIDDLE = 50.0


@dataclass(frozen=True, slots=True)
class _Terms:
    inputs: Inputs

    def at(self, position: int) -> tuple[Term, ...]:
        """`base` of 50; the rest shared by |z| among the parts that point to where the score stands.

        raw: the likeness, reference: that of the mean candidate.
        """
        distance = float(self.inputs.percentile[position]) - MIDDLE
        z = {name: float(column[position]) for name, column in self.inputs.z.items()}
        known = {name: value for name, value in z.items() if np.isfinite(value)}
        pulling = {name: abs(value) for name, value in known.items() if value * distance > 0}
        total = sum(pulling.values())
        shares = {name: distance * pulling.get(name, 0.0) / total if total else 0.0 for name in known}
        parts = tuple(self._part(name, position, points) for name, points in shares.items())
        rank = () if total else (Term("rank", None, None, rounded(distance)),)
        return (Term("base", None, None, MIDDLE), *parts, *rank)

    def _part(self, name: str, position: int, points: float) -> Term:
        raw = rounded(self.inputs.likeness[name][position])
        return Term(name, raw, rounded(self.inputs.reference[name]), rounded(points))


def score(inputs: Inputs, indexed: Flags, *, asked: bool = True) -> Column:
    """Content fit of N influencers; row i depends on row i of the inputs alone.

    indexed: bool[N], whether the influencer's texts were read. asked: whether the brief has any words.
    Confidence is the share of the brief's parts (text, topics, hashtags) that are known of the influencer.

    >>> from scoring.content.population import fit, place
    >>> alike = {"text": np.array([0.1, 0.3, np.nan])}
    >>> column = score(place(alike, fit(alike), 3), np.array([True, True, False]))
    >>> column.score.tolist(), column.at(2, None, "").reason
    ([25.0, 75.0, nan], 'not_indexed')
    >>> [(term.name, term.points) for term in column.terms(1)]
    [('base', 50.0), ('text', 25.0)]
    """
    size = len(indexed)
    if not asked:
        return Column.empty(size, "not_requested")
    if not inputs.z:
        return Column.empty(size, "nothing_shared")
    reason = first_reason((~indexed, "not_indexed"), (~np.isfinite(inputs.percentile), "no_text"))
    return Column.settle(inputs.percentile, _confidence(inputs, size), reason, _Terms(inputs).at)


def _confidence(inputs: Inputs, size: int) -> Floats:
    known = np.zeros(size)
    for column in inputs.z.values():
        known += np.isfinite(column)
    return known / len(inputs.z)
