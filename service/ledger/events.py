"""What others are told, in the transaction in which it happens (kit/events)."""

from uuid import UUID

from msgspec import Struct


class CommissionsMoved(Struct, frozen=True):
    """Commissions were decided of, became due, or were reckoned for a period. `commission_ids`: their first
    rows. What follows from an order is told with the order."""

    workspace_id: UUID
    commission_ids: list[UUID]
