"""A partner's log-in."""

from typing import Annotated

from msgspec import Meta, Struct

from service.accounts.schemas import END, Email

Code = Annotated[str, Meta(pattern=rf"^[0-9]{{8}}{END}", description="the code of the mail, eight digits")]
InvitationToken = Annotated[str, Meta(min_length=1, max_length=100)]
PartnerId = Annotated[str, Meta(max_length=40, examples=["prt_..."])]


class AskedCode(Struct, forbid_unknown_fields=True):
    """Whom to mail a code to."""

    email: Email


class CodeSent(Struct):
    """For how many seconds a code is good, if one was sent."""

    expires_in: int


class PartnerLogIn(Struct, forbid_unknown_fields=True):
    """An address with the code that was mailed to it, or an invitation's token.

    `partner_id` is needed by who acts for several partners.
    """

    email: Email | None = None
    code: Code | None = None
    invitation: InvitationToken | None = None
    partner_id: PartnerId | None = None


class SwitchedPartner(Struct, forbid_unknown_fields=True):
    """Another partner that the caller may act for."""

    partner_id: PartnerId


class MembershipView(Struct):
    """A partner that the caller may act for, and the brand whose partner it is."""

    partner_id: str
    name: str
    brand: str


class PartnerTokens(Struct):
    """A log-in for one partner. The access token goes into `Authorization: Bearer`; the refresh token is good
    once. `memberships` are all partners that the address may act for."""

    access_token: str
    expires_in: int
    refresh_token: str
    partner_id: str
    memberships: list[MembershipView]
    token_type: str = "Bearer"  # noqa: S105 - the name of a scheme, no secret
