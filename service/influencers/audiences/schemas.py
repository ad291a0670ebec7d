"""Whom an account reaches: shares of its audience by dimension."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from service.influencers.schemas import Source, Time

Dimension = Literal[
    "country",
    "city",
    "age",
    "gender",
    "interests",
    "language",
    "income",
    "education",
    "occupation",
    "brand_affinity",
    "active_hour",
]
Code = Annotated[str, Meta(min_length=1, max_length=100, examples=["TR-34"])]
MOST_SHARES = 2_000


class AudienceShare(Struct, frozen=True, forbid_unknown_fields=True):
    """The share of the audience that a code has: TR-34 in city, 18-24 in age, mon-20 in active_hour."""

    dimension: Dimension
    code: Code
    share: Annotated[float, Meta(ge=0, le=1)]


class NewAudience(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A distribution of one source on one day; it replaces what is known of that source and day."""

    source: Source = "api"
    as_of: Time | None = None
    sample_size: Annotated[int, Meta(ge=1, le=10**12)] | None = None
    distributions: Annotated[list[AudienceShare], Meta(min_length=1, max_length=MOST_SHARES)]


class AudienceRow(Struct):
    account_id: UUID
    as_of: datetime
    source: str
    sample_size: int | None
    dimensions: list[str]
    codes: list[str]
    shares: list[float]


class KnownRow(Struct):
    source: str
    as_of: datetime
    sample_size: int | None


class KnownAudience(Struct):
    """A distribution that can be asked for."""

    source: str
    as_of: datetime
    sample_size: int | None


class InfluencerAudience(Struct):
    """A distribution; `known` lists all that there are of the account, the newest first."""

    account_id: str
    source: str
    as_of: datetime
    sample_size: int | None
    distributions: list[AudienceShare]
    known: list[KnownAudience]


class CodeRow(Struct):
    id: int
    dimension: str
    code_folded: str


class HeldRow(Struct):
    account_id: UUID
    as_of: datetime
    source: str
    sample_size: int | None
    codes: list[int]
    shares: list[float]
    digests: list[int]
