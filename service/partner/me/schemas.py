"""Who a partner is, and what is still missing for being paid."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from service.accounts.partners.schemas import MembershipView
from service.programs.preferences.schemas import Language, Notices, NoticesPatch
from service.programs.schemas import PartnerStatus

Missing = Literal["email", "program", "terms", "payout_account"]


class OwnRow(Struct):
    id: UUID
    name: str
    email: str | None
    status: PartnerStatus
    has_program: bool
    has_payout_account: bool
    is_advocate: bool
    brand: str
    currency: str
    timezone: str
    created_at: datetime


class BrandView(Struct):
    """The brand that the partner works with: money and days are shown in its currency and zone by default."""

    name: str
    currency: str
    timezone: str


class MissingView(Struct):
    """Something that stands between the partner and their money, in words."""

    what: Missing
    message: str


class PartnerMe(Struct):
    """The partner that the caller acts for. `memberships`: all that the log-in may act for, also of other
    brands (a key acts for one). `language`: as chosen, `locale`: what mails and texts come in. A paused
    partner sees everything and earns nothing meanwhile. `is_advocate`: of a program, with friends and rewards
    of their own."""

    partner_id: str
    name: str
    email: str | None
    status: PartnerStatus
    language: Language | None
    locale: str
    notices: Notices
    brand: BrandView
    memberships: list[MembershipView]
    missing: list[MissingView]
    is_advocate: bool
    created_at: datetime


class PartnerMePatch(Struct, forbid_unknown_fields=True):
    """What is left out stays. `language` null: the brand's."""

    language: Language | UnsetType | None = UNSET
    notices: NoticesPatch | UnsetType = UNSET
