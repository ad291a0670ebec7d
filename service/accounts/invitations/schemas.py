"""Invitations."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from service.accounts.roles import Role
from service.accounts.schemas import Email, Name, Password

Status = Literal["open", "accepted", "revoked", "expired"]


class NewInvitation(Struct, forbid_unknown_fields=True):
    email: Email
    role: Role


class InvitationRow(Struct):
    """`status`: open, accepted, revoked or expired."""

    id: UUID
    email: str
    role: str
    status: Status
    expires_at: datetime
    created_at: datetime


class Invitation(Struct):
    """An invitation. Its link is in the mail alone."""

    id: str
    email: str
    role: str
    status: Status
    expires_at: datetime
    created_at: datetime


class InvitationView(Struct):
    """What the holder of the link sees. `registered`: accept it with the password of that address."""

    workspace: str
    email: str
    role: str
    status: Status
    registered: bool
    expires_at: datetime


class Acceptance(Struct, forbid_unknown_fields=True):
    """A new person chooses name and password; one who is known gives the password they have."""

    password: Password
    name: Name | None = None


class Claimed(Struct):
    """An invitation that has just been accepted."""

    email: str
    role: str
