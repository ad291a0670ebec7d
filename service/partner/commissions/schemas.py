"""A partner's commissions."""

from datetime import datetime
from typing import Any

from msgspec import Struct

from service.kit.money import Money
from service.ledger.schemas import CommissionStatus, Step
from service.ledger.targets import CommissionKind
from service.partner.words import Told


class PartnerCommission(Struct):
    """What was earned, or what a correction or a refund changed of it; `corrects` names the row that it
    changes. All rows that are not rejected add up to what is owed.

    `decline_reason`: why it is not paid, not yet, or taken back; null where nothing stands against it.
    `rule` explains the amount, in words under `text`. `base`: what a rate was taken of. `due_at`: when it
    becomes payable; null as long as that isn't known. An agency's part of what its partners earn
    (`override`) names neither them nor their orders.
    """

    id: str
    program_id: str | None
    conversion_id: str | None
    kind: CommissionKind
    step: Step
    corrects: str | None
    amount: Money
    base: Money | None
    status: CommissionStatus
    decline_reason: Told | None
    rule: dict[str, Any]
    link_id: str | None
    coupon_id: str | None
    click_id: str | None
    occurred_at: datetime
    due_at: datetime | None
    created_at: datetime
    updated_at: datetime


class WholePartnerCommission(PartnerCommission):
    """A commission with all rows that belong to it, and what they add up to."""

    net: Money
    rows: list[PartnerCommission]
