"""Months of time zones, and what doesn't name one."""

from datetime import UTC, datetime

import pytest

from service.kit.problems import InvalidInput
from service.ledger.statements.months import read

NOW = datetime(2026, 12, 31, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("month", "tz", "name", "starts_at", "ends_at"),
    [
        ("2026-10", "Europe/Istanbul", "2026-10", "2026-09-30T21:00", "2026-10-31T21:00"),
        # A change of clocks.
        ("2026-11", "America/New_York", "2026-11", "2026-11-01T04:00", "2026-12-01T05:00"),
        ("2028-02", "UTC", "2028-02", "2028-02-01T00:00", "2028-03-01T00:00"),
        (None, "Europe/Istanbul", "2027-01", "2026-12-31T21:00", "2027-01-31T21:00"),
        (None, "America/New_York", "2026-12", "2026-12-01T05:00", "2027-01-01T05:00"),
    ],
)
def test_months(month: str | None, tz: str, name: str, starts_at: str, ends_at: str) -> None:
    found = read(month, tz, NOW)
    bounds = [datetime.fromisoformat(f"{text}+00:00") for text in (starts_at, ends_at)]
    assert (found.name, [found.starts_at, found.ends_at]) == (name, bounds)


@pytest.mark.parametrize(
    ("month", "tz", "paths"),
    [
        ("2026-13", "UTC", ["month"]),
        ("2026-1", "UTC", ["month"]),
        ("9999-01", "UTC", ["month"]),
        ("x", "Mars/Olympus", ["tz", "month"]),
        (None, "localtime", ["tz"]),
        ("٢٠٢٦-10", "UTC", ["month"]),
    ],
)
def test_what_is_no_month(month: str | None, tz: str, paths: list[str]) -> None:
    with pytest.raises(InvalidInput) as raised:
        read(month, tz, NOW)
    assert [each["path"] for each in raised.value.members["errors"]] == paths
