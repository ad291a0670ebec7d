"""Days and hours that are far out, and busy ones that aren't."""

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from service.conversions.reviews.batch.outliers import Slot, odd_hours, odd_rates
from service.conversions.reviews.rules import Outlier

START = datetime(2026, 10, 1, tzinfo=UTC)
P, Q = UUID(int=1), UUID(int=2)
RULES = Outlier()


def day(n: int, clicks: int, orders: int, partner: UUID = P) -> Slot:
    return Slot(partner, START + timedelta(days=n), orders, orders, clicks)


def hour(n: int, orders: int, clicks: int = 0, partner: UUID = P, posted: bool = False) -> Slot:
    return Slot(partner, START + timedelta(hours=n), orders, 0, clicks, posted)


USUAL_DAYS = [day(n, 400 + 10 * n, 8 + n % 5) for n in range(20)]
USUAL_HOURS = [hour(n, 1 + n % 3, 60) for n in range(40)]


def test_a_usual_month_has_no_odd_day() -> None:
    assert odd_rates(USUAL_DAYS, RULES) == []
    assert odd_hours(USUAL_HOURS, RULES) == []


def test_a_day_on_which_nearly_every_click_buys() -> None:
    (odd,) = odd_rates([*USUAL_DAYS, day(25, 60, 40)], RULES)
    assert odd.slot.starts_at == START + timedelta(days=25)
    assert 0.015 < odd.usual < 0.03
    assert odd.bound < 0.2 < odd.value
    # Few orders are no pattern, whatever the rate.
    assert odd_rates([*USUAL_DAYS, day(25, 9, 9)], RULES) == []
    # Ten times the clicks with ten times the orders is a good day.
    assert odd_rates([*USUAL_DAYS, day(25, 5000, 110)], RULES) == []


def test_who_has_no_history_is_measured_by_others() -> None:
    others = [day(n, 400, 8, UUID(int=9 + n)) for n in range(20)]
    assert [odd.slot.partner_id for odd in odd_rates([*others, day(1, 50, 30)], RULES)] == [P]
    assert odd_rates([day(1, 50, 30)], RULES) == []
    # Whose days all are so is no better for it.
    always = [day(n, 50, 30) for n in range(20)]
    assert len(odd_rates([*others, *always], RULES)) == 20
    # One whose audience buys more than others' is left alone.
    loyal = [day(n, 400, 24 + n % 3) for n in range(20)]
    assert odd_rates([*others, *loyal], RULES) == []


def test_an_hour_of_orders_that_nothing_explains() -> None:
    (odd,) = odd_hours([*USUAL_HOURS, hour(99, 30, 60)], RULES)
    assert (odd.value, odd.usual) == (30, 2)
    # Clicks that rose as well, and a post, explain a burst; a post doesn't explain any.
    assert odd_hours([*USUAL_HOURS, hour(99, 30, 900)], RULES) == []
    assert odd_hours([*USUAL_HOURS, hour(99, 20, posted=True)], RULES) == []
    assert len(odd_hours([*USUAL_HOURS, hour(99, 200, posted=True)], RULES)) == 1
    assert odd_hours([*USUAL_HOURS, hour(99, 30, 60)], Outlier(min_orders=31)) == []


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32), st.floats(1, 40), st.floats(0.005, 0.05))
def test_chance_alone_makes_few_odd_slots(seed: int, busy: float, rate: float) -> None:
    draw = random.Random(seed)
    hours, days = [], []
    for n in range(200):
        clicks = round(draw.uniform(0.5, 1.5) * busy / rate)
        orders = sum(draw.random() < rate for _ in range(clicks))
        hours.append(Slot(P, START + timedelta(hours=n), orders, orders, clicks))
        days.append(day(n, clicks, orders))
    assert len(odd_hours(hours, RULES)) + len(odd_rates(days, RULES)) <= 2


def test_a_loyal_audience_after_a_quiet_month() -> None:
    """Most days sell nothing; on those that do, clicks buy as they always did."""
    others = [day(n, 400, 6, UUID(int=9 + n)) for n in range(20)]
    quiet = [day(n, 20, n % 4 == 0) for n in range(25)]
    stories = [day(30 + n, 300, 15) for n in range(3)]
    assert odd_rates([*others, *quiet, *stories, day(40, 310, 22)], RULES) == []


def test_one_workspace_of_many_partners_is_quick() -> None:
    many = [day(n % 28, 400, 8 + n % 5, UUID(int=n // 28 + 1)) for n in range(28 * 400)]
    assert [odd.slot.partner_id for odd in odd_rates([*many, day(29, 60, 40, UUID(int=7))], RULES)] == [
        UUID(int=7)
    ]
