"""Influencers' profiles."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from service.influencers.accounts.schemas import Account, NewAccount
from service.influencers.rates.schemas import NewRate, Rate
from service.influencers.schemas import (
    Country,
    Email,
    Label,
    Labels,
    Languages,
    LongText,
    Name,
    Phone,
    ShortText,
    Source,
    Time,
    Url,
)

Role = Literal["self", "manager", "agency"]
Included = Literal["accounts", "rates", "contacts"]
LegalBasis = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=200,
        description="on what ground the data is kept",
        examples=["legitimate_interest", "consent", "contract", "made_public"],
    ),
]
# What is said of a profile whose collector said nothing.
UNSTATED = "unstated"


class NewContact(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody to write to."""

    role: Role = "self"
    name: Name | None = None
    email: Email | None = None
    phone: Phone | None = None


Contacts = Annotated[list[NewContact], Meta(max_length=50)]


class NewInfluencer(Struct, kw_only=True, forbid_unknown_fields=True):
    """A profile, with accounts, contacts and prices if there are any."""

    name: Name
    avatar_url: Url | None = None
    country: Country | None = None
    city: Label | None = None
    languages: Languages = []
    categories: Labels = []
    bio: LongText | None = None
    tags: Labels = []
    notes: LongText | None = None
    owner: ShortText | None = None
    source: Source = "api"
    legal_basis: LegalBasis = UNSTATED
    collected_at: Time | None = None
    contacts: Contacts = []
    accounts: Annotated[list[NewAccount], Meta(max_length=50)] = []
    rates: Annotated[list[NewRate], Meta(max_length=500)] = []


class InfluencerPatch(Struct, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is; lists are replaced. What a person writes here, imports leave alone."""

    name: Name | UnsetType = UNSET
    avatar_url: Url | UnsetType | None = UNSET
    country: Country | UnsetType | None = UNSET
    city: Label | UnsetType | None = UNSET
    languages: Languages | UnsetType = UNSET
    categories: Labels | UnsetType = UNSET
    bio: LongText | UnsetType | None = UNSET
    tags: Labels | UnsetType = UNSET
    notes: LongText | UnsetType | None = UNSET
    owner: ShortText | UnsetType | None = UNSET
    source: Source | UnsetType = UNSET
    legal_basis: LegalBasis | UnsetType = UNSET
    collected_at: Time | UnsetType = UNSET
    contacts: Contacts | UnsetType = UNSET


class InfluencerRow(Struct):
    id: UUID
    name: str
    avatar_url: str | None
    country: str | None
    city: str | None
    languages: list[str]
    categories: list[str]
    bio: str | None
    tags: list[str]
    notes: str | None
    owner: str | None
    source: str
    legal_basis: str
    collected_at: datetime
    opted_out_at: datetime | None
    opt_out_reason: str | None
    archived_at: datetime | None
    merged_into: UUID | None
    version: int
    created_at: datetime
    updated_at: datetime


class ContactRow(Struct):
    id: UUID
    influencer_id: UUID
    role: Role
    name: str | None
    email: str | None
    phone: str | None


class Contact(Struct):
    """Somebody to write to."""

    id: str
    role: Role
    name: str | None
    email: str | None
    phone: str | None


class Influencer(Struct):
    """A profile. Accounts, rates (all of them, with their days) and contacts as `include` asks."""

    id: str
    name: str
    avatar_url: str | None
    country: str | None
    city: str | None
    languages: list[str]
    categories: list[str]
    bio: str | None
    tags: list[str]
    notes: str | None
    owner: str | None
    source: str
    legal_basis: str
    collected_at: datetime
    opted_out: bool
    opted_out_at: datetime | None
    opt_out_reason: str | None
    archived_at: datetime | None
    merged_into: str | None
    version: int
    created_at: datetime
    updated_at: datetime
    accounts: list[Account] | UnsetType = UNSET
    rates: list[Rate] | UnsetType = UNSET
    contacts: list[Contact] | UnsetType = UNSET


class Filters(Struct, frozen=True):
    """What a list is narrowed to; None leaves a filter out."""

    ids: list[UUID] | None = None
    platform: str | None = None
    tag: str | None = None
    archived: bool | None = None
    opted_out: bool = False
    updated_since: datetime | None = None


IdKey = tuple[UUID]
