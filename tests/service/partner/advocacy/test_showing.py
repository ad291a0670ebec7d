"""What an advocate is told of a reward that waits or is gone: never what a review looks for."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from service.advocacy.rewards.schemas import RewardRow
from service.advocacy.terms.shapes import PointsName
from service.partner.advocacy.showing import reward

AT = datetime(2026, 11, 26, tzinfo=UTC)


def row(**more: Any) -> RewardRow:
    empty: dict[str, Any] = dict.fromkeys(RewardRow.__struct_fields__)
    for name in ("id", "program_id", "advocate_id", "partner_id", "referral_id", "conversion_id"):
        empty[name] = UUID(int=7)
    plain = {"kind": "points", "amount": 5, "currency": "points", "rest": 5, "side": "advocate"}
    return RewardRow(**empty | plain | {"trigger": "review", "earned_at": AT} | more)


@pytest.mark.parametrize(
    ("status", "reason", "told"),
    [
        ("available", None, None),
        ("on_hold", "self_referral", "under_review"),
        ("on_hold", "cycle", "under_review"),
        ("on_hold", "review", "under_review"),
        ("on_hold", "budget", "under_review"),
        ("on_hold", "limit", "limit"),
        ("reversed", "refunded", "refunded"),
        ("reversed", "self_referral", "not_confirmed"),
        ("rejected", "referral", "not_confirmed"),
        ("rejected", "somebody's own words", "not_confirmed"),
    ],
)
def test_why_it_waits(status: str, reason: str | None, told: str | None) -> None:
    found = reward(row(status=status, reason=reason), None).decline_reason
    assert (found and found.code) == told


@pytest.mark.parametrize(
    ("kind", "status", "can"),
    [
        ("voucher", "available", True),
        ("discount", "available", True),
        ("voucher", "pending", False),
        ("voucher", "redeemed", False),
        ("points", "available", False),
        ("cash", "available", False),
    ],
)
def test_what_can_be_taken(kind: str, status: str, can: bool) -> None:
    thing = {"currency": None, "rate": Decimal("0.1")} if kind == "discount" else {}
    assert reward(row(kind=kind, status=status, **thing), None).redeemable is can


def test_another_s_invitation_is_not_named() -> None:
    assert reward(row(status="available", side="friend"), None).referral_id is None
    assert reward(row(status="available"), None).referral_id is not None


def test_points_are_called_what_the_program_calls_them() -> None:
    name = PointsName("Çekirdek", "Beans")
    assert reward(row(status="available"), name).unit_name == name
    assert reward(row(status="available", kind="credit", currency="TRY"), name).unit_name is None
