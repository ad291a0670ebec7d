"""What web pages send, and what is kept of it."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from service.kit.money import Price

EventName = Literal["page_view", "content_view", "add_to_cart", "begin_checkout"]
Url = Annotated[str, Meta(max_length=2000, description="the page's address; only host and path are kept")]
EventId = Annotated[
    str, Meta(min_length=8, max_length=64, description="the page's own id of it: sent twice, kept once")
]
ClickId = Annotated[str, Meta(max_length=40, examples=["clk_01jd0000000000000000000000"])]


class NewTrackedClick(Struct, frozen=True, forbid_unknown_fields=True):
    """A visit of a page with `?via=`. `referrer`: the page's `document.referrer`."""

    via: Annotated[str, Meta(min_length=1, max_length=64, description="the link's `via`")]
    url: Url | None = None
    referrer: Annotated[str, Meta(max_length=2000)] | None = None
    event_id: EventId | None = None


class TrackedClick(Struct):
    """The click that a visit became. `counted`: false also where the page's site is not the workspace's."""

    click_id: str
    counted: bool


class NewSiteEvent(Struct, frozen=True, forbid_unknown_fields=True):
    """Something that was done on a page. `occurred_at`: else now; at most 7 days ago. `token`: of the cart or
    checkout, by which an order without a click id finds the click; only its digest is kept."""

    name: EventName
    click_id: ClickId | None = None
    url: Url | None = None
    product_id: Annotated[str, Meta(min_length=1, max_length=200)] | None = None
    value: Price | None = None
    occurred_at: datetime | None = None
    event_id: EventId | None = None
    token: Annotated[str, Meta(min_length=8, max_length=200)] | None = None


class SiteEvent(Struct):
    """The event that is kept; `duplicate`: it was there already."""

    id: str
    counted: bool
    duplicate: bool


class LinkRow(Struct, frozen=True):
    """What a tracked click takes of its link."""

    id: UUID
    partner_id: UUID | None
    campaign_id: UUID | None
    sub1: str | None
    sub2: str | None
    sub3: str | None
    sub4: str | None
    sub5: str | None
    cap: int | None
    expired: bool
    retired: bool


class KeyRow(Struct, frozen=True):
    """The click that an event of a page has become already."""

    click_id: UUID
    counted: bool


class EventRow(Struct, frozen=True):
    """An event that is kept."""

    id: UUID
    counted: bool
