"""Log-in, refresh, tickets."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from service.accounts.schemas import END, Email, Password

Token = Annotated[str, Meta(min_length=1, max_length=2000)]


class LogIn(Struct, forbid_unknown_fields=True):
    """`workspace_id` is needed by who is a member of several."""

    email: Email
    password: Password
    workspace_id: str | None = None


class RefreshToken(Struct, forbid_unknown_fields=True):
    refresh_token: Token


Path = Annotated[
    str, Meta(pattern=rf"^/v1/[^?#\s]+{END}", max_length=500, examples=["/v1/files/fil_.../content"])
]


class NewTicket(Struct, forbid_unknown_fields=True):
    """The path to be read, without its query."""

    path: Path
    ttl_s: Annotated[int, Meta(ge=1, le=300)] = 60


class Ticket(Struct):
    """Goes into the query as `?ticket=`; it opens one path, by GET, until `expires_at`."""

    ticket: str
    expires_at: datetime
