"""What others are told, in the transaction in which it happens (kit/events)."""

from uuid import UUID

from msgspec import Struct


class OrdersSettled(Struct, frozen=True):
    """Orders were credited, and what partners earn by them is posted."""

    workspace_id: UUID
    conversion_ids: list[UUID]


class CustomersErased(Struct, frozen=True):
    """A customer was erased. `keys`: the keyed hashes by which they may be known elsewhere."""

    workspace_id: UUID
    keys: list[bytes]
