"""Influencers like one influencer, by content and by audience (FORMULAS 2, "Lookalikes").

Content: the cosine of the 50-dimensional texts. Audience: the cosine of z(ln followers, engagement residual,
posts per week, shares of the audience). A likeness of 0..1 is (1 + cosine) / 2; `both` is their mean.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from scoring.arrays import Floats, Integers
from scoring.content.space import Rows

By = Literal["content", "audience", "both"]
BYS: tuple[By, ...] = ("content", "audience", "both")

# The axes of a space fall in weight: the first 50 of 64.
TEXT_SIZE = 50
# A figure that is five deviations out is far out; ten would leave the other figures no say.
MOST_Z = 3.0
# A likeness on one figure alone (both have 10,000 followers) is a coincidence.
LEAST_KNOWN = 2
DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Likeness:
    """Of N influencers to one: content, audience, similarity float64[N], 0..1; NaN where unknown."""

    content: Floats
    audience: Floats
    similarity: Floats

    def nearest(self, keys: Sequence[object], most: int) -> Integers:
        """Positions of the most alike, best first; equal ones by key; the unknown are left out."""
        known = np.flatnonzero(np.isfinite(self.similarity))
        best = sorted(known.tolist(), key=lambda at: (-self.similarity[at], keys[at]))
        return np.array(best[:most], dtype=np.int64)


def likeness(text: Rows, figures: Floats, target: int, *, by: By = "both") -> Likeness:
    """How alike the influencers are to the one at `target`, who is never like itself.

    text: [N, D], of unit length or zero where unknown (the first 50 columns count). figures: float64[N, K] as
    `standardised` gives them. By `both`, an influencer of whom only one is known has that one.

    >>> text = np.array([[1.0, 0.0], [0.6, 0.8], [0.0, 0.0]])
    >>> likeness(text, np.full((3, 2), np.nan), 0, by="content").similarity.tolist()
    [nan, 0.8, nan]
    """
    if by not in BYS:
        raise ValueError(f"by must be one of {BYS}, not {by!r}")
    content = _content(text[:, :TEXT_SIZE], target) if by != "audience" else np.full(len(text), np.nan)
    audience = _audience(figures, target) if by != "content" else np.full(len(text), np.nan)
    content[target] = audience[target] = np.nan
    known = np.isfinite(content).astype(float) + np.isfinite(audience)
    total = np.nan_to_num(content) + np.nan_to_num(audience)
    together = np.divide(total, known, out=np.full(len(total), np.nan), where=known > 0)
    return Likeness(content, audience, np.round(together, DECIMALS))


def standardised(columns: Mapping[str, Floats], shares: Mapping[str, Floats]) -> Floats:
    """float64[N, K] z of figures and of shares of the audience, at most 3, NaN where unknown.

    Shares are divided by the square root of how many there are of a dimension, so that the 81 cities of a
    country weigh as much as its two genders.
    """
    made = [_z(values)[:, None] for _, values in sorted(columns.items())]
    for _, values in sorted(shares.items()):
        z = np.stack([_z(column) for column in values.T], axis=1) if values.size else values
        made.append(z / np.sqrt(max(1, values.shape[1])))
    return np.hstack(made) if made else np.empty((0, 0))


def _z(values: Floats) -> Floats:
    known = values[np.isfinite(values)]
    deviation = float(known.std()) if len(known) else 0.0
    if deviation < 1e-12:
        return values * 0
    return np.asarray(np.clip((values - known.mean()) / deviation, -MOST_Z, MOST_Z))


def _content(text: Rows, target: int) -> Floats:
    length = np.sqrt((text.astype(np.float64) ** 2).sum(axis=1))
    return _halved(text @ text[target].astype(np.float64), length * length[target])


def _audience(figures: Floats, target: int) -> Floats:
    """The cosine over the figures that both have."""
    both = np.isfinite(figures) & np.isfinite(figures[target])
    mine = np.where(both, figures[target], 0.0)
    theirs = np.where(both, figures, 0.0)
    length = np.sqrt((mine**2).sum(axis=1) * (theirs**2).sum(axis=1))
    alike = _halved((mine * theirs).sum(axis=1), length)
    return np.where(both.sum(axis=1) >= LEAST_KNOWN, alike, np.nan)


def _halved(product: Floats, length: Floats) -> Floats:
    cosine = np.divide(product, length, out=np.full(len(product), np.nan), where=length > 1e-12)
    return np.asarray((1 + np.clip(cosine, -1, 1)) / 2)
