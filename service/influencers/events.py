"""What others are told, in the transaction in which it happens (kit/events)."""

from uuid import UUID

import msgspec


class InfluencersChanged(msgspec.Struct, frozen=True):
    """Made, changed, archived, opted out or back: whoever keeps a copy reads these rows anew."""

    workspace_id: UUID
    ids: list[UUID]


class InfluencersMerged(msgspec.Struct, frozen=True):
    """What pointed at `merged` points at `kept` from now on; the merged profiles are archived."""

    workspace_id: UUID
    kept: UUID
    merged: list[UUID]


class MergeUndone(msgspec.Struct, frozen=True):
    """The profiles stand for themselves again."""

    workspace_id: UUID
    kept: UUID
    merged: list[UUID]


class InfluencersErased(msgspec.Struct, frozen=True):
    """Emitted before the rows go: whoever holds something of these people removes it now."""

    workspace_id: UUID
    ids: list[UUID]
