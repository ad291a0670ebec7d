"""Tokens for the brand's own site."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct, field

from service.accounts.partners.embedding import Scope
from service.influencers.schemas import Email, Label, Name

ExternalId = Annotated[
    str, Meta(min_length=1, max_length=200, description="what the brand's own site calls the partner")
]
Scopes = Annotated[list[Scope], Meta(min_length=1, max_length=2)]
Seconds = Annotated[int, Meta(ge=60, le=86_400)]


def _view() -> list[Scope]:
    return ["view"]


class NewEmbedToken(Struct, forbid_unknown_fields=True):
    """Whose token: by `external_id`, by `email`, or by both. A partner who isn't there yet is made, and
    joins the program; then `name` is needed. Who is there stays as they are. `view`: reading the partner's
    figures; `links`: making links."""

    email: Email | None = None
    external_id: ExternalId | None = None
    name: Name | None = None
    group: Label | None = None
    scopes: Scopes = field(default_factory=_view)
    ttl_s: Seconds = 3600


class EmbedToken(Struct):
    """A token for `Authorization: Bearer` in the brand's own page: it acts for this partner, within its
    scopes, until `expires_at`. It is shown this once; DELETE /v1/api-keys/{id} ends it before its time.
    `created`: the partner is new."""

    id: str
    token: str
    scopes: list[Scope]
    expires_at: datetime
    partner_id: str
    created: bool


class NamedRow(Struct):
    """A partner whom an external id or an address names."""

    by: str
    id: UUID
    program_id: UUID | None
    status: str
