"""Which rows a payout pays: every minor unit once, whatever was advanced and taken back."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.ledger.payouts import naming
from service.ledger.payouts.choosing import Chosen, covered, everything, skipped
from service.ledger.payouts.schemas import PayableRow

START = datetime(2026, 10, 1, tzinfo=UTC)
PARTNER = UUID(int=7)


def row(n: int, amount: int, *, carried: bool = False) -> PayableRow:
    return PayableRow(UUID(int=n), PARTNER, amount, "TRY", START + timedelta(days=n), carried)


ROWS = [row(1, 100), row(2, 40), row(3, -30, carried=True), row(4, 60)]


def amounts(chosen: Chosen) -> list[int]:
    return sorted(row.amount for row in chosen.rows)


@pytest.mark.parametrize(
    ("balance", "before", "rows", "amount", "unallocated"),
    [
        (170, None, [-30, 40, 60, 100], 170, 0),
        # 50 were paid in advance.
        (120, None, [-30, 40, 60, 100], 120, 50),
        # A payment in advance failed after it had been settled.
        (190, None, [-30, 40, 60, 100], 190, -20),
        # What was taken back of a paid commission counts in any case.
        (170, START + timedelta(days=2), [-30, 100], 70, 0),
        (170, START, [-30], -30, 0),
    ],
)
def test_a_run_pays(
    balance: int, before: datetime | None, rows: list[int], amount: int, unallocated: int
) -> None:
    found = everything(ROWS, balance, before)
    assert (amounts(found), found.amount, found.unallocated) == (rows, amount, unallocated)


@pytest.mark.parametrize(
    ("balance", "amount", "rows", "unallocated"),
    [
        (170, 170, [-30, 40, 60, 100], 0),
        # What is left over of the payment is an advance.
        (170, 100, [-30, 100], -30),
        (170, 110, [-30, 40, 100], 0),
        (170, 5, [-30], -35),
        (170, 500, [-30, 40, 60, 100], -330),
        (0, 20, [-30, 40, 60, 100], 150),
    ],
)
def test_an_outside_payment_pays(balance: int, amount: int, rows: list[int], unallocated: int) -> None:
    found = covered(ROWS, balance, amount)
    assert (amounts(found), found.amount, found.unallocated) == (rows, amount, unallocated)


@given(st.lists(st.integers(-1_000, 1_000), max_size=12), st.integers(-2_000, 0), st.integers(1, 5_000))
def test_nothing_is_paid_twice_or_lost(amounts: list[int], beside: int, amount: int) -> None:
    """An outside payment and the run after it come to what is owed, or the debt is carried."""
    rows = [row(n, value) for n, value in enumerate(amounts)]
    owed = sum(amounts) + beside
    first = covered(rows, owed, amount)
    assert sum(one.amount for one in first.rows) - first.unallocated == amount
    left = [one for one in rows if one not in first.rows]
    second = everything(left, owed - amount)
    assert second.amount == owed - amount
    assert sum(one.amount for one in second.rows) - second.unallocated == second.amount


@pytest.mark.parametrize(
    ("amount", "minimum", "has_account", "reason"),
    [
        (-1, 0, True, "negative"),
        (99, 100, True, "below_minimum"),
        (99, 100, False, "below_minimum"),
        (100, 100, False, "no_account"),
        (100, 100, True, None),
    ],
)
def test_why_not(amount: int, minimum: int, has_account: bool, reason: str | None) -> None:
    assert skipped(Chosen([], amount, 0), minimum, has_account) == reason


def test_a_key_says_what_is_paid() -> None:
    chosen = everything(ROWS, 170)
    key = naming.key(PARTNER, "TRY", 3, chosen)
    assert key == naming.key(PARTNER, "TRY", 3, everything(ROWS[::-1], 170))
    others = [
        naming.key(UUID(int=8), "TRY", 3, chosen),
        naming.key(PARTNER, "EUR", 3, chosen),
        naming.key(PARTNER, "TRY", 4, chosen),
        naming.key(PARTNER, "TRY", 3, everything(ROWS, 160)),
        naming.key(PARTNER, "TRY", 3, everything(ROWS[:3], 170)),
    ]
    assert len({key, *others}) == 6
    assert len(naming.reference(key)) == 13
