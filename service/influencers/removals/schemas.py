"""Opting out, coming back, being erased."""

from uuid import UUID

from msgspec import Struct

from service.influencers.schemas import Reason


class OptOut(Struct, forbid_unknown_fields=True):
    """The reason is for the team; it must not hold what the person asked to have removed."""

    reason: Reason | None = None


class OptIn(Struct, forbid_unknown_fields=True):
    """Who comes back has said so: how, stands in the audit log."""

    reason: Reason


class RemovalCounts(Struct):
    """How many rows go, or went."""

    influencers: int
    accounts: int
    contacts: int
    rates: int
    snapshots: int
    audiences: int
    follower_samples: int
    follower_sets: int
    posts: int
    merges: int


class Erasure(Struct):
    """What an erasure removed, or would. `deletion_id` is null as long as it is a dry run."""

    influencer_id: str
    dry_run: bool
    counts: RemovalCounts
    deletion_id: str | None


class IdentityRow(Struct):
    platform: str
    platform_id: str | None
    handle_folded: str | None
    name_folded: str | None
    source: str


class RemovedRow(Struct):
    id: UUID
    merged_into: UUID | None
