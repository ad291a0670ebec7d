import numpy as np
import pytest

from graph.arithmetic import per, product, ratio, total
from graph.estimates import Estimate, exactly, missing
from graph.forecast import Conversion, Expected, forecast, in_minor_units

UNKNOWN = missing("workspace_history", "no_history")


def test_a_ratio_of_a_history_covers_the_truth():
    rng = np.random.default_rng(9)
    held = 0
    for _ in range(600):
        views = rng.lognormal(8, 0.6, 15)
        rates = rng.gamma(20, 0.04 / 20, 15)
        found = ratio(views * rates, views, "own_history")
        held += found.low <= 0.04 <= found.high
    assert 0.92 <= held / 600 <= 0.98


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        ([], [], (None, None, None, "no_history")),
        ([1.0], [0.0], (None, None, None, "no_history")),
        ([np.nan], [5.0], (None, None, None, "no_history")),
        ([5.0, 7.0], [100.0, 20.0], (0.1, None, None, "too_few_samples")),
        ([0.0, 0.0, 0.0], [100.0, 100.0, 100.0], (0.0, 0.0, 0.01, None)),
    ],
)
def test_a_ratio_of_little(above: list[float], below: list[float], expected: tuple):
    found = ratio(above, below, "own_history")
    assert (found.value, found.low, found.high, found.reason) == expected


def test_products_and_sums_cover_as_their_parts_do():
    rng = np.random.default_rng(10)
    truths = [40.0, 0.2, 3.0]
    held = [0, 0]
    for _ in range(1000):
        logs = [np.log(truth) + rng.normal(0, 0.2) for truth in truths]
        parts = [Estimate(*np.exp([log, log - 0.392, log + 0.392]).tolist(), 9, "a") for log in logs]
        for place, (combine, truth) in enumerate([(lambda each: product(*each), 24.0), (total, 43.2)]):
            found = combine(parts)
            held[place] += found.low <= truth <= found.high
    assert all(930 <= each <= 970 for each in held)


def test_what_is_unknown_stays_unknown():
    known = Estimate(10.0, 8.0, 12.0, 5, "own_history")
    for found in (product(known, UNKNOWN), total([known, UNKNOWN]), per(100.0, UNKNOWN)):
        assert (found.value, found.reason) == (None, "no_history")
    open_ended = Estimate(10.0, None, None, 2, "own_history", "too_few_samples")
    for found in (product(known, open_ended), total([known, open_ended]), per(100.0, open_ended)):
        assert found.value is not None
        assert (found.low, found.high, found.reason) == (None, None, "too_few_samples")
        assert found.n == 2


def test_nothing_costs_no_amount_each():
    assert per(100.0, exactly(0.0)).reason == "zero_base"
    assert per(100.0, Estimate(5.0, 0.0, 10.0, 3, "a")) == Estimate(20.0, 10.0, None, 3, "a", "unbounded")
    assert product(exactly(0.0), Estimate(2.0, 1.0, 3.0, 4, "a")).value == 0.0


def test_a_forecast_adds_up():
    views = Estimate(10_000.0, 8_000.0, 12_500.0, 12, "own_history")
    assumed = Estimate(0.04, 0.02, 0.08, None, "tier_table")
    accounts = [Expected(views, exactly(0.05), 2), Expected(views, assumed, 1)]
    conversion = Conversion(
        exactly(0.01), Estimate(0.05, 0.04, 0.06, 30, "workspace_history"), exactly(50_000.0)
    )
    found = forecast(600_000, exactly(25_000.0), accounts, conversion)
    assert found.views.value == 30_000
    assert found.engagements.value == pytest.approx(1_400)
    assert found.clicks.value == pytest.approx(300)
    assert found.orders.value == pytest.approx(15)
    assert (found.revenue.value, found.cpm.value, found.cpe.value) == (750_000, 20_000, 429)
    for each in (found.views, found.engagements, found.clicks, found.orders, found.revenue, found.cpm):
        assert each.low < each.value < each.high
    assert found.engagements.basis == "own_history+exact+tier_table"
    assert found.orders.n == 12


def test_a_forecast_without_history_says_so():
    found = forecast(100, UNKNOWN, [Expected(UNKNOWN, UNKNOWN, 1)], Conversion(UNKNOWN, UNKNOWN, UNKNOWN))
    for each in (
        found.reach,
        found.views,
        found.engagements,
        found.clicks,
        found.orders,
        found.revenue,
        found.cpm,
    ):
        assert (each.value, each.reason) == (None, "no_history")


def test_money_is_whole():
    assert in_minor_units(Estimate(3.5, 2.5, None, 1, "a")).value == 4
    assert in_minor_units(Estimate(3.5, 2.5, None, 1, "a")).low == 2
