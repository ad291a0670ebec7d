"""Prices, each valid from a day on."""

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from service.influencers.schemas import Format, Platform, Source
from service.kit.money import Money, Price


class NewRate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The price of one post of a format, from today on or from `valid_from`; it ends the one before it."""

    platform: Platform
    format: Format
    price: Price
    tax_included: bool | None = None
    valid_from: date | None = None
    valid_to: Annotated[date, Meta(description="the last day")] | None = None
    source: Source | None = None


class RateCard(Struct, forbid_unknown_fields=True):
    """All prices of an influencer; what is not among them goes."""

    rates: Annotated[list[NewRate], Meta(max_length=500)]


class RateRow(Struct, frozen=True):
    id: UUID
    influencer_id: UUID
    platform: str
    format: str
    amount: int
    currency: str
    tax_included: bool | None
    valid_from: date
    valid_to: date | None
    source: str


class Rate(Struct):
    """A price. `valid_to` is its last day, null while nothing follows it."""

    id: str
    platform: Platform
    format: str
    price: Money
    tax_included: bool | None
    valid_from: date
    valid_to: date | None
    source: str
