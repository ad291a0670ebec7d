import pytest

from graph.intervals import of_mean, of_share


@pytest.mark.parametrize(("met", "low", "high"), [(0, 0.0, 0.2775), (10, 0.7225, 1.0), (5, 0.2366, 0.7634)])
def test_wilson(met: int, low: float, high: float):
    found = of_share(met, 10, 2.0)
    assert found.value == met / 5
    assert (found.low / 2, found.high / 2) == pytest.approx((low, high), abs=1e-4)


def test_the_ends_are_exact():
    assert of_share(7, 7, 3.0).high == 3.0
    assert of_share(0, 7, 3.0).low == 0.0


def test_a_mean_without_error_is_itself():
    assert of_mean(2.0, 0.0) == of_mean(2.0, 0.0)
    assert (of_mean(2.0, 0.0).low, of_mean(2.0, 0.0).high) == (2.0, 2.0)
