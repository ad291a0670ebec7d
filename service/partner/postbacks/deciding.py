"""What a partner is told, by what they were told before. Pure.

States are compared, not changes counted: whatever is settled twice, and in whichever order, is told once.
"""

from typing import NamedTuple

from service.partner.postbacks.schemas import EventName

GONE = ("cancelled", "gone")
# A commission begins in these: the order that it is earned by is told.
QUIET = ("pending", "on_hold")


class State(NamedTuple):
    """`amount`: what went back of an order, or what is left of a commission."""

    status: str
    amount: int


def of_order(before: State | None, now: State) -> list[EventName]:
    """The events of an order that is, or was, the partner's.

    >>> of_order(None, State("confirmed", 0))
    ['conversion.created']
    >>> of_order(State("confirmed", 0), State("gone", 0))
    ['conversion.reversed']
    """
    stood, stands = before is not None and before.status not in GONE, now.status not in GONE
    found: list[EventName] = []
    if stands and not stood:
        found.append("conversion.created")
    if now.amount > (before.amount if before else 0) and (stands or stood):
        found.append("conversion.refunded")
    if stood and not stands:
        found.append("conversion.reversed")
    return found


def of_commission(before: State | None, now: State) -> list[EventName]:
    """The event of a commission.

    >>> pending, payable = State("pending", 100), State("payable", 100)
    >>> of_commission(None, pending), of_commission(pending, payable)
    ([], ['commission.changed'])
    """
    if before is None:
        return [] if now.status in QUIET else ["commission.changed"]
    return [] if before == now else ["commission.changed"]


def of_payout(before: State | None, now: State) -> list[EventName]:
    """The event of a payout: paid, or paid after all."""
    return ["payout.paid"] if now.status == "paid" and (before is None or before.status != "paid") else []
