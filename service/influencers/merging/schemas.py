"""Merging profiles of one person."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from service.influencers.profiles.schemas import Influencer

Id = Annotated[str, Meta(max_length=40)]


class MergeRequest(Struct, forbid_unknown_fields=True):
    """The profile that stays, and those that become part of it."""

    keep: Id
    merge: Annotated[list[Id], Meta(min_length=1, max_length=100)]


class MovedCounts(Struct):
    """How many rows move, with everything that hangs on them."""

    accounts: int
    snapshots: int
    audiences: int
    follower_samples: int
    follower_sets: int
    posts: int
    rates: int
    contacts: int


class Merged(Struct):
    """The profile as it is, or would be, and what moved. `merge_id` is null in a dry run."""

    influencer: Influencer
    moved: MovedCounts
    dry_run: bool
    merge_id: str | None


class Moved(Struct):
    """What came from one profile: enough to give it back."""

    influencer_id: UUID
    accounts: list[UUID]
    rates: list[UUID]
    contacts: list[UUID]
    archived_at: datetime | None


class MergeRow(Struct):
    id: UUID
    kept_id: UUID
    merged_ids: list[UUID]
    moved: list[Moved]
    before: dict[str, object]
    actor: str
    created_at: datetime
    undone_at: datetime | None


class Merge(Struct):
    """That profiles were merged, by whom and when; `undone_at` is set once it was taken back."""

    id: str
    kept: str
    merged: list[str]
    actor: str
    created_at: datetime
    undone_at: datetime | None
