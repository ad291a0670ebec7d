"""Links: what is sent, what is kept, what is shown."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from service.influencers.schemas import Country, Platform, Time
from service.links.networks import Network
from service.links.redirect import Device, Mode, Target

LinkStatus = Literal["active", "expired", "blocked", "retired"]
SettableStatus = Literal["active", "retired"]
Health = Literal["ok", "dead", "unsure", "refused"]

OuterId = Annotated[str, Meta(max_length=40)]
Address = Annotated[str, Meta(min_length=1, max_length=2_000, examples=["https://shop.example/summer"])]
Code = Annotated[
    str,
    Meta(
        min_length=3,
        max_length=64,
        description="3 to 64 letters, digits, - and _; case and Turkish letters make no difference",
        examples=["summer-26"],
    ),
]
HostName = Annotated[str, Meta(min_length=1, max_length=253, examples=["go.shop.example"])]
Title = Annotated[str, Meta(min_length=1, max_length=200)]
SubId = Annotated[str, Meta(min_length=1, max_length=200)]
Template = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=200,
        description="text with macros such as {partner}, {platform}, {code}, {click_id}",
        examples=["{partner}"],
    ),
]
Weight = Annotated[int, Meta(ge=0, le=1_000, description="shares visits among equal targets; 0 rests")]
Cap = Annotated[int, Meta(ge=1, le=1_000_000_000, description="counted clicks after which the link closes")]
TrackingId = Annotated[
    str, Meta(min_length=1, max_length=200, pattern=r"^[!-~]+$", description="the network's id of the sender")
]
ExternalId = Annotated[str, Meta(min_length=1, max_length=200, description="another system's id of the link")]
LinkLanguage = Annotated[str, Meta(pattern="^[a-z]{2}$", description="ISO 639-1", examples=["tr"])]


class LinkTarget(Struct, forbid_unknown_fields=True):
    """A destination for some visits. An empty list is any country, device or language.

    Of the targets that match a visit, those with the most conditions compete by weight; where none matches,
    the link's own `url` is the destination.
    """

    url: Address
    weight: Weight = 1
    countries: Annotated[list[Country], Meta(max_length=250)] = []
    devices: Annotated[list[Device], Meta(max_length=4)] = []
    languages: Annotated[list[LinkLanguage], Meta(max_length=50)] = []


class Utm(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Templates of the utm_ parameters. One that is left empty when it is filled in is not appended."""

    source: Template | None = None
    medium: Template | None = None
    campaign: Template | None = None
    term: Template | None = None
    content: Template | None = None
    id: Template | None = None


class NewLink(Struct, forbid_unknown_fields=True):
    """A link. Without a `code` it gets one that nobody can guess.

    `host`: one of the workspace's `link_hosts`; without it the link lies under the service's own. `via`: the
    value of `?via=` by which the destination's own page knows the link; a `direct` link has its code.
    `fallback_url`: where visitors go when the link is retired, has expired or is over its `cap`.
    """

    url: Address
    code: Code | None = None
    host: HostName | None = None
    title: Title | None = None
    partner_id: OuterId | None = None
    campaign_id: OuterId | None = None
    coupon_id: OuterId | None = None
    sub1: SubId | None = None
    sub2: SubId | None = None
    sub3: SubId | None = None
    sub4: SubId | None = None
    sub5: SubId | None = None
    targets: Annotated[list[LinkTarget], Meta(max_length=20)] = []
    utm: Utm = Utm()
    mode: Mode = "redirect"
    via: Code | None = None
    platform: Platform | None = None
    network: Network | None = None
    tracking_id: TrackingId | None = None
    cap: Cap | None = None
    expires_at: Time | None = None
    fallback_url: Address | None = None
    external_id: ExternalId | None = None


