"""Payout accounts as they come in, are stored and shown."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

Iban = Annotated[
    str,
    Meta(
        min_length=5,
        max_length=60,
        description="with or without spaces",
        examples=["TR33 0006 1005 1978 6457 8413 26"],
    ),
]
# No line breaks and the like: it goes into a bank's file.
Payee = Annotated[
    str,
    Meta(
        min_length=2,
        max_length=140,
        pattern=r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$",
        description="as the bank knows the account's holder",
    ),
]


class NewPayoutAccount(Struct, forbid_unknown_fields=True):
    """Where a partner is paid to: an IBAN (checked by its check digits and its country's length) and the
    name of the account's holder."""

    iban: Iban
    payee: Payee


class PayoutAccount(Struct):
    """Where a partner is paid to. Of the number only the beginning and the end are shown; the bank's file
    has all of it."""

    id: str
    partner_id: str
    country: str | None
    iban: str | None
    payee: str | None
    created_by: str
    created_at: datetime


class BrandPayoutAccount(PayoutAccount):
    """With what only the brand sees: `shared_with`, other partners who are paid to the same account."""

    shared_with: list[str]


class AccountRow(Struct):
    id: UUID
    partner_id: UUID
    sealed: bytes | None
    country: str | None
    hint: str | None
    created_by: str
    created_at: datetime
