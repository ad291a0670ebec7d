"""What a shop's word that a code was used does to the code. Pure."""

from datetime import datetime
from typing import Literal

Outcome = Literal["redeem", "repeat", "other_order", "void", "expired"]


def decide(
    status: str, order_ref: str | None, expires_at: datetime | None, order: str, redeemed_at: datetime
) -> Outcome:
    """What becomes of a code in a stored state (`free`, `given`, `redeemed`, `void`).

    A free code is redeemed too: the shop took it, so nobody may be given it any more. What was used in time
    and is reported late is in time.
    """
    if status == "redeemed":
        return "repeat" if order_ref == order else "other_order"
    if status == "void":
        return "void"
    if expires_at is not None and redeemed_at >= expires_at:
        return "expired"
    return "redeem"
