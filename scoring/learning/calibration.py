"""From an estimator's log-odds to probabilities: a sigmoid for few rows, an isotonic curve for many."""

from typing import NamedTuple

import numpy as np

from scoring.arrays import Floats

# Isotonic regression has as many parameters as steps: it needs rows for them.
ISOTONIC_FROM = 1_000


class Curve(NamedTuple):
    """sigmoid: x = (slope,), y = (intercept,) on the log-odds; isotonic: knots, linear between."""

    kind: str
    x: tuple[float, ...]
    y: tuple[float, ...]

    def probability(self, odds: Floats) -> Floats:
        """Probabilities of log-odds; NaN stays NaN.

        >>> Curve("sigmoid", (1.0,), (0.0,)).probability(np.array([0.0])).tolist()
        [0.5]
        """
        if self.kind == "sigmoid":
            return sigmoid(self.x[0] * odds + self.y[0])
        return np.where(np.isnan(odds), np.nan, np.interp(odds, self.x, self.y))


def calibrate(odds: Floats, success: Floats) -> Curve:
    """The curve for out-of-fold log-odds: isotonic from 1,000 rows on (FORMULAS 2)."""
    return fit_sigmoid(odds, success) if len(odds) < ISOTONIC_FROM else fit_isotonic(odds, success)


def fit_sigmoid(odds: Floats, success: Floats) -> Curve:
    """Platt's sigmoid with his smoothed targets (Platt 1999), never falling: log-odds keep their order.

    With one value of log-odds, or one kind of success, the slope is 0: the smoothed share for all.
    """
    from scipy.optimize import minimize

    wins, losses = float(np.sum(success)), float(np.sum(1 - success))
    wanted = np.where(success > 0, (wins + 1) / (wins + 2), 1 / (losses + 2))
    scale, middle = float(np.std(odds)), float(np.mean(odds))
    # Equal numbers have a deviation of some 1e-14, by which their rest would become a slope.
    flat = scale <= 1e-9 * max(1.0, abs(middle))
    scale = 1.0 if flat else scale
    centred = np.zeros_like(odds) if flat else (odds - middle) / scale

    def loss(at: Floats) -> tuple[float, Floats]:
        z = at[0] * centred + at[1]
        wrong = sigmoid(z) - wanted
        slopes = np.array([wrong @ centred, wrong.sum()]) / len(z)
        return float(np.mean(np.logaddexp(0, z) - wanted * z)), slopes

    start = np.array([0.0, np.log((wins + 1) / (losses + 1))])
    slope, level = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0, None), (None, None)]).x
    return Curve("sigmoid", (float(slope / scale),), (float(level - slope * middle / scale),))


def fit_isotonic(odds: Floats, success: Floats) -> Curve:
    """The best never-falling curve (Zadrozny and Elkan 2002), kept off 0 and 1 by one imagined row each."""
    from sklearn.isotonic import IsotonicRegression

    fitted = IsotonicRegression(out_of_bounds="clip").fit(odds, success)
    least = 1 / (len(odds) + 2)
    levels = np.clip(fitted.y_thresholds_, least, 1 - least)
    return Curve("isotonic", tuple(fitted.X_thresholds_.tolist()), tuple(levels.tolist()))


def sigmoid(z: Floats) -> Floats:
    """1 / (1 + e^-z), without overflow."""
    return 0.5 * (1 + np.tanh(0.5 * z))
