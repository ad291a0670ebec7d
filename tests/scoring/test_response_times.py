from datetime import UTC, date, datetime, time, timedelta

import pytest

from scoring.response_times import BusinessHours, response_times

MONDAY = datetime(2026, 11, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)
NINE_TO_SIX = (time(9), time(18))
OFFICE = BusinessHours("UTC", (*[NINE_TO_SIX] * 5, None, None))


def _one(arrived: datetime, answered: datetime, hours: BusinessHours | None = None) -> float:
    found = response_times([arrived], [answered], as_of=answered, target=HOUR, hours=hours)
    assert found.median is not None
    return found.median / 3600


@pytest.mark.parametrize(
    ("arrived", "answered", "expected"),
    [
        (MONDAY + 10 * HOUR, MONDAY + 12 * HOUR, 2),
        (MONDAY + 7 * HOUR, MONDAY + 10 * HOUR, 1),
        (MONDAY + 17 * HOUR, MONDAY + 34 * HOUR, 2),
        (MONDAY + 20 * HOUR, MONDAY + 22 * HOUR, 0),
        # Friday 17 to Monday 10: an hour, and an hour.
        (MONDAY + 113 * HOUR, MONDAY + 178 * HOUR, 2),
        # Over a weekend alone.
        (MONDAY + 120 * HOUR, MONDAY + 160 * HOUR, 0),
        # A whole week.
        (MONDAY, MONDAY + 168 * HOUR, 45),
    ],
)
def test_nights_and_weekends_cost_nothing(arrived, answered, expected):
    assert _one(arrived, answered, OFFICE) == pytest.approx(expected)


def test_holidays_are_closed():
    closed = BusinessHours("UTC", OFFICE.week, frozenset({date(2026, 11, 3)}))
    assert _one(MONDAY + 17 * HOUR, MONDAY + 58 * HOUR, closed) == pytest.approx(2)


def test_hours_are_the_zones_also_when_clocks_change():
    berlin = BusinessHours("Europe/Berlin", OFFICE.week)
    friday, monday = datetime(2026, 10, 23, 15, tzinfo=UTC), datetime(2026, 10, 26, 9, tzinfo=UTC)
    # Friday 17 to 18 by summer time, Monday 9 to 10 by winter time.
    assert _one(friday, monday, berlin) == pytest.approx(2)


def test_night_shifts_reach_into_the_next_day_once():
    night = BusinessHours("UTC", (*[(time(22), time(6))] * 7,))
    assert _one(MONDAY + 21 * HOUR, MONDAY + 31 * HOUR, night) == pytest.approx(8)
    around = BusinessHours("UTC", (*[(time(8), time(8))] * 7,))
    assert _one(MONDAY, MONDAY + 100 * HOUR, around) == pytest.approx(100)
    long = BusinessHours("UTC", (*[(time(8), time(7, 59))] * 6, (time(0), time(23))))
    assert _one(MONDAY, MONDAY + 168 * HOUR, long) <= 168


def test_open_ones_count_once_their_target_is_past():
    arrived = [MONDAY, MONDAY, MONDAY + 4 * HOUR, MONDAY]
    answered = [MONDAY + HOUR / 2, None, None, MONDAY + 3 * HOUR]
    found = response_times(arrived, answered, as_of=MONDAY + 4.5 * HOUR, target=HOUR)
    assert (found.answered, found.open, found.overdue) == (2, 2, 1)
    assert found.within_target == pytest.approx(1 / 3)


def test_nothing_is_known_of_nothing():
    found = response_times([], [], as_of=MONDAY, target=HOUR, hours=OFFICE)
    assert (found.answered, found.open, found.median, found.p90, found.within_target) == (
        0,
        0,
        None,
        None,
        None,
    )


def test_exactly_the_target_is_within_and_clocks_that_go_wrong_take_no_time():
    found = response_times([MONDAY, MONDAY], [MONDAY + HOUR, MONDAY - HOUR], as_of=MONDAY, target=HOUR)
    assert (found.within_target, found.median) == (1.0, 1800.0)


@pytest.mark.parametrize(
    "bad",
    [
        lambda: response_times([MONDAY], [], as_of=MONDAY, target=HOUR),
        lambda: response_times([MONDAY], [None], as_of=MONDAY, target=timedelta(0)),
        lambda: response_times([datetime(2026, 1, 1)], [None], as_of=MONDAY, target=HOUR),  # noqa: DTZ001
        lambda: response_times(
            [MONDAY], [MONDAY + 30_000 * 24 * HOUR], as_of=MONDAY, target=HOUR, hours=OFFICE
        ),
        lambda: BusinessHours("UTC", (NINE_TO_SIX,) * 5),
        lambda: BusinessHours("UTC", (None,) * 7),
    ],
)
def test_bad_arguments_are_refused(bad):
    with pytest.raises(ValueError, match=r"\w"):
        bad()
