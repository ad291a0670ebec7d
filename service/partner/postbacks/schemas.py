"""Postbacks as partners make and see them, and their rows."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from service.accounts.schemas import Name

EventName = Literal[
    "conversion.created", "conversion.refunded", "conversion.reversed", "commission.changed", "payout.paid"
]
Method = Literal["GET", "POST"]
DisabledReason = Literal["by_partner", "failing", "gone"]
DeliveryStatus = Literal["waiting", "delivered", "given_up"]
Url = Annotated[str, Meta(min_length=8, max_length=2000)]
Events = Annotated[list[EventName], Meta(min_length=1, max_length=5)]


class NewPostback(Struct, forbid_unknown_fields=True):
    """Where events go. `url` holds macros in braces, such as `{click_id}`, `{sub1}` or `{amount}`; a brace
    that is meant is doubled. `signed`: requests carry a signature by a secret that is shown once.

    `conversion.created`: an order, lead, sign-up or booking is credited to you (again). `.refunded`: more of
    it went back. `.reversed`: it is cancelled, or no longer yours. `commission.changed`: it became payable,
    paid, rejected, reversed, held for a review, or is another amount now. `payout.paid`: money was sent.
    """

    url: Url
    events: Events
    name: Name | None = None
    method: Method = "GET"
    signed: bool = False


class PostbackPatch(Struct, forbid_unknown_fields=True):
    """What is left out stays. `active`: false stops it; true starts it again, also after it was stopped for
    failing: what waited is delivered then, what happened meanwhile is not told."""

    url: Url | UnsetType = UNSET
    events: Events | UnsetType = UNSET
    name: Name | UnsetType | None = UNSET
    method: Method | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class Blocked(Struct):
    """What the others of the postback wait for."""

    delivery_id: str
    event: str
    attempts: int
    next_attempt_at: datetime | None
    status_code: int | None
    error: str | None


class Postback(Struct):
    """A postback. `active` is false where the partner stopped it, or it was stopped: `disabled_reason` is
    by_partner, failing (nothing but failures for three days) or gone (the receiver answered 410).

    Deliveries go out one after the other, in the order in which things happened. `waiting`: how many there
    are; `blocked_by`: the one that fails and that the others wait for, until it succeeds or is given up.
    """

    id: str
    name: str | None
    url: str
    method: Method
    events: list[EventName]
    signed: bool
    active: bool
    disabled_reason: DisabledReason | None
    disabled_at: datetime | None
    failing_since: datetime | None
    waiting: int
    blocked_by: Blocked | None
    created_at: datetime
    updated_at: datetime


class CreatedPostback(Postback):
    """`secret` signs requests: it is shown this once, and stored sealed. Null where they aren't signed."""

    secret: str | None


class PostbackSecret(Struct):
    """The new secret, shown this once; the former one signs nothing any more."""

    secret: str


class PostbackDelivery(Struct):
    """An event on its way to a receiver. `url`: as it was called last; `answer`: how the answer began;
    `error`: why the last attempt failed. `event_id` stays the same when it is sent again."""

    id: str
    event: str
    event_id: str
    status: DeliveryStatus
    attempts: int
    next_attempt_at: datetime | None
    tried_at: datetime | None
    took_ms: int | None
    url: str | None
    status_code: int | None
    answer: str | None
    error: str | None
    created_at: datetime
    finished_at: datetime | None


class PostbackRow(Struct):
    id: UUID
    partner_id: UUID
    name: str | None
    url: str
    method: Method
    events: list[EventName]
    secret: bytes | None
    failing_since: datetime | None
    disabled_at: datetime | None
    disabled_reason: DisabledReason | None
    waiting: int
    created_at: datetime
    updated_at: datetime


class DeliveryRow(Struct):
    """`seq`: its place in the order of its postback; None of a test."""

    id: UUID
    postback_id: UUID
    seq: int | None
    event: str
    event_id: UUID
    values: dict[str, str]
    status: DeliveryStatus
    attempts: int
    next_attempt_at: datetime | None
    tried_at: datetime | None
    took_ms: int | None
    url: str | None
    status_code: int | None
    answer: str | None
    error: str | None
    created_at: datetime
    finished_at: datetime | None


class SubscribedRow(Struct):
    """A postback that is told, its row locked."""

    id: UUID
    events: list[EventName]
    last_seq: int


class RecordRow(Struct):
    """A record of a partner who has postbacks: its own, or one that was merged into it."""

    record_id: UUID
    partner_id: UUID


class ToldRow(Struct, frozen=True):
    """What was told last of a thing: an order's status and what went back of it, a commission's status and
    what is left of it, a payout's status."""

    partner_id: UUID
    subject_id: UUID
    status: str
    amount: int


class OrderRow(Struct):
    """An order as it is; `shares`: of all who are credited."""

    id: UUID
    kind: str
    status: str
    amount: int
    net: int
    refunded: int
    currency: str
    shares: list[dict[str, Any]]
    stands: bool


class FamilyRow(Struct):
    """A commission: its first row's state, and what is left of it."""

    id: UUID
    partner_id: UUID
    conversion_id: UUID | None
    kind: str
    status: str
    net: int
    currency: str


class PayoutRow(Struct):
    id: UUID
    partner_id: UUID
    amount: int
    currency: str
    status: str


class LinkRow(Struct):
    id: UUID
    code: str
    campaign_id: UUID | None
    subs: list[str | None]


class HeadRow(Struct):
    """The delivery that is next, and where it goes."""

    id: UUID
    event: str
    event_id: UUID
    values: dict[str, str]
    attempts: int
    due: bool
    url: str
    method: Method
    secret: bytes | None