class LinkPatch(Struct, forbid_unknown_fields=True):
    """What is left out stays. A code and its host stay for ever: they are printed somewhere."""

    url: Address | UnsetType = UNSET
    title: Title | UnsetType | None = UNSET
    partner_id: OuterId | UnsetType | None = UNSET
    campaign_id: OuterId | UnsetType | None = UNSET
    coupon_id: OuterId | UnsetType | None = UNSET
    sub1: SubId | UnsetType | None = UNSET
    sub2: SubId | UnsetType | None = UNSET
    sub3: SubId | UnsetType | None = UNSET
    sub4: SubId | UnsetType | None = UNSET
    sub5: SubId | UnsetType | None = UNSET
    targets: Annotated[list[LinkTarget], Meta(max_length=20)] | UnsetType = UNSET
    utm: Utm | UnsetType = UNSET
    mode: Mode | UnsetType = UNSET
    via: Code | UnsetType | None = UNSET
    platform: Platform | UnsetType | None = UNSET
    network: Network | UnsetType | None = UNSET
    tracking_id: TrackingId | UnsetType | None = UNSET
    cap: Cap | UnsetType | None = UNSET
    expires_at: Time | UnsetType | None = UNSET
    fallback_url: Address | UnsetType | None = UNSET
    external_id: ExternalId | UnsetType | None = UNSET
    status: SettableStatus | UnsetType = UNSET


class Values(Struct, frozen=True):
    """A link as the table holds it, but for its id."""

    host: str | None
    code: str
    url: str
    hosts: list[str]
    title: str | None
    folded: str
    partner_id: UUID | None
    campaign_id: UUID | None
    coupon_id: UUID | None
    sub1: str | None
    sub2: str | None
    sub3: str | None
    sub4: str | None
    sub5: str | None
    targets: tuple[Target, ...]
    utm: dict[str, str]
    mode: Mode
    via: str | None
    platform: Platform | None
    network: Network | None
    tracking_id: str | None
    cap: int | None
    expires_at: datetime | None
    fallback_url: str | None
    external_id: str | None


class LinkRow(Struct):
    id: UUID
    host: str | None
    code: str
    url: str
    title: str | None
    partner_id: UUID | None
    partner: str | None
    campaign_id: UUID | None
    coupon_id: UUID | None
    sub1: str | None
    sub2: str | None
    sub3: str | None
    sub4: str | None
    sub5: str | None
    targets: tuple[Target, ...]
    utm: dict[str, str]
    mode: Mode
    via: str | None
    platform: Platform | None
    network: Network | None
    tracking_id: str | None
    cap: int | None
    expires_at: datetime | None
    fallback_url: str | None
    external_id: str | None
    status: LinkStatus
    health: Health | None
    health_code: int | None
    health_reason: str | None
    checked_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime


class LinkHealth(Struct):
    """What the last check of the link's destinations found, the worst of them.

    `unsure`: it answered, but not to us (a log-in, a wall against robots, its own fault); `refused`: it leads
    to a place that is not of the public web, so it was not asked.
    """

    result: Health
    status_code: int | None
    reason: str | None
    checked_at: datetime


class Link(Struct):
    """A link. `short_url` is what is given out: for `direct`, the destination itself with its `?via=`.

    `status`: `blocked` where it leads to a host that is no longer among the workspace's destination_hosts.
    """

    id: str
    short_url: str
    code: str
    host: str | None
    url: str
    title: str | None
    status: LinkStatus
    partner_id: str | None
    campaign_id: str | None
    coupon_id: str | None
    sub1: str | None
    sub2: str | None
    sub3: str | None
    sub4: str | None
    sub5: str | None
    targets: list[LinkTarget]
    utm: Utm
    mode: Mode
    via: str | None
    platform: Platform | None
    network: Network | None
    tracking_id: str | None
    cap: int | None
    expires_at: datetime | None
    fallback_url: str | None
    external_id: str | None
    health: LinkHealth | None
    created_at: datetime
    updated_at: datetime


class Listed(Struct, frozen=True):
    """What a list of links is narrowed to. `q`: folded. `host`: '' for the service's own."""

    ids: list[UUID] | None = None
    partner_id: UUID | None = None
    campaign_id: UUID | None = None
    coupon_id: UUID | None = None
    status: LinkStatus | None = None
    health: Health | None = None
    host: str | None = None
    q: str | None = None


class KnownRow(Struct):
    """A link that was made by the same item before."""

    key: str
    id: UUID
    code: str
    host: str | None
