"""A partner's own payouts."""

from datetime import datetime

from msgspec import Struct

from service.kit.money import Money
from service.ledger.payouts.schemas import Method, PayoutStatus


class OwnPayout(Struct):
    """A payment. `created`: it is being prepared; `sent`: the bank has it; `paid`; `failed`: the money is
    payable again, and comes with the next payout. `advance`: what it pays before it is earned; `settled`:
    what was paid in advance before, and is taken off here. `reference` stands on the account statement;
    `iban`: where it goes, in part; `reason`: why it failed."""

    id: str
    method: Method
    amount: Money
    advance: Money
    settled: Money
    status: PayoutStatus
    reference: str
    iban: str | None
    reason: str | None
    commissions: int
    created_at: datetime
    sent_at: datetime | None
    paid_at: datetime | None
    failed_at: datetime | None


class OwnPaidCommission(Struct):
    """A commission, or what corrects one, that a payout pays."""

    id: str
    conversion_id: str | None
    kind: str
    amount: Money
    occurred_at: datetime


class OwnPayoutAccount(Struct):
    """Where you are paid to; of the number only the beginning and the end are shown."""

    id: str
    country: str | None
    iban: str | None
    payee: str | None
    created_at: datetime
