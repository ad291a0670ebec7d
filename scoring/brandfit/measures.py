"""What an order is worth: AUC and recall in the first k, averaged over brands."""

from typing import NamedTuple

import numpy as np
from scipy.stats import rankdata

from scoring.arrays import Flags, Floats


class Figures(NamedTuple):
    """Means over brands: AUC, and the share of a brand's own influencers among the first 10 and 50."""

    auc: float
    recall_10: float
    recall_50: float


def figures(scores: Floats, truth: Flags) -> Figures:
    """AUC (ties count half) and recall in the first 10 and 50 (ties by position), means over brands.

    scores: float[B, N]; truth: bool[B, N]. Brands that chose nobody or everybody have no AUC and are
    left out; ValueError where none is left.

    >>> figures(np.array([[3.0, 2.0, 1.0]]), np.array([[True, False, True]]))
    Figures(auc=0.5, recall_10=1.0, recall_50=1.0)
    """
    asked = truth.any(axis=1) & ~truth.all(axis=1)
    if not asked.any():
        raise ValueError("no brand with both chosen and other influencers")
    scores, truth = scores[asked], truth[asked]
    own = truth.sum(axis=1)
    ranks = np.where(truth, rankdata(scores, axis=1), 0.0).sum(axis=1)
    auc = (ranks - own * (own + 1) / 2) / (own * (truth.shape[1] - own))
    found = np.take_along_axis(truth, np.argsort(-scores, axis=1, kind="stable"), axis=1)
    recall = [float((found[:, :k].sum(axis=1) / own).mean()) for k in (10, 50)]
    return Figures(float(auc.mean()), *recall)
