"""How far a referral came, by the friend's orders; what happened, for its rewards; what holds it. Pure."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

from msgspec import structs

from service.advocacy.earning import Fact
from service.advocacy.referrals.schemas import Hold, ReferralRow, State
from service.advocacy.rewards.schemas import RewardRow
from service.kit.ids import show
from service.kit.money import Price

SIGNUPS = ("signup", "lead")
PURCHASES = ("sale", "booking")
GONE = "refunded"
FOUND = ("self_referral", "cycle", "ring", "second_account")
OF_REFERRAL = (*FOUND, "review")


class Order(NamedTuple):
    """An order of the friend's. `counted`: it stands; `refunded` of `total` went back. `credited`: to whom,
    as seen by the referral. `is_new`: it was the friend's first."""

    id: UUID
    kind: str
    counted: bool
    is_new: bool
    occurred_at: datetime
    net: Price
    refunded: int
    total: int
    credited: Literal["advocate", "nobody", "other"]


class Happened(NamedTuple):
    """A fact with the order that tells of it."""

    fact: Fact
    order: Order


def progressed(row: ReferralRow, orders: Sequence[Order], rewarded_at: datetime | None) -> ReferralRow:
    """The referral as the orders leave it. A rejected one stays so, and goes on counting."""
    signups, purchases = standing(row, orders)
    first = (*purchases, *signups)[:1]
    signed_up_at = signups[0].occurred_at if signups else row.joined_at
    reached = _reached(row, signed_up_at is not None, bool(purchases), rewarded_at)
    is_out = row.state == "rejected"
    return structs.replace(
        row,
        state="rejected" if is_out else reached,
        before=reached if is_out else None,
        conversion_id=first[0].id if first else row.conversion_id,
        purchases=len(purchases),
        signed_up_at=signed_up_at,
        qualified_at=purchases[0].occurred_at if purchases else None,
        rewarded_at=rewarded_at if reached == "rewarded" else None,
    )


def _reached(row: ReferralRow, signed_up: bool, bought: bool, rewarded_at: datetime | None) -> State:
    if bought and rewarded_at is not None:
        return "rewarded"
    if bought:
        return "qualified"
    if signed_up:
        return "signed_up"
    return "clicked" if row.clicked_at is not None else "invited"


def standing(row: ReferralRow, orders: Sequence[Order]) -> tuple[list[Order], list[Order]]:
    """Sign-ups and purchases that stand, the oldest first, from the one on that the advocate brought.

    That is the friend's first order, credited to the advocate; of one who was invited by address or joined by
    the invitation, and whom nobody else brought, it need not be credited. What the friend orders later
    counts, whoever is credited.
    """
    ordered = sorted(orders, key=lambda one: (one.occurred_at, one.id))
    start = next((n for n, one in enumerate(ordered) if _is_own(row, one)), len(ordered))
    counted = [order for order in ordered[start:] if order.counted]
    return (
        [order for order in counted if order.kind in SIGNUPS],
        [order for order in counted if order.kind in PURCHASES],
    )


def _is_own(row: ReferralRow, one: Order) -> bool:
    is_known = row.channel == "email" or row.joined_at is not None
    invited = is_known and one.credited == "nobody"
    return one.is_new and (one.credited == "advocate" or invited)


def happened(row: ReferralRow, orders: Sequence[Order], tier: str | None) -> list[Happened]:
    """The first sign-up, and each purchase with its number."""
    signups, purchases = standing(row, orders)
    found = [
        Happened(Fact("signup", show("cnv", one.id), one.occurred_at, tier, one.net), one)
        for one in signups[:1]
    ]
    for n, one in enumerate(purchases, 1):
        name = show("cnv", one.id)
        fact = (
            Fact("first_purchase", name, one.occurred_at, tier, one.net, 1)
            if n == 1
            else Fact("nth_purchase", f"{name}:{n}", one.occurred_at, tier, one.net, n)
        )
        found.append(Happened(fact, one))
    return found


def order_of(reward: RewardRow, facts: Sequence[Happened]) -> Order | None:
    """The order that a reward is for, where it still tells of it."""
    of = {(each.fact.trigger, each.fact.cause): each.order for each in facts}
    return of.get((reward.trigger, reward.cause.split(":", 2)[2]))


def follows(reward: RewardRow, facts: Sequence[Happened], row: ReferralRow) -> RewardRow:
    """A reward of the referral as the facts leave it: gone with what it was for, held and rejected with the
    referral."""
    order = order_of(reward, facts)
    gone = (GONE if order is None else None) if reward.conversion_id is not None else reward.gone
    held = row.held if reward.held in (None, *OF_REFERRAL) else reward.held
    return structs.replace(
        reward,
        gone=gone,
        refunded=reward.refunded if order is None else order.refunded,
        total=reward.total if order is None else order.total,
        held=None if held in reward.cleared else held,
        rejected=reward.rejected or ("referral" if row.state == "rejected" else None),
    )


def to_hold(
    friend: Collection[bytes],
    advocate: Collection[bytes],
    friend_id: UUID | None,
    line: Collection[UUID],
    one_account: bool = False,
) -> Hold | None:
    """Why a referral is held at once: the friend is the advocate, by a shared key or by the account that both
    are paid to, or stands above them in the line of who brought whom (`line` begins with the advocate).

    >>> to_hold([b"a"], [b"a", b"b"], None, []), to_hold([b"c"], [b"a"], None, [])
    ('self_referral', None)
    """
    if one_account or set(friend) & set(advocate):
        return "self_referral"
    return "cycle" if friend_id is not None and friend_id in line else None
