"""Accounts, entries and balances as the API shows them, and the recount."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from service.kit.money import Units
from service.ledger.schemas import AccountKind, EntryKind


class LedgerAccount(Struct):
    """An account of a partner. `expense` becomes negative by what the partner was ever owed; `pending`,
    `on_hold` and `payable` are what is owed now (a negative `payable` is carried forward); `paid` is what
    went out. All accounts of a currency add up to 0."""

    id: str
    kind: AccountKind
    partner_id: str
    balance: Units
    created_at: datetime


class LedgerAccountRow(Struct):
    """An account with its balance."""

    id: UUID
    kind: AccountKind
    partner_id: UUID
    currency: str
    balance: int
    created_at: datetime


class Line(Struct):
    """So much into an account."""

    account_id: str
    account: AccountKind
    amount: Units
    commission_id: str | None


class LineRow(Struct):
    """A line of an entry, as it is stored."""

    account_id: UUID
    account: AccountKind
    amount: int
    currency: str
    commission_id: UUID | None


class Entry(Struct):
    """What was posted at once; the lines add up to 0. Nothing of it ever changes. `commission_id`: the first
    row of the commission that it is about; `details`: which of its rows changed, and the rate of an
    exchange."""

    id: str
    kind: EntryKind
    partner_id: str
    commission_id: str | None
    reason: str | None
    details: dict[str, Any]
    lines: list[Line]
    created_by: str
    created_at: datetime


class EntryRow(Struct):
    """An entry with its lines, as they are stored."""

    id: UUID
    kind: EntryKind
    partner_id: UUID
    commission_id: UUID | None
    reason: str | None
    details: dict[str, Any]
    lines: list[LineRow]
    created_by: str
    created_at: datetime


class Total(Struct):
    """Of all accounts of a kind in a currency."""

    kind: AccountKind
    balance: Units


class Totals(Struct):
    """What the whole ledger holds: by kind of account, and everything together, which is 0."""

    totals: list[Total]
    sums: list[Units]


class TotalRow(Struct):
    """A sum of accounts."""

    kind: AccountKind
    currency: str
    balance: int


class Balance(Struct):
    """What a partner is owed in a currency. `payable` can be paid out, as soon as it is more than `negative`:
    what is carried forward from refunds after a payout."""

    currency: str
    pending: int
    on_hold: int
    payable: int
    paid: int
    negative: int
    earned: int


class Balances(Struct):
    """A partner's balances, a row per currency; minor units."""

    partner_id: str
    data: list[Balance]


class Difference(Struct):
    """What a recount finds wrong: `of` an account, an entry or a commission."""

    of: str
    id: str
    currency: str
    recorded: int
    recounted: int


class Recount(Struct):
    """The ledger counted again from its postings. `ok`: nothing differs, and the sums are 0."""

    ok: bool
    accounts: int
    entries: int
    postings: int
    commissions: int
    sums: list[Units]
    differences: list[Difference]
    counted_at: datetime


class CountsRow(Struct):
    """How much there is to count, and when it was counted."""

    accounts: int
    entries: int
    postings: int
    commissions: int
    counted_at: datetime


class DifferenceRow(Struct):
    """A difference, as it is found."""

    of: str
    id: UUID
    currency: str
    recorded: int
    recounted: int


class ListedEntries(Struct, frozen=True):
    """What a list of entries is narrowed to."""

    partner_id: UUID | None = None
    commission_id: UUID | None = None
    kind: EntryKind | None = None
    since: datetime | None = None
    until: datetime | None = None


class ListedAccounts(Struct, frozen=True):
    """What a list of accounts is narrowed to."""

    partner_id: UUID | None = None
    kind: AccountKind | None = None
    currency: str | None = None
