"""Shortlists."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from service.influencers.schemas import LongText, Name

Id = Annotated[str, Meta(max_length=40)]


class NewShortlist(Struct, forbid_unknown_fields=True):
    """A list of influencers; one with a brief has scores."""

    name: Name
    brief_id: Id | None = None
    notes: LongText | None = None


class ShortlistPatch(Struct, forbid_unknown_fields=True):
    """What is left out stays."""

    name: Name | UnsetType = UNSET
    brief_id: Id | UnsetType | None = UNSET
    notes: LongText | UnsetType | None = UNSET


class ShortlistRow(Struct):
    id: UUID
    name: str
    brief_id: UUID | None
    notes: str | None
    archived_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime


class CountRow(Struct):
    """How many items of a list have a status."""

    shortlist_id: UUID
    status: str
    items: int


class StatusCounts(Struct):
    """Items by status."""

    suggested: int = 0
    starred: int = 0
    ignored: int = 0
    contacted: int = 0
    approved: int = 0
    rejected: int = 0


class Shortlist(Struct):
    """A list, and how many items it has."""

    id: str
    name: str
    brief_id: str | None
    notes: str | None
    items: int
    counts: StatusCounts
    archived_at: datetime | None
    created_at: datetime
    updated_at: datetime
