"""A partner's statement of a month."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar.params import QueryParameter
from msgspec import Struct

from service.ledger.schemas import EntryKind

OfMonth = Annotated[
    str | None,
    QueryParameter(max_length=7, name="month", description="like 2026-10; left out, the month that it is"),
]
InZone = Annotated[
    str | None,
    QueryParameter(max_length=64, description="the zone in which the month is one; the workspace's"),
]


class Standing(Struct):
    """What is owed at a moment, in minor units: `owed` is the three together. A negative `payable` is
    carried forward."""

    pending: int
    on_hold: int
    payable: int
    owed: int


class Movement(Struct):
    """All entries of a kind in the month: what they earned (negative: took back) and what they paid out."""

    kind: EntryKind
    entries: int
    earned: int
    paid: int


class CurrencyStatement(Struct):
    """A month in one currency, minor units: `opening.owed` + `earned` - `paid` = `closing.owed`. What only
    changed its place (became payable, was held) is no movement."""

    currency: str
    opening: Standing
    earned: int
    paid: int
    movements: list[Movement]
    closing: Standing


class Statement(Struct):
    """What a partner earned and was paid in a month, by the ledger's entries. `is_final`: the month is
    over, so that nothing of it changes any more."""

    partner_id: str
    partner_name: str
    brand: str
    month: str
    tz: str
    starts_at: datetime
    ends_at: datetime
    is_final: bool
    currencies: list[CurrencyStatement]


class StatementLine(Struct):
    """What changed the sum that is owed: `earned` less `paid`, in minor units of `currency`. A payout is
    one line, however many commissions it pays."""

    at: datetime
    kind: EntryKind
    currency: str
    earned: int
    paid: int
    commission_id: str | None
    payout_id: str | None


class SumRow(Struct):
    """Entries of a kind, before the month or in it."""

    currency: str
    kind: EntryKind
    before: bool
    entries: int
    earned: int
    paid: int
    pending: int
    on_hold: int
    payable: int


class LineRow(Struct):
    """`name`: the entry, or the payout of several."""

    at: datetime
    name: str
    currency: str
    kind: EntryKind
    earned: int
    paid: int
    commission_id: UUID | None
    payout_id: str | None
