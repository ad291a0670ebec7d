"""How alike a brief and influencers are, part by part: cosine, Bhattacharyya, cosine (FORMULAS 2)."""

from collections.abc import Mapping

import numpy as np

from scoring.arrays import Floats
from scoring.content.space import Rows, Vectors

# The share of a run's influencers that are compared at a time: float16 is widened block by block.
BLOCK = 20_000
DECIMALS = 7


def likeness(brief: Vectors, influencers: Vectors) -> Mapping[str, Floats]:
    """Part -> float64[N]: likeness of one brief (a single row) to N influencers; NaN where either is unknown.

    Parts of which the brief says nothing are left out.

    >>> def texts(*rows): return Vectors(np.array(rows), np.zeros((len(rows), 0)), np.zeros((len(rows), 0)))
    >>> likeness(texts([1.0, 0.0]), texts([0.6, 0.8], [0.0, 0.0]))["text"].tolist()
    [0.6, nan]
    """
    if len(brief) != 1:
        raise ValueError("likeness compares with one brief")
    parts = {
        "text": (brief.text, influencers.text),
        "topics": (np.sqrt(brief.topics), influencers.topics),
        "hashtags": (brief.hashtags, influencers.hashtags),
    }
    return {
        name: _compared(wanted[0], rows, root=name == "topics")
        for name, (wanted, rows) in parts.items()
        if wanted.any()
    }


def _compared(wanted: Rows, rows: Rows, *, root: bool) -> Floats:
    """Products of rows with one row, of their square roots where `root`; rows of zeros are unknown."""
    made = np.full(len(rows), np.nan)
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK]
        known = block.any(axis=1)
        wide = block.astype(np.float64)
        product = (np.sqrt(np.maximum(wide, 0)) if root else wide) @ wanted.astype(np.float64)
        # How a product is summed depends on how many rows there are: one alone must get what it got in a run.
        made[start : start + BLOCK] = np.where(known, np.round(np.clip(product, -1, 1), DECIMALS), np.nan)
    return made
