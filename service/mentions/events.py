"""What others are told, in the transaction in which it happens (kit/events)."""

from uuid import UUID

from msgspec import Struct


class MentionsTaken(Struct, frozen=True):
    """Mentions that are new, and those of which a source told something new."""

    workspace_id: UUID
    created: list[UUID]
    updated: list[UUID]


class AlertTold(Struct, frozen=True):
    """An alert is handed over to whoever tells programs outside, once or more often with the same
    `message_id`. `topic`: alert.opened, alert.escalated, alert.resolved."""

    workspace_id: UUID
    message_id: UUID
    topic: str
    body: Struct
