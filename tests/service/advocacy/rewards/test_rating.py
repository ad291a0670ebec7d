"""Rewards that are a rate of an order: what follows its net, and what a budget makes of it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from msgspec import structs

from service.advocacy.rewards.rating import counted, is_open, moved, rated, within
from service.advocacy.rewards.schemas import RewardRow
from service.kit.money import Price

NOW = datetime(2026, 11, 26, tzinfo=UTC)
LATER, BEFORE = NOW + timedelta(days=1), NOW - timedelta(days=1)


def row(**more: Any) -> RewardRow:
    empty: dict[str, Any] = dict.fromkeys(RewardRow.__struct_fields__)
    plain = {"kind": "credit", "amount": 500, "currency": "TRY", "redeemed": 0, "expired": 0, "cleared": []}
    times = {"earned_at": BEFORE, "due_at": LATER, "conversion_id": UUID(int=7)}
    return RewardRow(**empty | plain | times | more)


@pytest.mark.parametrize(
    ("of", "wanted"),
    [
        ({}, True),
        ({"kind": "cash"}, True),
        ({"due_at": BEFORE, "held": "review"}, True),
        ({"due_at": BEFORE}, False),
        ({"due_at": NOW}, False),
        ({"due_at": None}, False),
        ({"kind": "discount"}, False),
        ({"conversion_id": None}, False),
        # It was available once, and something of it was spent or is over.
        ({"held": "review", "redeemed": 1}, False),
        ({"held": "review", "expired": 1}, False),
    ],
)
def test_what_follows_an_order(of: Any, wanted: bool) -> None:
    assert is_open(row(**of), NOW) is wanted


def test_a_rate_of_the_net() -> None:
    assert rated(row(), Decimal("0.05"), Price(20_010, "TRY")).amount == 1_000
    assert rated(row(), Decimal("0.05"), Price(0, "TRY")).amount == 0
    assert rated(row(), Decimal("0.05"), Price(20_010, "EUR")) == row()


@pytest.mark.parametrize(
    ("before", "amount", "spent", "held"),
    [
        ({}, 700, 800, None),
        ({}, 701, 800, "budget"),
        # Less is never too much, even where more was given than the budget has.
        ({}, 400, 2_000, None),
        ({}, 500, 2_000, None),
        ({"cleared": ["budget"]}, 5_000, 800, None),
        ({"held": "ring"}, 5_000, 800, "ring"),
        ({"rejected": "by hand"}, 5_000, 800, None),
        ({"gone": "refunded"}, 5_000, 800, None),
    ],
)
def test_a_budget_of_1000(before: Any, amount: int, spent: int, held: str | None) -> None:
    old = row(**before)
    (found,) = within([old], [structs.replace(old, amount=amount)], {"TRY": 1_000}, {"TRY": spent})
    assert (found.amount, found.held) == (amount, held)


def test_one_after_the_other() -> None:
    """The first grows into what is left, the second finds nothing; what shrinks makes room for the next."""
    old = [row(amount=100), row(amount=100), row(amount=300), row(amount=100)]
    new = [structs.replace(one, amount=amount) for one, amount in zip(old, (200, 101, 100, 300), strict=True)]
    found = within(old, new, {"TRY": 700}, {"TRY": 600})
    assert [one.held for one in found] == [None, "budget", None, None]
    assert moved(old, found) == {"TRY": 600 - 600}
    assert [counted(one) for one in found] == [200, 0, 100, 300]
    assert within(old, new, {}, {}) == new
