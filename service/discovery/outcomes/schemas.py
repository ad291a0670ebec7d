"""Finished collaborations as they are stored, listed and asked for."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from service.influencers.schemas import Platform
from service.kit.money import Price


class NamedRow(Struct):
    """Something under the number of the row that asked for it; `several`: there is more than one."""

    n: int
    id: UUID
    several: bool


class PutRow(Struct):
    """A row that was written."""

    key: str
    created: bool


class OutcomeRow(Struct):
    """A collaboration; `influencer_id` is of the profile that stands, where several were merged."""

    id: UUID
    influencer_id: UUID
    influencer_name: str
    brand_id: UUID | None
    brand_name: str | None
    platform: str | None
    format: str | None
    finished_at: datetime
    price: int | None
    cost: int | None
    currency: str | None
    conversions: int | None
    engagements: int | None
    exclusive_until: datetime | None
    external_id: str | None
    source: str
    created_at: datetime
    updated_at: datetime


class ListedOutcomes(Struct, frozen=True):
    """What a list is narrowed to; None leaves a filter out."""

    ids: list[UUID] | None = None
    influencer_id: UUID | None = None
    brand_id: UUID | None = None
    platform: str | None = None
    since: datetime | None = None
    until: datetime | None = None


class OutcomeView(Struct):
    """A finished collaboration: what it cost and what it brought.

    `brand_id` is null where there is no brand of that name in the workspace yet. `exclusive_until`: until
    then the influencer works for no competitor of the brand.
    """

    id: str
    influencer_id: str
    influencer_name: str
    brand_id: str | None
    brand_name: str | None
    platform: Platform | None
    format: str | None
    finished_at: datetime
    price: Price | None
    cost: Price | None
    conversions: int | None
    engagements: int | None
    exclusive_until: datetime | None
    external_id: str | None
    source: str
    created_at: datetime
    updated_at: datetime
