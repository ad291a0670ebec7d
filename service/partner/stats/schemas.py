"""A partner's figures: what is asked for, sums as they are read, and what is answered."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct

from service.kit.money import Money
from service.links.stats.grouping import midnight

DateBasis = Literal["click", "event", "validation", "payout"]
Dimension = Literal["link", "coupon", "campaign", "product", "sub1"]


class Asked(Struct, frozen=True):
    """Local days, both ends included, and what they are in time; by day and by a dimension, or not."""

    first: dt.date
    last: dt.date
    zone: ZoneInfo
    starts_at: dt.datetime
    ends_at: dt.datetime
    by_day: bool
    dimension: Dimension | None
    basis: DateBasis
    limit: int

    @property
    def is_hourly(self) -> bool:
        """Whether every part that is summed by itself begins and ends with an hour of UTC."""
        ends = [midnight(day, self.zone) for day in self.days()] if self.by_day else [self.starts_at]
        return all(at == at.replace(minute=0, second=0, microsecond=0) for at in (*ends, self.ends_at))

    @property
    def is_grouped(self) -> bool:
        """Whether there are rows beside the totals."""
        return self.by_day or self.dimension is not None

    def days(self) -> list[dt.date]:
        """Every day of the span."""
        return [self.first + dt.timedelta(days=n) for n in range((self.last - self.first).days + 1)]


class Cell(Struct, frozen=True):
    """What was summed at a place: a day and a value; `rest`: of all values beyond the first.

    Its sums in order: of clicks gross, net, unique; of sales conversions, cancelled ones, the net in
    `currency`; of earned the amount in `currency` and `status`; of values how many values there are.
    `whole`: sales of everything, each conversion once.
    """

    kind: Literal["clicks", "sales", "earned", "values"]
    whole: bool
    date: dt.date | None
    value: str
    rest: bool
    currency: str | None
    status: str | None
    first: int
    second: int
    third: int


class NameRow(Struct, frozen=True):
    """What people know a link or a coupon by."""

    id: UUID
    name: str


class Clicks(Struct):
    """`gross`: all clicks; `net`: those that count; `unique`: of these, the first of a visitor an hour."""

    gross: int
    net: int
    unique: int


class Commissions(Struct):
    """Commissions in a currency by the state they are in now, in minor units.

    `earned` is what is or will be paid: pending, on_hold, payable and paid together, claw-backs taken off.
    `reversed` is what was earned and then lost to refunds or cancellations, `rejected` what was declined.
    `epc`: minor units that were earned a net click; null where clicks aren't told apart or there are none.
    """

    currency: str
    pending: int
    on_hold: int
    payable: int
    paid: int
    reversed: int
    rejected: int
    earned: int
    epc: float | None


class PartnerFigures(Struct):
    """`clicks` are null by coupon and by product: a click has neither.

    `conversions` counts those in which the partner has a part that is paid, cancelled ones apart; of a row
    that a conversion has several parts in, it counts once. `sales` is the partner's part of their net,
    after refunds, per currency. `conversion_rate`: conversions a net click.
    """

    clicks: Clicks | None
    conversions: int
    cancelled: int
    conversion_rate: float | None
    sales: list[Money]
    commissions: list[Commissions]


class PartnerStatsRow(PartnerFigures):
    """Figures of a day (`date`, from `starts_at` on) and of a value of the dimension.

    `value`: the id of a link, coupon or campaign, a product's id, a sub id; null where there is none.
    `name`: what people know a link or coupon by.
    """

    date: dt.date | None = None
    starts_at: dt.datetime | None = None
    value: str | None = None
    name: str | None = None


class OtherPartnerValues(PartnerFigures):
    """What lies beyond the first `limit` values: how many they are, and their figures."""

    values: int = 0


class PartnerStats(Struct, rename={"from_": "from"}):
    """A partner's figures over a span of days, both ends included.

    Every day has a row where no dimension is asked for; with one there are rows where something happened.
    """

    tz: str
    from_: Annotated[dt.date, Meta(description="first day")]
    to: Annotated[dt.date, Meta(description="last day")]
    group_by: list[str]
    date_basis: DateBasis
    totals: PartnerFigures
    data: list[PartnerStatsRow]
    other_values: OtherPartnerValues | None
