"""Content fit: the percentile of an influencer's mean likeness, explained by its parts (FORMULAS 2)."""

from dataclasses import dataclass

import numpy as np

from scoring.arrays import Floats
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
        known = [part for part in self.inputs.parts if np.isfinite(part.z[position])]
        z = [float(part.z[position]) for part in known]
        total = sum(abs(value) for value in z if value * distance > 0)
        parts = tuple(
            Term(
                name=part.name,
                raw=rounded(part.likeness[position]),
                reference=rounded(part.reference),
                points=rounded(distance * abs(value) / total) if value * distance > 0 else 0.0,
            )
            for part, value in zip(known, z, strict=True)
        )
        rank = () if total else (Term("rank", None, None, rounded(distance)),)
        return (Term("base", None, None, MIDDLE), *parts, *rank)


def score(inputs: Inputs) -> Column:
    """Content fit of N influencers; row i depends on row i of the inputs alone.

    Confidence is the share of the brief's parts (text, topics, hashtags) that are known of the influencer.

    >>> from scoring.content.population import fit, place
    >>> alike = {"text": np.array([0.1, 0.3, np.nan])}
    >>> column = score(place(alike, fit(alike), np.array([True, True, False])))
    >>> column.score.tolist(), column.at(2, None, "").reason
    ([25.0, 75.0, nan], 'not_indexed')
    >>> [(term.name, term.points) for term in column.terms(1)]
    [('base', 50.0), ('text', 25.0)]
    """
    size = len(inputs.percentile)
    if not inputs.asked:
        return Column.empty(size, "not_requested")
    unknown = "no_text" if inputs.parts else "nothing_shared"
    reason = first_reason((~inputs.indexed, "not_indexed"), (~np.isfinite(inputs.percentile), unknown))
    return Column.settle(inputs.percentile, _confidence(inputs, size), reason, _Terms(inputs).at)


def _confidence(inputs: Inputs, size: int) -> Floats:
    known = np.zeros(size)
    for part in inputs.parts:
        known += np.isfinite(part.z)
    return known / max(1, len(inputs.parts))
