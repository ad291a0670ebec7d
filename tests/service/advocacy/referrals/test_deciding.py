"""How far a referral comes, by the friend's orders."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from service.advocacy.referrals.deciding import Order, happened, progressed, to_hold
from service.advocacy.referrals.schemas import ReferralRow
from service.kit.money import Price

AT = datetime(2026, 11, 25, tzinfo=UTC)
A, B = UUID(int=1), UUID(int=2)


def row(**more: Any) -> ReferralRow:
    names = ReferralRow.__struct_fields__
    empty = dict.fromkeys(names) | {"channel": "link", "state": "invited", "cleared": [], "purchases": 0}
    return ReferralRow(**{**empty, **more})


def order(
    n: int, kind: str = "sale", credited: str = "advocate", *, new: bool = False, ok: bool = True
) -> Order:
    at = AT + timedelta(days=n)
    return Order(UUID(int=n), kind, ok, new, at, Price(5, "TRY"), 0, 5, credited)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "orders", "state", "purchases"),
    [
        ({}, [], "invited", 0),
        ({"clicked_at": AT}, [], "clicked", 0),
        ({}, [order(1, "signup", new=True)], "signed_up", 0),
        ({}, [order(1, "signup", new=True), order(2, credited="other")], "qualified", 1),
        ({}, [order(1, new=True)], "qualified", 1),
        ({"rewarded_at": AT}, [order(1, new=True)], "rewarded", 1),
        # Who bought before is nobody's friend.
        ({}, [order(1)], "invited", 0),
        # Somebody else brought them.
        ({"channel": "email"}, [order(1, credited="other", new=True), order(2)], "invited", 0),
        ({"channel": "email"}, [order(1, credited="nobody", new=True)], "qualified", 1),
        ({}, [order(1, credited="nobody", new=True)], "invited", 0),
        # Who joined by an invitation signed up, and is known from then on.
        ({"joined_at": AT}, [], "signed_up", 0),
        ({"joined_at": AT}, [order(1, credited="nobody", new=True)], "qualified", 1),
        ({"joined_at": AT}, [order(1, credited="other", new=True)], "signed_up", 0),
        ({"joined_at": AT}, [order(1, credited="nobody")], "signed_up", 0),
        # The first order went back: the next one is the first that stands.
        ({}, [order(1, new=True, ok=False), order(2)], "qualified", 1),
        ({"state": "rejected", "before": "invited"}, [order(1, new=True)], "rejected", 1),
    ],
)
def test_how_far_it_came(before: Any, orders: list[Order], state: str, purchases: int) -> None:
    found = progressed(row(**before), orders, before.get("rewarded_at"))
    assert (found.state, found.purchases) == (state, purchases)
    assert progressed(found, orders, found.rewarded_at) == found


def test_what_happened_has_numbers() -> None:
    orders = [order(3), order(2), order(1, "signup", new=True)]
    found = [(each.fact.trigger, each.fact.n, each.order.id.int) for each in happened(row(), orders, None)]
    assert found == [("signup", None, 1), ("first_purchase", 1, 2), ("nth_purchase", 2, 3)]


@pytest.mark.parametrize(
    ("friend", "friend_id", "line", "hold"),
    [
        ([b"a"], None, [A], "self_referral"),
        ([b"x"], B, [A, B], "cycle"),
        ([b"x"], B, [A], None),
        ([], None, [A], None),
    ],
)
def test_what_is_held(
    friend: list[bytes], friend_id: UUID | None, line: list[UUID], hold: str | None
) -> None:
    assert to_hold(friend, [b"a", b"b"], friend_id, line) == hold
