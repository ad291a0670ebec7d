"""Reported totals: lines of a marketplace's panel, and their sums."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from service.kit.money import Money

GroupBy = Literal["network", "partner", "link", "tracking_id", "campaign", "product", "state", "day", "shop"]


class ReportedLine(Struct):
    """A line of a panel's report, as the marketplace states it: nothing in it is an order of ours, and it
    earns no commission. `orders`, `items`, `clicks` and amounts are null where the report has no such column.
    `starts_on`, `ends_on`: the days that it is about, both included."""

    id: str
    network: str
    shop: str
    starts_on: date
    ends_on: date
    tracking_id: str
    sub_id: str
    campaign: str
    product_id: str
    reference: str
    state: str
    clicks: int | None
    orders: int | None
    items: int | None
    sales: Money | None
    returns: Money | None
    commission: Money | None
    link_id: str | None
    partner_id: str | None
    import_id: str
    created_at: datetime
    updated_at: datetime


class ReportedSum(Struct):
    """The sum of the lines of one group and currency. `group`: its value, null for lines that have none (a
    partner that nobody could be found for)."""

    group: str | None
    currency: str
    lines: int
    clicks: int
    orders: int
    items: int
    sales: Money
    returns: Money
    commission: Money


class ReportedTotals(Struct):
    """Sums of what panels report, by group and currency; `basis` says that they are no orders."""

    basis: Literal["network_report"]
    group_by: GroupBy
    data: list[ReportedSum]
    truncated: bool


class ReportedRow(Struct, frozen=True):
    id: UUID
    network: str
    shop: str
    starts_on: date
    ends_on: date
    tracking_id: str
    sub_id: str
    campaign: str
    product_id: str
    reference: str
    state: str
    currency: str
    clicks: int | None
    orders: int | None
    items: int | None
    sales: int | None
    returns: int | None
    commission: int | None
    link_id: UUID | None
    partner_id: UUID | None
    import_id: UUID
    created_at: datetime
    updated_at: datetime


class SumRow(Struct, frozen=True):
    group: str | None
    currency: str
    lines: int
    clicks: int
    orders: int
    items: int
    sales: int
    returns: int
    commission: int


class Wanted(Struct, frozen=True):
    """What lines are narrowed to. `since`, `until`: days; a line that reaches into them is among them."""

    network: str | None = None
    shop: str | None = None
    partner_id: UUID | None = None
    link_id: UUID | None = None
    tracking_id: str | None = None
    state: str | None = None
    since: date | None = None
    until: date | None = None


class LineKey(Struct, frozen=True, order=True):
    """What makes two lines of reports the same one: a later report of it replaces the figures."""

    network: str
    shop: str
    starts_on: date
    ends_on: date
    tracking_id: str
    sub_id: str
    campaign: str
    product_id: str
    reference: str
    state: str
    currency: str


class Figures(Struct, frozen=True):
    """The figures of a line; None: the report has no such column."""

    clicks: int | None
    orders: int | None
    items: int | None
    sales: int | None
    returns: int | None
    commission: int | None


class StoredLine(LineKey, frozen=True):
    """A line that is there, with its figures."""

    clicks: int | None
    orders: int | None
    items: int | None
    sales: int | None
    returns: int | None
    commission: int | None


class NewLine(StoredLine, frozen=True):
    """A line as it is written."""

    id: UUID
    link_id: UUID | None
    partner_id: UUID | None


class TrackedLink(Struct, frozen=True):
    """Whose link has a tracking id: the link where it is one alone, the partner where it is one's alone."""

    network: str
    tracking_id: str
    link_id: UUID | None
    partner_id: UUID | None


class ReportedClick(Struct, frozen=True):
    """The link and partner of a click."""

    click_id: UUID
    link_id: UUID | None
    partner_id: UUID | None
