import numpy as np
import pytest

from scoring.ratios import Bounds, Ratios, fit


def test_bounds_need_fifty_accounts():
    many = [float(value) for value in range(50)]
    found = fit({"instagram": [*many, None], "x": many[:49]})
    assert found.platforms == {"instagram": Bounds(pytest.approx(2.45), pytest.approx(46.55), 50)}


def test_a_platform_without_bounds():
    low, high = Ratios({"x": Bounds(0.1, 0.2, 60)}).of(["x", "tiktok"])
    assert (low[0], high[0]) == (0.1, 0.2)
    assert np.isnan(low[1])
    assert np.isnan(high[1])


def test_nobody():
    low, high = Ratios({}).of([])
    assert len(low) == len(high) == 0
