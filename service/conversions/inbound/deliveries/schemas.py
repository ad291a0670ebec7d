"""Deliveries, and what became of each."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from service.influencers.schemas import Time
from service.kit.jobs import JobView

DeliveryStatus = Literal["received", "processed", "ignored", "needs_fetch", "quarantined", "failed"]
ReportName = Literal[
    "order", "refund", "cancellation", "payment", "ignored", "fetch", "quarantined", "mention"
]


class DeliveryOutcome(Struct, frozen=True, omit_defaults=True):
    """What one report inside a delivery became. `outcome`: created, updated, unchanged, conflict, waiting,
    ignored, fetch, quarantined; `why` is a code. `field`, `value`: what could not be used. `resource`, `id`:
    what has to be fetched. `number`: how many reports became the same."""

    report: ReportName
    outcome: str
    conversion_id: str | None = None
    why: str | None = None
    field: str | None = None
    value: str | None = None
    resource: str | None = None
    id: str | None = None
    number: int | None = None


class Delivery(Struct):
    """Something that came in. `received`: not read yet. `needs_fetch`: it names a thing and doesn't tell it.
    `quarantined`: it can't be used as it is (see `outcomes`). `failed`: reading broke off several times; it
    may be replayed. `test`: the sender says that it is one. `replayable`: the body is still kept."""

    id: str
    integration_id: str
    topic: str
    method: str
    size: int
    verified: bool
    test: bool
    status: DeliveryStatus
    why: str | None
    outcomes: list[DeliveryOutcome]
    attempts: int
    replayable: bool
    received_at: datetime
    processed_at: datetime | None


class WholeDelivery(Delivery):
    """A delivery with what came: `body` as text, where it is any."""

    headers: dict[str, str] | None
    query: str | None
    body: str | None


class DeliveryRow(Struct, frozen=True):
    id: UUID
    integration_id: UUID
    topic: str
    method: str
    size: int
    verified: bool
    test: bool
    status: DeliveryStatus
    why: str | None
    outcomes: list[DeliveryOutcome]
    attempts: int
    replayable: bool
    received_at: datetime
    processed_at: datetime | None


class RawRow(Struct, frozen=True):
    """What came, as it was."""

    headers: dict[str, str] | None
    query: str | None
    body: bytes | None


class ReadRow(Struct, frozen=True):
    """A delivery that is to be read, with what its integration says about it."""

    id: UUID
    integration_id: UUID
    kind: str
    shop: str
    aliases: dict[str, str]
    topic: str
    method: str
    headers: dict[str, str]
    query: str
    body: bytes
    verified: bool
    attempts: int
    received_at: datetime


class ListedDeliveries(Struct, frozen=True):
    """What a list of deliveries is narrowed to."""

    status: DeliveryStatus | None = None
    topic: str | None = None
    test: bool | None = None
    since: datetime | None = None
    until: datetime | None = None


DeliveryIds = Annotated[list[Annotated[str, Meta(max_length=40)]], Meta(min_length=1, max_length=1000)]
Statuses = Annotated[list[DeliveryStatus], Meta(min_length=1, max_length=6)]


class NewReplay(Struct, forbid_unknown_fields=True, rename={"since": "from", "until": "to"}):
    """Which deliveries are read again: those named, or those received in a span of time, or of a status.
    At least one of these is given; together they narrow each other."""

    delivery_ids: DeliveryIds | None = None
    since: Time | None = None
    until: Time | None = None
    statuses: Statuses | None = None


class InboundReplay(Struct):
    """The job that reads them again: follow it at /v1/jobs/{id}. `matched`: how many there are; of those,
    `without_body` can't be read any more."""

    job: JobView
    matched: int
    without_body: int


class Matched(Struct, frozen=True):
    matched: int
    without_body: int


class ReplayCounts(Struct):
    """What became of a replay: deliveries by their status afterwards."""

    replayed: int
    by_status: dict[str, int]
