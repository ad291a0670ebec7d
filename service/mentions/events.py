"""What others are told, in the transaction in which it happens (kit/events)."""

from uuid import UUID

from msgspec import Struct


class MentionsTaken(Struct, frozen=True):
    """Mentions that are new, and those of which a source told something new."""

    workspace_id: UUID
    created: list[UUID]
    updated: list[UUID]
