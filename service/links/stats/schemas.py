"""Statistics of clicks."""

import datetime as dt
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct


class Cell(Struct, frozen=True):
    """Sums of a stretch of time and a value; None where it is not asked for."""

    date: dt.date | None
    hour: dt.datetime | None
    value: str | None
    gross: int
    net: int
    uniques: int


class Sums(Struct, frozen=True):
    """Sums over everything that is asked about."""

    gross: int
    net: int
    uniques: int
    values: int


class Figures(Struct):
    """`gross`: all clicks; `net`: those that count; `unique`: of these, the first of a visitor an hour."""

    gross: int
    net: int
    unique: int


class StatsRow(Struct, omit_defaults=True):
    """One row. `date` and `starts_at` with day or hour; `value` with a dimension: null, where not known."""

    gross: int
    net: int
    unique: int
    date: dt.date | None = None
    starts_at: dt.datetime | None = None
    tz: str | None = None
    value: str | None = None


class OtherValues(Struct):
    """What lies beyond the first `limit` values: how many they are, and their sums."""

    values: int
    gross: int
    net: int
    unique: int


class Stats(Struct, rename={"from_": "from"}):
    """Statistics of a span of days, both ends included.

    Rows stand in the order of time, then of gross clicks. Every day (or hour) has a row where no dimension
    is asked for; with one there are rows where there are clicks.
    """

    tz: str
    from_: Annotated[dt.date, Meta(description="first day")]
    to: Annotated[dt.date, Meta(description="last day")]
    group_by: list[str]
    totals: Figures
    data: list[StatsRow]
    other_values: OtherValues | None


class LiveRow(Struct, frozen=True):
    """A link's clicks of today so far, and its newest."""

    gross: int
    net: int
    uniques: int
    last_hour: int
    newest_at: dt.datetime | None


class LiveView(Struct):
    """A link's clicks as they come: today's in the asked time zone, gross clicks of the last 60 minutes."""

    link_id: str
    tz: str
    date: dt.date
    today: Figures
    last_hour: int
    last_click_at: dt.datetime | None


class OfLinks(Struct, frozen=True):
    """Whose clicks: of a link, a partner, a campaign, or (all None) of the workspace."""

    link_id: UUID | None = None
    partner_id: UUID | None = None
    campaign_id: UUID | None = None
