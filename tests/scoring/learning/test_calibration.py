"""Calibration and its measure."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.learning.calibration import ISOTONIC_FROM, calibrate, fit_isotonic, fit_sigmoid, sigmoid
from scoring.learning.metrics import calibration_error, log_loss


def _drawn(size: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(log-odds as a model has them, twice too sure; successes; true probabilities)."""
    random = np.random.default_rng(seed)
    odds = random.normal(0.3, 1.5, size)
    truth = sigmoid(odds)
    return 2 * odds, (random.random(size) < truth).astype(float), truth


@pytest.mark.parametrize(("size", "kind"), [(ISOTONIC_FROM - 1, "sigmoid"), (ISOTONIC_FROM, "isotonic")])
def test_the_number_of_rows_decides(size: int, kind: str) -> None:
    odds, success, _ = _drawn(size)
    assert calibrate(odds, success).kind == kind


@pytest.mark.parametrize("fit", [fit_sigmoid, fit_isotonic])
def test_overconfidence_is_undone(fit) -> None:  # type: ignore[no-untyped-def]
    curve = fit(*_drawn(5_000)[:2])
    odds, success, truth = _drawn(5_000, seed=1)
    found = curve.probability(odds)
    assert np.abs(found - truth).mean() < 0.03
    assert calibration_error(success, found).ece < 0.03 < calibration_error(success, sigmoid(odds)).ece


def test_platt_keeps_the_order_even_where_data_say_otherwise() -> None:
    odds, success, _ = _drawn(300)
    curve = fit_sigmoid(odds, 1 - success)
    found = curve.probability(odds)
    assert np.ptp(found) < 1e-6
    assert found[0] == pytest.approx(1 - success.mean(), abs=0.01)


def test_no_probability_is_certain() -> None:
    odds = np.linspace(-5, 5, 2_000)
    found = fit_isotonic(odds, (odds > 0).astype(float)).probability(odds)
    assert 0 < found.min() < found.max() < 1


@given(st.lists(st.tuples(st.floats(-30, 30), st.booleans()), min_size=2, max_size=60))
def test_curves_never_fall(rows: list[tuple[float, bool]]) -> None:
    odds = np.array([odds for odds, _ in rows])
    success = np.array([float(won) for _, won in rows])
    asked = np.linspace(-40, 40, 50)
    for fit in (fit_sigmoid, fit_isotonic):
        found = fit(odds, success).probability(asked)
        assert np.isfinite(found).all()
        assert (np.diff(found) >= -1e-12).all()


def test_log_loss_of_coin_and_of_certainty() -> None:
    assert log_loss(np.array([1.0, 0.0]), np.full(2, 0.5)) == pytest.approx(np.log(2))
    assert np.isfinite(log_loss(np.array([1.0]), np.array([0.0])))
    assert np.isnan(log_loss(np.zeros(0), np.zeros(0)))


def test_calibration_error_of_a_perfect_model_is_that_of_chance() -> None:
    errors = []
    for seed in range(30):
        random = np.random.default_rng(seed)
        p = random.uniform(0.05, 0.95, 2_000)
        errors.append(calibration_error((random.random(2_000) < p).astype(float), p))
    assert errors[0].bins == 10
    assert np.mean([each.ece for each in errors]) == pytest.approx(errors[0].chance, rel=0.15)


def test_calibration_error_does_not_depend_on_the_order_of_rows() -> None:
    success = np.array([1.0] * 150 + [0.0] * 150)
    assert calibration_error(success, np.full(300, 0.5)).ece == 0
    assert calibration_error(success[::-1], np.full(300, 0.3)).ece == pytest.approx(0.2)


@pytest.mark.parametrize(("n", "value"), [(6, 60.3), (7, 0.1), (100, -3.3)])
def test_one_value_has_no_slope(n: int, value: float) -> None:
    """Equal numbers have a deviation of some 1e-14 in floating point."""
    curve = fit_sigmoid(np.full(n, value), np.arange(n) % 2.0)
    near = curve.probability(np.array([value - 0.001, value, value + 0.001]))
    assert np.ptp(near) < 1e-9
