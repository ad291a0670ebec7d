"""/v1/statements: what is sent, and what is shown."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from service.influencers.schemas import Time, Url
from service.mentions.schemas import Code, OuterId

StatementStatus = Literal["draft", "approved", "published"]
StatementText = Annotated[str, Meta(min_length=1, max_length=50_000, pattern=r"\S")]


class NewStatement(Struct, forbid_unknown_fields=True):
    """A draft of what is said in a channel (x, instagram, press, web, email, ...) to an alert."""

    alert_id: OuterId
    channel: Code
    text: StatementText


class StatementPatch(Struct, forbid_unknown_fields=True):
    """Another text is a draft again, whoever had approved the one before."""

    text: StatementText | UnsetType = UNSET
    channel: Code | UnsetType = UNSET


class StatementApproval(Struct, forbid_unknown_fields=True):
    """`approved_by`: the member (usr_...) for whom a key asks; a person approves as who they are."""

    approved_by: OuterId | None = None


class StatementPublication(Struct, forbid_unknown_fields=True):
    """When and where it went out; now, where it is left out."""

    published_at: Time | None = None
    url: Url | None = None


class StatementRow(Struct):
    id: UUID
    alert_id: UUID
    channel: str
    text: str
    status: str
    written_by: str
    approved_by: UUID | None
    approved_at: datetime | None
    published_by: str | None
    published_at: datetime | None
    url: str | None
    version: int
    created_at: datetime
    updated_at: datetime


class PublicStatement(Struct, kw_only=True):
    """What is said in a channel: draft, approved, published. `written_by`: who wrote this text."""

    id: str
    alert_id: str
    channel: str
    text: str
    status: StatementStatus
    written_by: str
    approved_by: str | None
    approved_at: datetime | None
    published_by: str | None
    published_at: datetime | None
    url: str | None
    created_at: datetime
    updated_at: datetime
