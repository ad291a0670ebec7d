"""Partners: who is paid for what links and coupons bring."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from service.influencers.schemas import Email, Label, Name
from service.programs.terms import Terms

PartnerStatus = Literal["active", "paused", "archived"]
OuterId = Annotated[str, Meta(max_length=40)]


class NewPartner(Struct, forbid_unknown_fields=True):
    """`influencer_id`: the profile that this partner is, if there is one. `group`: any name, to list by and
    to pay by."""

    name: Name
    program_id: OuterId | None = None
    influencer_id: OuterId | None = None
    email: Email | None = None
    group: Label | None = None


class PartnerPatch(Struct, forbid_unknown_fields=True):
    """What is left out stays. An archived partner comes back by another status. Program, group and status
    hold for what happens from now on; what happened before stays paid as it was agreed then."""

    name: Name | UnsetType = UNSET
    program_id: OuterId | UnsetType | None = UNSET
    influencer_id: OuterId | UnsetType | None = UNSET
    email: Email | UnsetType | None = UNSET
    group: Label | UnsetType | None = UNSET
    status: PartnerStatus | UnsetType = UNSET


class PartnerRow(Struct):
    id: UUID
    program_id: UUID | None
    influencer_id: UUID | None
    name: str
    email: str | None
    group: str | None
    status: PartnerStatus
    merged_into: UUID | None
    version: int
    created_at: datetime
    updated_at: datetime


class Partner(Struct):
    """A partner. `program_id` is null for a partner of the workspace as a whole. Links of a partner who is
    paused or archived go on leading people to where they lead, and earn nothing meanwhile. A duplicate
    stands archived with the partner that it was merged into."""

    id: str
    program_id: str | None
    influencer_id: str | None
    name: str
    email: str | None
    group: str | None
    status: PartnerStatus
    merged_into: str | None
    created_at: datetime
    updated_at: datetime


class PartnerGroup(Struct):
    """A group and how many partners it has who are not archived. Groups are there as long as they have
    partners; rules pay by them in any case of letters."""

    group: str
    partners: int


class ListedPartners(Struct, frozen=True):
    """What a list of partners is narrowed to. `q`: folded."""

    ids: list[UUID] | None = None
    program_id: UUID | None = None
    influencer_id: UUID | None = None
    status: PartnerStatus | None = None
    group: str | None = None
    q: str | None = None


class NamedPartnerRow(Struct):
    """The partner that the n-th word of a question names."""

    n: int
    id: UUID
    several: bool


class AgreedRow(Struct):
    """What was agreed with a partner at a time; `n`: the place in what was asked. Of terms that several
    agreed on, one row has them."""

    n: int
    group: str | None
    status: PartnerStatus
    program_id: UUID | None
    program_name: str | None
    program_status: str | None
    version: int | None
    terms: Terms | None


class PayeeRow(Struct):
    n: int
    partner_id: UUID
    program_id: UUID | None
    group: str | None
    status: PartnerStatus
    email_key: str | None
    name: str
    merged: list[UUID]
