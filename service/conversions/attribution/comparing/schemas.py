"""Comparisons of attribution models: what is asked, what is read, what is answered."""

import datetime as dt
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import Meta, Struct

from service.kit.money import Money
from service.programs.terms import ReportModel

Basis = Literal["net", "amount"]


class Question(Struct, frozen=True):
    """A span of local days, both ends included, in the zone `tz`. `window_days`: None for each program's."""

    first: dt.date
    last: dt.date
    tz: str
    campaign_id: UUID | None
    models: tuple[ReportModel, ...]
    basis: Basis
    window_days: int | None


class Within(Struct, frozen=True):
    """Which conversions are compared, and how long touches count: `program_days[n]` of `programs[n]`."""

    since: dt.datetime
    before: dt.datetime
    campaign_id: UUID | None
    basis: Basis
    window_days: int | None
    programs: list[UUID]
    program_days: list[int]


class WindowRow(Struct, frozen=True):
    """How long clicks count in a program, by its terms of today."""

    program_id: UUID
    days: int


class PathRow(Struct, frozen=True):
    """Conversions that went the same way; `path`: partners in the order of their touches, None without."""

    currency: str
    path: list[UUID] | None
    conversions: int
    value: int


class DecayRow(Struct, frozen=True):
    """What time decay gives a partner, before it is rounded."""

    currency: str
    partner_id: UUID
    conversions: Any
    value: Any


class Credit(Struct, frozen=True):
    """What a model credits a partner with: ten-thousandths of conversions, and minor units."""

    conversions: int
    value: int


class Row(Struct, frozen=True):
    """A partner's credits in a currency by model."""

    partner_id: UUID
    currency: str
    credits: dict[str, Credit]


class Total(Struct, frozen=True):
    """All conversions of a currency, and of these those that any touch of a partner speaks for."""

    currency: str
    conversions: int
    value: int
    touched: int
    touched_value: int


class Figures(Struct, frozen=True):
    """A comparison as it is kept: the partner with the largest credit first."""

    totals: list[Total]
    rows: list[Row]


class ComparisonRow(Struct):
    """A question that was asked, and its answer as soon as there is one."""

    key: bytes
    question: Question
    body: bytes | None
    job_id: UUID | None
    computed_at: dt.datetime | None


class Compare(Struct):
    """The job's payload: the question's key as hex."""

    key: str


class Compared(Struct):
    """What the job has come to; the request that started it answers with it now."""

    conversions: int
    partners: int


class ModelCredit(Struct):
    """Of each conversion a model gives partners parts that add up to it; so `conversions` has fractions."""

    conversions: float
    value: Money


class PartnerCredits(Struct):
    """What each model credits a partner with, in one currency."""

    partner_id: str
    name: str | None
    currency: str
    models: dict[str, ModelCredit]


class OtherPartners(Struct):
    """The sums of partners beyond the first `limit`, of one currency."""

    partners: int
    currency: str
    models: dict[str, ModelCredit]


class CurrencyTotal(Struct):
    """`attributed`: of conversions with a touch of a partner, which every model shares out to the last minor
    unit; `unattributed`: of the others."""

    currency: str
    conversions: int
    value: Money
    attributed_conversions: int
    attributed: Money
    unattributed_conversions: int
    unattributed: Money


class ModelComparison(Struct, rename={"from_": "from"}):
    """All models over the same conversions. `computed_at`: large spans are computed at most every ten
    minutes."""

    from_: Annotated[dt.date, Meta(description="first day")]
    to: Annotated[dt.date, Meta(description="last day, included")]
    tz: str
    campaign_id: str | None
    basis: Basis
    window_days: int | None
    models: list[ReportModel]
    computed_at: dt.datetime
    totals: list[CurrencyTotal]
    data: list[PartnerCredits]
    other_partners: list[OtherPartners]
