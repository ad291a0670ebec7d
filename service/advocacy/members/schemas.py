"""Advocates: customers, fans, employees and influencers who bring the next ones."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from service.advocacy.terms.shapes import JoinedBy, Member, Tier
from service.influencers.schemas import Email, Label, Name, Time
from service.links.catalogue.schemas import Address

AdvocateStatus = Literal["guest", "active", "paused", "left"]
OuterId = Annotated[str, Meta(max_length=40)]
ExternalId = Annotated[str, Meta(min_length=1, max_length=200)]
DeedKind = Literal["review", "content", "mention", "comment", "share"]


class JoiningConsent(Struct, frozen=True, forbid_unknown_fields=True):
    """That somebody agreed to take part: when, and to which version of the text."""

    at: Time
    text: Label


class NewAdvocate(Struct, forbid_unknown_fields=True):
    """Somebody who joins. `external_id` (in `shop`) or `email` says which customer they are; of both only a
    keyed hash is kept to know them by, and the address with the partner. `url`: where the personal link
    leads; without it there is none. `code`: the personal coupon; without it there is none. `join_on`: who
    agreed to, but joins by their first purchase or positive mention only; a guest until then."""

    program_id: OuterId
    consent: JoiningConsent
    member: Member = "customer"
    name: Name | None = None
    email: Email | None = None
    external_id: ExternalId | None = None
    shop: Annotated[str, Meta(max_length=200)] = ""
    influencer_id: OuterId | None = None
    url: Address | None = None
    code: Annotated[str, Meta(min_length=1, max_length=64)] | None = None
    board_name: Name | None = None
    joined_by: Literal["api", "page"] = "api"
    join_on: Literal["purchase", "mention"] | None = None


class AdvocatePatch(Struct, forbid_unknown_fields=True):
    """What is left out stays. `board_name`: shown on the leaderboard; null takes it off. One who `left`
    keeps what was earned, and earns no more."""

    tier: Tier | UnsetType | None = UNSET
    board_name: Name | UnsetType | None = UNSET
    status: Literal["active", "paused", "left"] | UnsetType = UNSET


class AdvocateRow(Struct):
    id: UUID
    program_id: UUID
    partner_id: UUID
    influencer_id: UUID | None
    name: str
    member: Member
    joined_by: JoinedBy | None
    join_on: Literal["purchase", "mention"] | None
    status: AdvocateStatus
    tier: str | None
    board_name: str | None
    consent_at: datetime | None
    consent_text: str | None
    referral_id: UUID | None
    link_id: UUID | None
    coupon_id: UUID | None
    code: str | None
    referrals: int
    qualified: int
    joined_at: datetime | None
    erased_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime


class AdvocateBrief(Struct):
    """What earning and redeeming need of an advocate: nothing of it is counted anew."""

    id: UUID
    program_id: UUID
    partner_id: UUID
    status: AdvocateStatus
    tier: str | None
    link_id: UUID | None
    erased_at: datetime | None


class Advocate(Struct):
    """An advocate. `status` guest: a friend who has not joined, for whom a reward is kept. `referral_id`:
    the referral that brought them. `influencer_id`: who they are among the influencers. `short_url` (with a
    single advocate only) and `code` are what they share. `referrals`: friends who came; `qualified`: those
    of them who bought. `erased_at`: since when nobody can tell who it was (POST /v1/customers/erase)."""

    id: str
    program_id: str
    partner_id: str
    influencer_id: str | None
    name: str
    member: Member
    joined_by: JoinedBy | None
    join_on: Literal["purchase", "mention"] | None
    status: AdvocateStatus
    tier: str | None
    board_name: str | None
    consent: JoiningConsent | None
    referral_id: str | None
    link_id: str | None
    short_url: str | None
    coupon_id: str | None
    code: str | None
    referrals: int
    qualified: int
    joined_at: datetime | None
    erased_at: datetime | None
    created_at: datetime
    updated_at: datetime


class ListedAdvocates(Struct, frozen=True):
    """What a list of advocates is narrowed to."""

    ids: list[UUID] | None = None
    program_id: UUID | None = None
    status: AdvocateStatus | None = None
    member: Member | None = None
    tier: str | None = None
    joined_by: JoinedBy | None = None
    partner_id: UUID | None = None
    q: str | None = None
    keys: list[bytes] | None = None


class BoardRow(Struct):
    """A place on the leaderboard; equal ones share a rank."""

    rank: int
    name: str
    tier: str | None
    qualified: int


class NewDeed(Struct, forbid_unknown_fields=True):
    """Something an advocate did: a review, content that was approved, a mention, a comment, a share.
    `external_id`: what it is known by elsewhere; told again, it is the same."""

    kind: DeedKind
    external_id: Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S")]
    occurred_at: Time | None = None


class DeedRow(Struct):
    id: UUID
    program_id: UUID
    advocate_id: UUID
    kind: str
    external_id: str
    occurred_at: datetime
    created_by: str
    created_at: datetime


class Deed(Struct):
    """What an advocate did."""

    id: str
    advocate_id: str
    kind: str
    external_id: str
    occurred_at: datetime
    created_at: datetime
