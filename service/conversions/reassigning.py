"""A person's word on whom an order is credited to."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct


class Part(Struct, frozen=True):
    """`weight`: a fraction, as text (`1/2`)."""

    partner_id: UUID
    weight: str


class Reassigned(Struct, frozen=True):
    """No shares: nobody is credited. `reason` is the person's, in their words."""

    shares: tuple[Part, ...]
    reason: str
    by: str
    at: datetime
