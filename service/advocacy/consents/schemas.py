"""/v1/consents: who may be written to."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import Meta, Struct

from service.conversions.orders.schemas import Shop, Text
from service.influencers.schemas import Time

Channel = Literal["email", "sms", "call"]
RecipientType = Literal["individual", "merchant"]
ConsentStatus = Literal["given", "withdrawn"]
Purpose = Literal["transactional", "commercial", "survey"]
ConsentOrigin = Literal["own", "iys"]
OwnSource = Literal[
    "HS_WEB",
    "HS_MOBIL",
    "HS_EPOSTA",
    "HS_MESAJ",
    "HS_CAGRI_MERKEZI",
    "HS_SOSYAL_MEDYA",
    "HS_FIZIKSEL_ORTAM",
    "HS_ISLAK_IMZA",
    "HS_EORTAM",
    "HS_ETKINLIK",
    "HS_ATM",
    "HS_2015",
    "HS_KARAR",
]
ConsentReason = Literal[
    "transactional",
    "consented",
    "merchant_without_refusal",
    "no_consent",
    "withdrawn",
    "iys_refused",
    "erased",
    "not_an_address",
]
Address = Annotated[
    str,
    Meta(min_length=3, max_length=254, description="e-mail address, or telephone number (Turkish without +)"),
]
TextVersion = Annotated[
    str, Meta(min_length=1, max_length=100, description="of the text that was agreed to, as you name it")
]
MOST = 1_000


class NewConsent(Struct, forbid_unknown_fields=True):
    """A consent, or its withdrawal. `source`: where it was told, by the codes of the İYS.

    `external_id` and `shop`: the customer whose address it is, as the shop knows them.
    """

    channel: Channel
    address: Address
    status: ConsentStatus
    occurred_at: Time
    source: OwnSource
    recipient_type: RecipientType = "individual"
    text_version: TextVersion | None = None
    external_id: Text | None = None
    shop: Shop = ""


class NewConsents(Struct, forbid_unknown_fields=True):
    """Up to 1,000 consents."""

    consents: Annotated[list[NewConsent], Meta(min_length=1, max_length=MOST)]


class ConsentItems(Struct, forbid_unknown_fields=True):
    """The same as it is read: a bad item does not keep the good ones out."""

    consents: Annotated[list[dict[str, Any]], Meta(min_length=1, max_length=MOST)]


class ConsentFault(Struct):
    """A field of an item that fails, and why."""

    path: str
    message: str


class ConsentResult(Struct):
    """What became of an item; `index` counts from 0. `unchanged`: it was told before."""

    index: int
    status: Literal["created", "unchanged", "rejected"]
    errors: list[ConsentFault]


class ConsentResults(Struct):
    """A result for every item, in their order, and how many there are of each."""

    results: list[ConsentResult]
    created: int
    unchanged: int
    rejected: int


class ConsentQuestion(Struct, forbid_unknown_fields=True):
    """May a message be sent? `recipient_type`: what you know of an address of which nothing was told."""

    channel: Channel
    address: Address
    purpose: Purpose = "commercial"
    recipient_type: RecipientType = "individual"


class Verdict(Struct, frozen=True):
    """Whether a message may be sent, and why. `occurred_at`: of the entry that decides, null without one."""

    allowed: bool
    reason: ConsentReason
    occurred_at: datetime | None = None


class Standing(Struct, frozen=True):
    """The newest entry of an address. `erased`: what an erasure left behind."""

    status: ConsentStatus
    origin: ConsentOrigin
    recipient_type: RecipientType
    occurred_at: datetime
    erased: bool


class ConsentRow(Struct):
    id: UUID
    channel: Channel
    address_key: bytes
    sealed: bytes
    recipient_type: RecipientType
    status: ConsentStatus
    source: str
    text_version: str | None
    origin: ConsentOrigin
    occurred_at: datetime
    created_at: datetime
    current: bool


class MessageConsent(Struct):
    """An entry of the history. `current`: it is the newest of its address and channel, which counts."""

    id: str
    channel: Channel
    address: str
    recipient_type: RecipientType
    status: ConsentStatus
    source: str
    text_version: str | None
    origin: ConsentOrigin
    occurred_at: datetime
    recorded_at: datetime
    current: bool


class Entry(Struct, frozen=True):
    """What is written of a consent, its address in its one form."""

    channel: Channel
    address: str
    address_key: bytes
    person_key: bytes | None
    recipient_type: RecipientType
    status: ConsentStatus
    source: str
    text_version: str | None
    origin: ConsentOrigin
    occurred_at: datetime


class ExportKey(Struct, frozen=True, array_like=True):
    """Where the next page of an export begins."""

    channel: Channel
    address_key: bytes
