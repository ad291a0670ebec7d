"""What the ledger is asked to bring about for one conversion."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from msgspec import Struct

from service.kit.money import Money

CommissionKind = Literal["click", "lead", "sale", "signup", "booking", "bonus", "override", "custom"]


class Target(Struct, frozen=True):
    """What a partner earns by a conversion, as of now.

    `base`: the net minor units that a rate was taken of (volumes of tiers and goals count it), in
    `base_currency` (None: the one that is earned in).
    `key` names it among those of the same conversion and partner. `earned` is for the whole order; of it
    the share `refunded` / `total` (minor units of the order) is clawed back. `due_at`: when it becomes
    payable; None as long as that isn't known (an order that isn't paid). `review`: the code of a reason to
    hold it. `rule` explains it.
    """

    partner_id: UUID
    program_id: UUID | None
    kind: CommissionKind
    key: str
    earned: Money
    base: int | None
    refunded: int
    total: int
    occurred_at: datetime
    due_at: datetime | None
    rule: dict[str, Any]
    review: str | None = None
    link_id: UUID | None = None
    coupon_id: UUID | None = None
    click_id: UUID | None = None
    base_currency: str | None = None
