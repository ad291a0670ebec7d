"""What a partner chose: a language, and which notices come by mail."""

from typing import Literal
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

Language = Literal["tr", "en"]
Notice = Literal["application_decided", "first_sale", "payout_paid", "terms_changed"]


class Notices(Struct, kw_only=True, forbid_unknown_fields=True):
    """Which notices come by mail. Mails that are needed to log in, and those that say
    that the payout account has changed, come always."""

    application_decided: bool = True
    first_sale: bool = True
    payout_paid: bool = True
    terms_changed: bool = True


class NoticesPatch(Struct, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays."""

    application_decided: bool | UnsetType = UNSET
    first_sale: bool | UnsetType = UNSET
    payout_paid: bool | UnsetType = UNSET
    terms_changed: bool | UnsetType = UNSET


class PreferencesRow(Struct):
    """Whom to write to and how: `locale` is the partner's language, or else the workspace's."""

    partner_id: UUID
    email: str | None
    language: Language | None
    locale: str
    notices_off: list[str]
