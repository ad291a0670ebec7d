"""Expected counts of an activity (conversions of an ad, orders of a collaboration), with an interval.

The logarithm of the expectation is a sum of one curve a feature, each made by small steps (an additive model
by boosting, Friedman 2001): counts of few events bear no interactions, and what does more of an effect by
half does so for large and small activities alike. Curves of what can only help (impressions, clicks, spend)
never fall. The scatter around it is measured on rows that were not fitted on.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.base import BaseEstimator, RegressorMixin

from scoring.arrays import Floats, Integers
from scoring.learning.counts import GRID, dispersion, pit, places, quantile

if TYPE_CHECKING:
    from sklearn.ensemble import HistGradientBoostingRegressor

SETTINGS: dict[str, Any] = {
    "learning_rate": 0.05,
    "max_iter": 150,
    "max_leaf_nodes": 4,
    "min_samples_leaf": 40,
    "l2_regularization": 1.0,
    "interaction_cst": "no_interactions",
}
FOLDS = 5
# What is expected of anything is more than nothing: a Poisson of mean 0 calls every event impossible.
LEAST_MEAN = 1e-3


class CountForecast(RegressorMixin, BaseEstimator):  # type: ignore[misc]
    """Counts >= 0 from numbers (words as ordered codes), monotone where it is told so.

    Parameters
    ----------
    monotonic: for each of the K columns 1 (more never lowers the expectation), -1 or 0; None: 0 for all.

    Learnt: `booster_`; out of fold `dispersion_` (a >= 0: the variance is mu + a mu^2) and `places_`, which
    correct the levels of that law where counts do not follow it (counts.places).

    >>> random = np.random.default_rng(0)
    >>> clicks = random.uniform(0, 50, 400)
    >>> orders = random.poisson(0.1 * clicks).astype(float)
    >>> made = CountForecast(monotonic=[1]).fit(clicks[:, None], orders, np.arange(400))
    >>> expected = made.predict(np.array([[5.0], [40.0]]))
    >>> low, high = made.interval(np.array([[40.0]]))
    >>> bool(expected[0] < 1.5 < 3 < expected[1]), bool(low[0] < 4 < high[0])
    (True, True)
    """

    def __init__(self, monotonic: Sequence[int] | None = None, random_state: int = 0) -> None:
        self.monotonic = monotonic
        self.random_state = random_state

    def fit(self, x: Floats, count: Floats, group: Integers) -> "CountForecast":
        """x: float64[N, K]; count: float64[N], whole numbers >= 0; group: int64[N], rows that belong
        together (a campaign's ads), never on both sides of the folds that measure the scatter.

        Raises ValueError for negative counts, none above 0, or a single group.
        """
        if np.any(count < 0) or not np.any(count > 0):
            raise ValueError("counts must be >= 0 and some above 0")
        if len(np.unique(group)) < 2:
            raise ValueError(
                "needs at least two groups, to measure the scatter on rows that were not fitted on"
            )
        self.booster_ = self._booster(len(x)).fit(x, count)
        expected = self._unseen(x, count, group)
        known = np.isfinite(expected)
        self.dispersion_ = dispersion(count[known], expected[known])
        self.places_ = places(count[known], expected[known], self.dispersion_)
        return self

    def predict(self, x: Floats) -> Floats:
        """float64[N]: expected counts."""
        return _floored(self.booster_.predict(x))

    def interval(self, x: Floats, level: float = 0.8) -> tuple[Floats, Floats]:
        """float64[N] twice: the lowest and highest counts of the central interval, both included."""
        low, high = np.interp([(1 - level) / 2, (1 + level) / 2], self.places_, GRID).tolist()
        mean = self.predict(x)
        return quantile(mean, self.dispersion_, low), quantile(mean, self.dispersion_, high)

    def pit(self, x: Floats, count: Floats, uniform: Floats) -> Floats:
        """float64[N]: where counts lie in what was forecast, uniform on [0, 1] if it holds (counts.pit)."""
        placed = pit(count, self.predict(x), self.dispersion_, uniform)
        return np.asarray(np.interp(placed, GRID, self.places_), dtype=np.float64)

    def _booster(self, size: int) -> "HistGradientBoostingRegressor":
        from sklearn.ensemble import HistGradientBoostingRegressor

        # Forty rows a leaf, and at most a twentieth: small sets must be able to split at all.
        leaf = max(2, min(SETTINGS["min_samples_leaf"], size // 20))
        return HistGradientBoostingRegressor(
            loss="poisson",
            monotonic_cst=None if self.monotonic is None else list(self.monotonic),
            early_stopping=False,
            random_state=self.random_state,
            **SETTINGS | {"min_samples_leaf": leaf},
        )

    def _unseen(self, x: Floats, count: Floats, group: Integers) -> Floats:
        """Expectations of rows by boosters that saw none of their group; NaN where nothing can be said."""
        from sklearn.model_selection import GroupKFold

        expected = np.full(len(x), np.nan)
        parts = min(FOLDS, len(np.unique(group)))
        for inside, outside in GroupKFold(parts).split(x, groups=group):
            if np.any(count[inside] > 0):
                fitted = self._booster(len(inside)).fit(x[inside], count[inside])
                expected[outside] = _floored(fitted.predict(x[outside]))
        return expected


def _floored(mean: Floats) -> Floats:
    return np.maximum(np.asarray(mean, dtype=np.float64), LEAST_MEAN)
