"""What others are told, in the transaction in which it happens (kit/events)."""

from typing import Literal
from uuid import UUID

from msgspec import Struct


class PayoutMoved(Struct, frozen=True):
    """A payout was paid, or it failed. `partner_id`: whom it was made for."""

    workspace_id: UUID
    payout_id: UUID
    partner_id: UUID
    status: Literal["paid", "failed"]
