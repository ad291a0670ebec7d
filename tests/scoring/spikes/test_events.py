from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from scoring.spikes import Event, check, fit, occurrence, turkish
from scoring.spikes.calendar import table
from scoring.spikes.events import covered, lift
from scoring.spikes.local import HOUR

NOW = datetime(2026, 11, 11, tzinfo=UTC)
LAST = datetime(2025, 11, 11, tzinfo=UTC)
DAY = timedelta(days=1)
SALE, LAST_SALE = Event("11.11", NOW, NOW + DAY), Event("11.11", LAST, LAST + DAY)
BASE = fit(np.random.default_rng(1).poisson(20, 672), NOW - 28 * DAY, "UTC")


def _past(times: float, at: datetime = LAST, key: str = "11.11", hours: int = 24):
    return occurrence(Event(key, at, at + DAY), [20.0 * times] * hours, [20.0] * hours)


def test_an_event_is_compared_with_its_last_occurrence():
    noon = NOW + 12 * HOUR
    assert check(BASE, 85, noon).spike
    usual = check(BASE, 85, noon, events=[SALE], past=[_past(4)])
    assert (usual.spike, usual.event, usual.earlier) == (False, "11.11", 1)
    assert usual.expected == pytest.approx(80, rel=0.1)
    assert check(BASE, 300, noon, events=[SALE], past=[_past(4)]).spike
    assert not check(BASE, 80, noon - DAY, events=[SALE], past=[_past(4)]).event


def test_several_occurrences_make_it_surer():
    past = [_past(4, LAST - timedelta(days=365 * year)) for year in range(5)]
    widths = [lift(SALE, NOW + HOUR, past[:years]).variance for years in (1, 2, 3, 5)]
    assert widths[0] > widths[1] > widths[2] == widths[3]


def test_the_hours_of_the_last_occurrence_have_their_own_lift():
    counts = np.where(np.arange(24) == 0, 400.0, 40.0)
    past = [occurrence(LAST_SALE, counts, np.full(24, 20.0))]
    midnight, noon = (np.exp(lift(SALE, NOW + hour * HOUR, past).log_factor) for hour in (0, 12))
    assert midnight > 3 * noon


def test_an_event_without_a_past_starts_wide_and_learns_from_itself():
    noon = NOW + 12 * HOUR
    first = check(BASE, 60, noon, events=[SALE])
    assert (first.spike, first.earlier) == (False, 0)
    assert first.threshold > 1.5 * check(BASE, 60, noon).threshold
    running = check(BASE, 60, noon, events=[SALE], past=[_past(3, NOW, hours=12)])
    assert running.expected == pytest.approx(60, rel=0.15)
    assert running.threshold < 2.5 * 60


def test_a_stronger_year_is_seen_while_it_runs():
    noon = NOW + 12 * HOUR
    alone = check(BASE, 0, noon, events=[SALE], past=[_past(3)])
    both = check(BASE, 0, noon, events=[SALE], past=[_past(3), _past(6, NOW, hours=12)])
    assert alone.expected == pytest.approx(60, rel=0.1)
    assert both.expected == pytest.approx(110, rel=0.15)


def test_other_events_and_later_ones_tell_nothing():
    past = [_past(9, key="bayram"), _past(9, NOW + timedelta(days=365))]
    assert lift(SALE, NOW, past) == lift(SALE, NOW, [])


def test_hours_that_are_not_known_are_no_zeros():
    gone = occurrence(LAST_SALE, [80.0, np.nan] * 12, [20.0] * 24)
    assert np.exp(lift(SALE, NOW + 6 * HOUR, [gone]).log_factor) == pytest.approx(4, rel=0.05)


def test_of_two_events_the_one_with_a_past_tells():
    other = Event("match", NOW, NOW + DAY)
    assert check(BASE, 1, NOW, events=[other, SALE], past=[_past(2)]).event == "11.11"


def test_hours_that_touch_an_event_are_covered():
    half = Event("match", NOW + 90 * timedelta(minutes=1), NOW + 150 * timedelta(minutes=1))
    assert covered([half], NOW, 4).tolist() == [False, True, True, False]
    assert covered([half], NOW + DAY, 3).any() == covered([half], NOW - DAY, 3).any() == False  # noqa: E712
    assert covered([SALE], NOW - DAY, 72).sum() == 24
    assert [half.includes(NOW + hour * HOUR) for hour in range(4)] == [False, True, True, False]


@pytest.mark.parametrize(
    "bad",
    [
        lambda: Event("x", NOW, NOW),
        lambda: Event("x", datetime(2026, 1, 1), NOW),  # noqa: DTZ001
        lambda: occurrence(SALE, [1.0], [1.0, 2.0]),
        lambda: turkish(datetime(2026, 1, 1), NOW),  # noqa: DTZ001
    ],
)
def test_bad_arguments_are_refused(bad):
    with pytest.raises(ValueError, match=r"\w"):
        bad()


def _keys(first: datetime, last: datetime) -> list[str]:
    return [event.key for event in turkish(first, last)]


@pytest.mark.parametrize(
    ("day", "key"),
    [
        ("2024-04-09T11:00Z", "ramazan_bayrami"),
        ("2025-03-30T00:00Z", "ramazan_bayrami"),
        ("2026-03-22T20:00Z", "ramazan_bayrami"),
        ("2024-06-19T12:00Z", "kurban_bayrami"),
        ("2026-05-26T10:00Z", "kurban_bayrami"),
        ("2026-10-28T12:00Z", "cumhuriyet_bayrami"),
        ("2025-12-31T18:00Z", "yilbasi"),
        ("2026-05-10T12:00Z", "anneler_gunu"),
        ("2026-06-21T12:00Z", "babalar_gunu"),
        ("2024-11-29T12:00Z", "black_friday"),
        ("2026-11-27T12:00Z", "black_friday"),
        ("2030-11-11T12:00Z", "11_11"),
    ],
)
def test_turkish_days(day, key):
    at = datetime.fromisoformat(day.replace("Z", "+00:00"))
    assert _keys(at, at + HOUR) == [key]


def test_usual_days_are_no_events_and_two_may_fall_together():
    usual = datetime(2026, 9, 15, tzinfo=UTC)
    assert _keys(usual, usual + DAY) == []
    both = datetime(2027, 5, 19, 12, tzinfo=UTC)
    assert _keys(both, both + HOUR) == ["kurban_bayrami", "genclik_bayrami"]


def test_the_table_names_its_sources_and_knows_its_years():
    for entry in table().events:
        assert entry.source in table().sources
        given = [entry.dates, entry.yearly, entry.weekday, entry.friday_after_thursday]
        assert sum(bool(each) for each in given) == 1
        for year in range(table().years[0], table().years[1] + 1):
            assert entry.first_days(year), (entry.key, year)
