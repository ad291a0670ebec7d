"""Lots of points: what is left, what is set off, what expires."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.advocacy.rewards.wallet import Lot, TooLittle, accounts, balance, brought, left, redeemed, status

NOW = datetime(2026, 11, 25, tzinfo=UTC)
PAST, LATER = NOW - timedelta(days=1), NOW + timedelta(days=1)


def lot(n: int, amount: int, due_at: datetime = PAST, **given: object) -> Lot:
    return Lot(UUID(int=n), amount, due_at, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "at", "rest"),
    [
        (lot(1, 100), "available", 100),
        (lot(1, 100, LATER), "pending", 100),
        (lot(1, 100, LATER, held="review"), "on_hold", 100),
        (lot(1, 100, LATER, refunded=3, total=3), "reversed", 0),
        (lot(1, 100, LATER, refunded=1, total=4), "pending", 75),
        (lot(1, 100, rejected="fraud"), "rejected", 0),
        (lot(1, 100, redeemed=100), "redeemed", 0),
        (lot(1, 100, redeemed=60, gone="refunded"), "available", -60),
        (lot(1, 100, redeemed=60, refunded=1, total=2), "available", -10),
        (lot(1, 100, redeemed=60, expired=40), "redeemed", 0),
        (lot(1, 100, expired=100), "expired", 0),
    ],
)
def test_where_a_lot_stands(one: Lot, at: str, rest: int) -> None:
    assert (status(one, NOW), left(one)) == (at, rest)


def test_first_goes_what_expires_first() -> None:
    lots = [lot(1, 100), lot(2, 50, expires_at=LATER), lot(3, 50, LATER)]
    assert [each.redeemed for each in redeemed(lots, 70, NOW)] == [20, 50, 0]
    with pytest.raises(TooLittle) as error:
        redeemed(lots, 151, NOW)
    assert error.value.available == 150


def test_a_debt_is_carried_until_there_is_more() -> None:
    owing = lot(1, 100, redeemed=100, gone="refunded")
    assert balance(brought([owing], NOW), NOW) == -100
    one, two = brought([owing, lot(2, 130)], NOW)
    assert (status(one, NOW), left(one), one.redeemed) == ("reversed", 0, 0)
    assert (left(two), two.redeemed) == (30, 100)


def test_what_expired_is_not_taken_back_again() -> None:
    (one,) = brought([lot(1, 100, expired=100, gone="refunded")], NOW)
    assert (left(one), one.expired, status(one, NOW)) == (0, 0, "reversed")
    (one,) = brought([lot(1, 100, expires_at=NOW, redeemed=30)], NOW)
    assert (one.expired, left(one)) == (70, 0)


lots_of = st.lists(
    st.tuples(
        st.integers(0, 50),
        st.sampled_from([PAST, LATER]),
        st.sampled_from([None, NOW, LATER]),
        st.integers(0, 3),
        st.sampled_from([None, "gone"]),
        st.sampled_from([None, "review"]),
        st.integers(0, 50),
    ),
    max_size=5,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lots_of, st.integers(1, 60))
def test_nothing_is_lost_between_lots(drawn: list[tuple], amount: int) -> None:  # type: ignore[type-arg]
    lots = [
        Lot(UUID(int=n), a, PAST if r else d, e, refunded, 3, g, None, h, min(r, a))
        for n, (a, d, e, refunded, g, h, r) in enumerate(drawn)
    ]
    after = brought(lots, NOW)
    assert brought(after, NOW) == after
    assert sum(each.redeemed for each in after) == sum(each.redeemed for each in lots)
    assert all(not sum(accounts(each, status(each, NOW)).values()) for each in after)
    assert all(each.redeemed >= 0 and each.expired >= 0 for each in after)
    assert all(each.redeemed + each.expired <= each.amount for each in after)
    there = balance(after, NOW)
    debts = any(left(each) < 0 for each in after)
    assert not (debts and any(left(e) > 0 and status(e, NOW) == "available" for e in after))
    try:
        spent = redeemed(after, amount, NOW)
    except TooLittle:
        assert there < amount
    else:
        assert balance(spent, NOW) == there - amount
