"""API keys."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from service.accounts.roles import Scope
from service.accounts.schemas import Name, Time

Scopes = Annotated[list[Scope], Meta(min_length=1, max_length=100)]


class NewKey(Struct, forbid_unknown_fields=True):
    """A `secret` key, for servers, has the given scopes, or all that its maker holds.

    A `publishable` one, for web pages, has none to choose.
    """

    name: Name
    kind: Literal["secret", "publishable"] = "secret"
    scopes: Scopes | None = None
    expires_at: Time | None = None


class KeyRow(Struct):
    id: UUID
    name: str
    kind: str
    prefix: str
    scopes: list[str]
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None
    created_at: datetime


class Key(Struct):
    """A key without its secret. `last_used_at` is true to the minute."""

    id: str
    name: str
    kind: str
    prefix: str
    scopes: list[str]
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None
    created_at: datetime


class CreatedKey(Key):
    """`secret` is the key itself: it is shown this once and stored nowhere."""

    secret: str
