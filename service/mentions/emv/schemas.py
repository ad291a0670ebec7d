"""/v1/emv: what is sent, and what is shown."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from service.influencers.schemas import Count, Name
from service.kit.money import Currency, Money
from service.mentions.emv.valuing import Exposure, Metric, Reason
from service.mentions.schemas import Code

Of = Literal["posts", "mentions"]
# Ten million of any currency for a thousand of anything.
PerThousand = Annotated[int, Meta(ge=0, le=10**9, description="minor units per 1,000", examples=[800])]


class EmvRate(Struct, frozen=True, forbid_unknown_fields=True):
    """What a thousand views, likes, ... of a platform would have cost; `platform` null: of all others."""

    platform: Code | None
    metric: Metric
    per_thousand: PerThousand


class NewRateTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of rates; one of a name that exists is its next version.

    `source` says where the prices come from, and `as_of` of which day they are. `exposure`: views and
    impressions of a post are one exposure, so the first is priced where it is known, else the second; `both`
    prices each.
    """

    name: Name
    currency: Currency
    exposure: Exposure = "views_first"
    as_of: date
    source: Annotated[str, Meta(min_length=1, max_length=2_000, pattern=r"\S")]
    rates: Annotated[list[EmvRate], Meta(min_length=1, max_length=500)]


class RateTableRow(Struct):
    id: UUID
    name: str
    version: int
    currency: str
    exposure: Exposure
    as_of: date
    source: str
    rates: list[EmvRate]
    created_by: str
    created_at: datetime
    archived_at: datetime | None


class RateTable(Struct):
    """A version of a table of rates, which never changes. `id` is `builtin` or `emt_...`."""

    id: str
    name: str
    version: int
    built_in: bool
    currency: str
    exposure: Exposure
    as_of: date
    source: str
    rates: list[EmvRate]
    created_by: str | None
    created_at: datetime | None
    archived_at: datetime | None


class EmvWords(Struct, frozen=True):
    """A sentence in both languages."""

    tr: str
    en: str


class EmvTable(Struct, frozen=True):
    """By which rates a figure was made."""

    id: str
    name: str
    version: int
    as_of: date
    source: str


class EmvMethod(Struct, frozen=True):
    """How a figure was made; the same in every figure."""

    table: EmvTable
    formula: str
    exposure: Exposure
    rounding: Literal["half_even_per_line"]
    note: EmvWords


class EmvLine(Struct):
    """A metric of a platform. Of `items`, `known` have the figure, and `counted` of them are priced here:
    `quantity` is their sum (of the known ones, where none is priced).

    `value` = quantity x per_thousand / 1,000; null with a reason: `no_figures`, `no_rate`, `counted_once`
    (each is counted as a view, or as an impression, already), `too_large`. `rate_of`: the platform whose rate
    it is, or `any`.
    """

    platform: str
    metric: Metric
    items: int
    known: int
    counted: int
    quantity: int | None
    per_thousand: Money | None
    rate_of: str | None
    value: Money | None
    reason: Reason | None


class EmvPlatform(Struct):
    """The sum of a platform's lines."""

    platform: str
    items: int
    value: Money | None
    reason: Reason | None


class EmvCoverage(Struct):
    """What the value rests on: `valued` of `items` have a priced figure. The others know none at all, or only
    such as the table has no rate for; they are worth nothing here, which is not 0."""

    items: int
    valued: int
    without_figures: int
    without_rate: int
    share: float | None


class Emv(Struct):
    """Earned media value. No part of any score: it has no standard, and the method is told with it."""

    of: Of | Literal["given"]
    since: datetime | None
    until: datetime | None
    value: Money | None
    reason: Reason | None
    method: EmvMethod
    coverage: EmvCoverage
    platforms: list[EmvPlatform]
    lines: list[EmvLine]


class GivenFigures(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Figures of one post, or of anything else; what is not known is left out."""

    platform: Code
    view: Count | None = None
    impression: Count | None = None
    like: Count | None = None
    comment: Count | None = None
    share: Count | None = None
    save: Count | None = None
    click: Count | None = None


class EmvTrial(Struct, frozen=True, forbid_unknown_fields=True):
    """Figures to value; `table` as in GET /v1/emv."""

    figures: Annotated[list[GivenFigures], Meta(min_length=1, max_length=1_000)]
    table: Annotated[str, Meta(max_length=40)] | None = None


class FigureRow(Struct):
    """Items of a platform that know the same figures, and their sums (null: none of them knows it)."""

    platform: str
    items: int
    views: Decimal | None
    impressions: Decimal | None
    likes: Decimal | None
    comments: Decimal | None
    shares: Decimal | None
    saves: Decimal | None
