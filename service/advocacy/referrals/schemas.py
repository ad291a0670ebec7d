"""Referrals: an advocate's friend, from the invitation to the reward."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from service.influencers.schemas import Email, Reason

Channel = Literal["link", "code", "email", "manual"]
State = Literal["invited", "clicked", "signed_up", "qualified", "rewarded", "rejected"]
Hold = Literal["self_referral", "cycle", "ring", "second_account", "review"]
OuterId = Annotated[str, Meta(max_length=40)]


class NewReferral(Struct, forbid_unknown_fields=True):
    """An invitation that an advocate shared; nothing is sent from here. `email` (or `external_id` in `shop`)
    is kept as a keyed hash alone, and says whose order it is later."""

    advocate_id: OuterId
    channel: Channel = "link"
    email: Email | None = None
    external_id: Annotated[str, Meta(min_length=1, max_length=200)] | None = None
    shop: Annotated[str, Meta(max_length=200)] = ""


class ReferralDecision(Struct, forbid_unknown_fields=True):
    """`held` stops a referral's rewards until somebody has looked, `released` lets them go, `rejected`
    gives nothing for it, and takes back what was given."""

    status: Literal["held", "released", "rejected"]
    reason: Reason


class ReferralRow(Struct):
    id: UUID
    program_id: UUID
    advocate_id: UUID
    partner_id: UUID
    channel: Channel
    state: State
    before: State | None
    held: str | None
    cleared: list[str]
    reason: str | None
    click_id: UUID | None
    conversion_id: UUID | None
    friend_id: UUID | None
    purchases: int
    invited_at: datetime | None
    clicked_at: datetime | None
    signed_up_at: datetime | None
    qualified_at: datetime | None
    rewarded_at: datetime | None
    rejected_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime
    joined_at: datetime | None = None


class Referral(Struct):
    """A referral. `held`: why its rewards wait (self_referral, cycle, ring,
    second_account, review). `share_url`: what an
    invitation by link is shared as. `friend_id`: the advocate whom the friend became, guests included.
    `purchases`: the friend's orders so far that stand."""

    id: str
    program_id: str
    advocate_id: str
    channel: Channel
    state: State
    held: str | None
    reason: str | None
    share_url: str | None
    conversion_id: str | None
    friend_id: str | None
    purchases: int
    invited_at: datetime | None
    clicked_at: datetime | None
    signed_up_at: datetime | None
    qualified_at: datetime | None
    rewarded_at: datetime | None
    rejected_at: datetime | None
    created_at: datetime
    updated_at: datetime


class ListedReferrals(Struct, frozen=True):
    """What a list of referrals is narrowed to."""

    ids: list[UUID] | None = None
    program_id: UUID | None = None
    advocate_id: UUID | None = None
    state: State | None = None
    channel: Channel | None = None
    held: bool | None = None
