"""Who may act for a partner, and who is invited to."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

InvitationState = Literal["open", "accepted", "revoked", "expired"]


class ActingRow(Struct):
    """Somebody who may act for a partner; `own` is the partner's own address, which is no row of its own."""

    id: UUID
    own: bool
    email: str
    sessions: int
    keys: int
    created_at: datetime


class RemovedRow(Struct):
    email_key: str


class PartnerInvitationRow(Struct):
    id: UUID
    partner_id: UUID
    email: str
    status: InvitationState
    expires_at: datetime
    created_at: datetime


class PlaceRow(Struct):
    """What an invitation leads to."""

    brand: str
    partner: str
    email: str
    status: InvitationState
    expires_at: datetime


class PartnerPerson(Struct):
    """Somebody who may act for a partner. `own`: the partner's own address, which is changed, not removed
    (its `id` is null). `sessions` that are open now; `keys` that they made and that still hold."""

    id: str | None
    own: bool
    email: str
    sessions: int
    keys: int
    created_at: datetime


class PartnerInvitation(Struct):
    """An invitation to act for a partner. Its link is in the mail alone, and works once."""

    id: str
    partner_id: str
    email: str
    status: InvitationState
    expires_at: datetime
    created_at: datetime


class PartnerInvitationView(Struct):
    """What the link in the mail invites to. Accept it with POST /v1/partner/token `{invitation}`."""

    brand: str
    partner: str
    email: str
    status: InvitationState
    expires_at: datetime
