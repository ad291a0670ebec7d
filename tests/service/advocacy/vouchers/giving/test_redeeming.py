"""What a shop's word does to a code, case by case."""

from datetime import UTC, datetime, timedelta

import pytest

from service.advocacy.vouchers.giving.redeeming import decide

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("status", "order_ref", "expires_at", "outcome"),
    [
        ("given", None, None, "redeem"),
        ("free", None, None, "redeem"),
        ("given", None, NOW + HOUR, "redeem"),
        ("given", None, NOW, "expired"),
        ("free", None, NOW - HOUR, "expired"),
        ("redeemed", "7", None, "repeat"),
        ("redeemed", "7", NOW - HOUR, "repeat"),
        ("redeemed", "8", None, "other_order"),
        ("void", None, None, "void"),
        ("void", None, NOW - HOUR, "void"),
    ],
)
def test_each_state(status: str, order_ref: str | None, expires_at: datetime | None, outcome: str) -> None:
    assert decide(status, order_ref, expires_at, "7", NOW) == outcome
