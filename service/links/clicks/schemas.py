"""Clicks as they are read, one by one."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from litestar.params import QueryParameter
from msgspec import Struct

Kind = Literal["redirect", "track"]


class Click(Struct, kw_only=True):
    """A click as it was recorded. Who made it nobody can tell from it.

    `kind`: `redirect` for a link that was followed, `track` for a page that was opened with `?via=`.
    `target`: which of the link's targets it was led to. `counted` false: it is in the gross figures alone,
    and `reasons` says why; rules that change may change that. `unique`: the first one of a visitor on the
    link in an hour.
    """

    id: str
    link_id: str
    partner_id: str | None
    campaign_id: str | None
    clicked_at: datetime
    kind: Kind
    target: int | None
    unique: bool
    counted: bool
    reasons: list[str]
    country: str | None
    language: str | None
    device: str | None
    os: str | None
    browser: str | None
    in_app: str | None
    referrer_host: str | None
    platform: str | None
    sub1: str | None
    sub2: str | None
    sub3: str | None
    sub4: str | None
    sub5: str | None


class ClickRow(Struct):
    """A click's columns, without its visitor."""

    id: UUID
    link_id: UUID
    partner_id: UUID | None
    campaign_id: UUID | None
    clicked_at: datetime
    kind: Kind
    target: int | None
    unique: bool
    counted: bool
    reasons: list[str]
    country: str | None
    language: str | None
    device: str | None
    os: str | None
    browser: str | None
    in_app: str | None
    referrer_host: str | None
    platform: str | None
    sub1: str | None
    sub2: str | None
    sub3: str | None
    sub4: str | None
    sub5: str | None


After = tuple[datetime, UUID]
Since = Annotated[
    datetime | None, QueryParameter(name="from", description="clicks at or after this time; with its offset")
]
Before = Annotated[datetime | None, QueryParameter(name="to", description="clicks before this time")]
Counted = Annotated[
    bool | None, QueryParameter(description="only those that count, or only those that do not")
]
Unique = Annotated[
    bool | None, QueryParameter(description="only first ones of a visitor in an hour, or only the others")
]
WithReason = Annotated[
    str | None, QueryParameter(max_length=40, description="only those that do not count for this reason")
]
InCountry = Annotated[
    str | None,
    QueryParameter(min_length=2, max_length=2, description="only those from this country, such as TR"),
]
