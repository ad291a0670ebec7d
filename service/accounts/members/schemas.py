"""Members."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from service.accounts.roles import Role


class MemberRow(Struct):
    person_id: UUID
    name: str
    email: str
    role: str
    created_at: datetime


class Member(Struct):
    """A person with a role in the workspace."""

    id: str
    name: str
    email: str
    role: str
    created_at: datetime


class MemberPatch(Struct, forbid_unknown_fields=True):
    role: Role
