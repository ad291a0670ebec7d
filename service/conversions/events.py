"""What others are told, in the transaction in which it happens (kit/events)."""

from uuid import UUID

from msgspec import Struct


class OrdersSettled(Struct, frozen=True):
    """Orders were credited, and what partners earn by them is posted."""

    workspace_id: UUID
    conversion_ids: list[UUID]


class CustomersErased(Struct, frozen=True):
    """Customers were erased on request: the keyed hashes that they were known by, and those that were asked
    for (conversions/customers.py), known or not. `named`: what the request called them, for what is stored in
    plain words. Who handles it adds what they knew them by to `knew`: the erasure goes on with those."""

    workspace_id: UUID
    keys: list[bytes]
    named: list[str]
    knew: set[bytes]
