"""How much of an order went back. Pure."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct


class Back(Struct, frozen=True):
    """A refund. `cumulative`: all that went back so far."""

    amount: int
    currency: str
    cumulative: bool


class Version(Struct, frozen=True, order=True):
    """What a refund that is told twice is compared by: the greatest is believed, whichever came first."""

    verified: bool
    trust: int
    occurred_at: datetime
    amount: int


def refunded(amount: int, currency: str, backs: Sequence[Back]) -> int:
    """Minor units that went back: what single refunds add up to, or a running total where it is more, and
    never more than the order.

    >>> refunded(100, "TRY", [Back(30, "TRY", False), Back(20, "TRY", False), Back(40, "TRY", True)])
    50
    """
    own = [back for back in backs if back.currency == currency]
    single = sum(back.amount for back in own if not back.cumulative)
    running = max((back.amount for back in own if back.cumulative), default=0)
    return max(0, min(amount, max(single, running)))
