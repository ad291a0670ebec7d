"""Inviting people to act for a partner."""

from msgspec import Struct

from service.accounts.schemas import Email
from service.programs.preferences.schemas import Language


class NewPartnerInvitation(Struct, forbid_unknown_fields=True):
    """`email`: whom to invite, without it the partner's own address. `language` of the mail: without it the
    one that the partner chose, or else the workspace's."""

    email: Email | None = None
    language: Language | None = None
