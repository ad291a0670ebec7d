"""What is known of a conversion when it is decided whom it is credited to, and whether it looks right."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from service.conversions.reports import ConversionKind, Line


class Facts(Struct, frozen=True):
    """A conversion, folded from its reports. Amounts are minor units of `currency`.

    `clicks`: click ids as they came; `tokens`: carts and checkouts that a page may have named; `keys`: the
    customer's keyed hashes (external id, address). `sales_before`: of the same customer. `landing`:
    parameters of the page that the visit began on; `referrer`: its host. `domain`: the keyed hash of
    the domain of the customer's address.
    """

    id: UUID
    shop: str
    kind: ConversionKind
    status: str
    amount: int
    currency: str
    net: int
    refunded: int
    lines: tuple[Line, ...]
    clicks: tuple[str, ...]
    tokens: tuple[str, ...]
    coupons: tuple[str, ...]
    customer_id: UUID | None
    keys: tuple[bytes, ...]
    is_new: bool | None
    sales_before: int
    country: str | None
    referrer: str | None
    landing: dict[str, str]
    channel: str
    verified: bool
    occurred_at: datetime
    delivered_at: datetime | None
    paid_at: datetime | None
    domain: bytes | None = None


class Flag(Struct, frozen=True):
    """A reason to look at a conversion before it is paid. `group`: one hold for all that share it."""

    code: str
    group: str
    partner_id: UUID
    evidence: dict[str, str]


class Source(Struct, frozen=True):
    """Where a report came from. `channel`: webhook, api, import, postback; `verified`: signed, or sent with a
    secret key. `name`: the delivery, import or key, for the history."""

    shop: str
    channel: str
    verified: bool
    name: str
    integration_id: UUID | None = None


class Taken(Struct, frozen=True):
    """What became of a report: created, updated, unchanged, conflict, waiting (an early refund), ignored,
    fetch, quarantined."""

    outcome: str
    conversion_id: UUID | None = None
    why: str | None = None
