"""What others are told of advocacy, in the transaction in which it happens (kit/events)."""

from uuid import UUID

from msgspec import Struct


class VouchersLow(Struct, frozen=True):
    """A pool of vouchers has come to its mark; handed over once or more often with the same `message_id`."""

    workspace_id: UUID
    message_id: UUID
    topic: str
    body: Struct
