"""Calendar periods: their bounds in a zone, also where clocks change and in leap years."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.kit.money import Price
from service.programs.periods import EVER, needed, span
from service.programs.terms import Cap, Per, Rule, Terms, Tier

ISTANBUL, BERLIN = ZoneInfo("Europe/Istanbul"), ZoneInfo("Europe/Berlin")
PERS: tuple[Per, ...] = ("month", "quarter", "year", "all")


@pytest.mark.parametrize(
    ("per", "at", "zone", "since", "until"),
    [
        ("month", "2026-11-30T20:59:59", ISTANBUL, "2026-10-31T21:00", "2026-11-30T21:00"),
        ("month", "2026-11-30T21:00:00", ISTANBUL, "2026-11-30T21:00", "2026-12-31T21:00"),
        ("month", "2028-02-29T12:00:00", ISTANBUL, "2028-01-31T21:00", "2028-02-29T21:00"),
        ("month", "2026-10-25T12:00:00", BERLIN, "2026-09-30T22:00", "2026-10-31T23:00"),
        ("quarter", "2026-03-31T12:00:00", BERLIN, "2025-12-31T23:00", "2026-03-31T22:00"),
        ("year", "2026-12-31T20:59:59", ISTANBUL, "2025-12-31T21:00", "2026-12-31T21:00"),
        ("year", "9999-12-30T12:00:00", ISTANBUL, "9998-12-31T21:00", "9999-12-31T23:59:59.999999"),
    ],
)
def test_the_bounds_of_a_period(per: Per, at: str, zone: ZoneInfo, since: str, until: str) -> None:
    bounds = tuple(datetime.fromisoformat(each).replace(tzinfo=UTC) for each in (since, until))
    assert span(per, datetime.fromisoformat(at).replace(tzinfo=UTC), zone) == bounds


@given(st.integers(31_536_000, 253_000_000_000), st.sampled_from(PERS), st.sampled_from((ISTANBUL, BERLIN)))
def test_periods_hold_their_times_and_follow_each_other(second: int, per: Per, zone: ZoneInfo) -> None:
    at = datetime.fromtimestamp(second, UTC)
    since, until = span(per, at, zone)
    assert since <= at < until
    if per != "all":
        assert span(per, until, zone).since == until
        assert span(per, since, zone) == (since, until)


def test_only_periods_that_decide_are_needed() -> None:
    price = Price(1, "TRY")
    rules = [
        Rule("sale", tiers_per="year", cap=Cap(price, "quarter")),
        Rule("sale", tiers=[Tier(from_sales=1)], tiers_per="month"),
        Rule("lead", cap=Cap(price, "quarter")),
    ]
    assert needed(Terms(rules=rules)) == ["quarter", "month"]
    assert needed(Terms()) == []
    assert EVER.since < EVER.until
