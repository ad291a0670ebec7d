"""Voucher pools and their codes: what is sent, what is shown, what is stored."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from service.influencers.schemas import Reason, Time
from service.kit.money import Currency, Price

PoolKind = Literal["discount", "credit", "gift_card", "free_shipping", "product"]
PoolStatus = Literal["open", "expired", "closed"]
VoucherStatus = Literal["free", "given", "redeemed", "expired", "void"]
StoredStatus = Literal["free", "given", "redeemed", "void"]

PoolName = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S")]
Rate = Annotated[float, Meta(gt=0, le=1, description="a fraction: 10% is 0.10", examples=[0.1])]
LowStock = Annotated[
    int, Meta(ge=0, le=10_000_000, description="tell when so many codes, or fewer, are free")
]
Recipient = Annotated[str, Meta(min_length=3, max_length=254, description="an e-mail address, or usr_...")]
Recipients = Annotated[list[Recipient], Meta(max_length=20)]
Reference = Annotated[
    str,
    Meta(
        pattern="^[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}$",
        description="what the code is given for, in your words: no person's address",
        examples=["ticket-1041"],
    ),
]
Code = Annotated[str, Meta(min_length=1, max_length=200, description="in any spelling")]
Order = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S", examples=["100245"])]


class Value(Struct, frozen=True, forbid_unknown_fields=True):
    """What one code is worth, in minor units."""

    amount: Annotated[int, Meta(ge=1, le=10**15, description="integer minor units")]
    currency: Currency


class NewPool(Struct, kw_only=True, forbid_unknown_fields=True):
    """A pool of codes that are worth the same.

    `discount` has a `value` or a `rate`; `credit` and `gift_card` a `value`; `free_shipping` and `product` no
    `rate`, and a `value` where it is known. After `expires_at` no code is given or redeemed.
    """

    name: PoolName
    kind: PoolKind
    value: Value | None = None
    rate: Rate | None = None
    expires_at: Time | None = None
    low_stock: LowStock | None = None
    recipients: Recipients = []


class PoolPatch(Struct, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays. What a code is worth stays for ever: customers were told. `closed`: whether
    the pool gives no codes; those that are out stay good."""

    name: PoolName | UnsetType = UNSET
    expires_at: Time | UnsetType | None = UNSET
    low_stock: LowStock | UnsetType | None = UNSET
    recipients: Recipients | UnsetType = UNSET
    closed: bool | UnsetType = UNSET


class PoolRow(Struct):
    id: UUID
    name: str
    kind: PoolKind
    value: int | None
    currency: str | None
    rate: float | None
    expires_at: datetime | None
    low_stock: int | None
    recipients: list[str]
    status: PoolStatus
    version: int
    created_at: datetime
    updated_at: datetime


class StockRow(Struct):
    """How many codes of a pool are in a stored state."""

    pool_id: UUID
    status: StoredStatus
    codes: int


class Stock(Struct):
    """How many codes there are, by state. What is past its time and was not used is `expired`."""

    free: int = 0
    given: int = 0
    redeemed: int = 0
    expired: int = 0
    void: int = 0


class Pool(Struct):
    """A pool. `low`: whether so few codes are free that people are told."""

    id: str
    name: str
    kind: PoolKind
    value: Price | None
    rate: float | None
    expires_at: datetime | None
    low_stock: int | None
    recipients: list[str]
    status: PoolStatus
    counts: Stock
    low: bool
    created_at: datetime
    updated_at: datetime


class VoucherRow(Struct):
    """A voucher as it is stored, with its pool's end."""

    id: UUID
    pool_id: UUID
    sealed: bytes
    hint: str
    status: StoredStatus
    reward_id: UUID | None
    reference: str | None
    given_at: datetime | None
    order_ref: str | None
    redeemed_at: datetime | None
    void_reason: str | None
    voided_at: datetime | None
    replaced_by: UUID | None
    created_at: datetime
    expires_at: datetime | None
    is_past: bool


class Voucher(Struct):
    """A voucher, its code masked. `order`: the shop's order that it was used for."""

    id: str
    pool_id: str
    code: str
    status: VoucherStatus
    reward_id: str | None
    reference: str | None
    given_at: datetime | None
    order: str | None
    redeemed_at: datetime | None
    void_reason: str | None
    voided_at: datetime | None
    replaced_by: str | None
    expires_at: datetime | None
    created_at: datetime


class GiveVoucher(Struct, forbid_unknown_fields=True):
    """What a code is asked for. The same reference gets the same code."""

    reference: Reference


class GivenVoucher(Struct):
    """A code that was given, in full. `repeated`: it had been given for this before."""

    id: str
    pool_id: str
    code: str
    kind: PoolKind
    value: Price | None
    rate: float | None
    reference: str | None
    given_at: datetime
    expires_at: datetime | None
    repeated: bool


class Redemption(Struct, forbid_unknown_fields=True):
    """A shop's word that a code was used. `redeemed_at`: now, where it isn't said."""

    code: Code
    order: Order
    redeemed_at: Time | None = None


class Redeemed(Struct):
    """What became of it. `was_given`: false where nobody had been given the code; it is used all the same.
    `repeated`: the same was reported before."""

    voucher: Voucher
    was_given: bool
    repeated: bool


class VoidVoucher(Struct, forbid_unknown_fields=True):
    """Why a code is good no more."""

    reason: Reason


class VoidFree(Struct, forbid_unknown_fields=True):
    """Why a pool's free codes are good no more. `dry_run`: say how many, and change nothing."""

    reason: Reason
    dry_run: bool = False


class Voided(Struct):
    """How many codes were voided, or would be."""

    voided: int
    dry_run: bool


class CodeProblem(Struct):
    """A line that brought no code. `row`: from 1, headers and empty lines counted. `code` is masked."""

    row: int
    code: str
    reason: Literal[
        "too_short", "too_long", "bad_character", "twice_in_file", "in_this_pool", "in_another_pool"
    ]


class CodesTaken(Struct):
    """What became of a file of codes. `problems`: the first 1,000; all are counted."""

    read: int
    added: int
    duplicates: int
    rejected: int
    problems: list[CodeProblem]
    dry_run: bool


class ListedVouchers(Struct, frozen=True):
    """What a list of codes is narrowed to."""

    pool_id: UUID
    ids: list[UUID] | None = None
    status: VoucherStatus | None = None
    reference: str | None = None
    code_key: bytes | None = None


class LowPool(Struct):
    """A pool that runs low: what people and programs are told."""

    id: UUID
    name: str
    free: int
    low_stock: int
    recipients: list[str]


class LowMessage(Struct):
    """`voucher_pool.low`: how many codes are left."""

    pool_id: str
    name: str
    free: int
    low_stock: int
    at: datetime
