"""A partner's links."""

from datetime import datetime
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from service.influencers.schemas import Platform
from service.links.catalogue.schemas import (
    Address,
    Code,
    Health,
    LinkStatus,
    OuterId,
    SettableStatus,
    SubId,
    Title,
)
from service.links.redirect import Mode

MadeBy = Literal["partner", "brand"]


class NewPartnerLink(Struct, forbid_unknown_fields=True):
    """A deep link. `url`: a page on one of the brand's hosts (GET /v1/partner/destinations). `sub1` to
    `sub5`: the partner's own marks, which come back with clicks and conversions. `coupon_id`: one of the
    partner's coupons, which the link shows."""

    url: Address
    code: Code | None = None
    title: Title | None = None
    coupon_id: OuterId | None = None
    platform: Platform | None = None
    sub1: SubId | None = None
    sub2: SubId | None = None
    sub3: SubId | None = None
    sub4: SubId | None = None
    sub5: SubId | None = None


class PartnerLinkPatch(Struct, forbid_unknown_fields=True):
    """What is left out stays; so does the code, for ever. `status` retires a link and revives it."""

    url: Address | UnsetType = UNSET
    title: Title | UnsetType | None = UNSET
    coupon_id: OuterId | UnsetType | None = UNSET
    platform: Platform | UnsetType | None = UNSET
    sub1: SubId | UnsetType | None = UNSET
    sub2: SubId | UnsetType | None = UNSET
    sub3: SubId | UnsetType | None = UNSET
    sub4: SubId | UnsetType | None = UNSET
    sub5: SubId | UnsetType | None = UNSET
    status: SettableStatus | UnsetType = UNSET


class PartnerLink(Struct):
    """A link of the partner's; `short_url` is what is given out. `blocked`: it leads to a host that the brand
    has taken off its list. `health`: what the last look at its destination found. Those that are `made_by`
    the brand can't be changed here."""

    id: str
    short_url: str
    code: str
    url: str
    title: str | None
    status: LinkStatus
    made_by: MadeBy
    mode: Mode
    platform: Platform | None
    campaign_id: str | None
    coupon_id: str | None
    sub1: str | None
    sub2: str | None
    sub3: str | None
    sub4: str | None
    sub5: str | None
    health: Health | None
    checked_at: datetime | None
    expires_at: datetime | None
    created_at: datetime
    updated_at: datetime


class Destinations(Struct):
    """Where links may lead: hosts; `*.x` are all names below x."""

    hosts: list[str]
