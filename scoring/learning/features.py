"""What the learned fit looks at: the five scores, the price, and platform, tier and format (FORMULAS 2).

Unknown is NaN (a number) or None (a word), and so is a word that the training set did not have: gradient
boosting sends what is missing down a branch of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scoring.arrays import Floats, Integers
from scoring.model import WEIGHTS

SCORES = tuple(WEIGHTS)
WORDS = ("platform", "tier", "format")
FEATURES = (*SCORES, "price", *WORDS)

# More of a score never makes a collaboration look worse, a higher price never better.
MONOTONIC = (*(1 for _ in SCORES), -1, *(0 for _ in WORDS))
CATEGORICAL = tuple(FEATURES.index(name) for name in WORDS)

# Gradient boosting holds a category in a byte, whose last values it keeps for itself.
MOST_WORDS = 200

Vocabulary = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Features:
    """N collaborations or candidates.

    scores: float64[N, 5] in the order of SCORES, 0..100 or NaN; price: float64[N], one currency for all;
    platform, tier, format: N words or None.
    """

    scores: Floats
    price: Floats
    platform: Sequence[str | None]
    tier: Sequence[str | None]
    format: Sequence[str | None]

    def __post_init__(self) -> None:
        size = len(self.price)
        lengths = {len(self.platform), len(self.tier), len(self.format)}
        if self.scores.shape != (size, len(SCORES)) or lengths != {size}:
            raise ValueError(f"features must be {size} rows of {len(SCORES)} scores, a price and three words")

    def rows(self, at: Integers) -> "Features":
        """Some of the rows, in that order."""
        words = [[column[row] for row in at.tolist()] for column in (self.platform, self.tier, self.format)]
        return Features(self.scores[at], self.price[at], *words)


def vocabulary(features: Features) -> dict[str, list[str]]:
    """The words that occur in each column, the most frequent MOST_WORDS of them, sorted.

    >>> scores, price = np.full((2, 5), 50.0), np.array([9.0, np.nan])
    >>> vocabulary(Features(scores, price, ["x", "x"], ["nano", None], ["reel"] * 2))
    {'platform': ['x'], 'tier': ['nano'], 'format': ['reel']}
    """
    return {name: _frequent(getattr(features, name)) for name in WORDS}


def _frequent(words: Sequence[str | None]) -> list[str]:
    counts: dict[str, int] = {}
    for word in words:
        if word is not None:
            counts[word] = counts.get(word, 0) + 1
    most = sorted(counts, key=lambda word: (-counts[word], word))[:MOST_WORDS]
    return sorted(most)


def matrix(features: Features, known: Vocabulary) -> Floats:
    """float64[N, 9] in the order of FEATURES; words as their place in the vocabulary.

    >>> row = Features(np.full((1, 5), 50.0), np.array([9.0]), ["x"], [None], ["story"])
    >>> matrix(row, {"platform": ["tiktok", "x"], "tier": [], "format": ["reel"]})[0, 5:].tolist()
    [9.0, 1.0, nan, nan]
    """
    codes = [_codes(getattr(features, name), known[name]) for name in WORDS]
    return np.column_stack([features.scores, features.price, *codes])


def _codes(words: Sequence[str | None], known: Sequence[str]) -> Floats:
    place = {word: float(at) for at, word in enumerate(known)}
    return np.array([np.nan if word is None else place.get(word, np.nan) for word in words], dtype=np.float64)
