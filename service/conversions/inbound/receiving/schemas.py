"""What a sender is answered."""

from typing import Literal
from uuid import UUID

from msgspec import Struct


class Receipt(Struct):
    """A delivery that is stored. `duplicate`: it was there already, and nothing more happens. `ping`: there
    is nothing in it, and nothing was stored."""

    status: Literal["accepted", "duplicate", "ping"]


class Arrived(Struct, frozen=True):
    """A request at an inbound address, as far as anybody may see it. `rest`: what follows the token."""

    method: str
    headers: dict[str, str]
    kept: dict[str, str]
    query: str
    body: bytes
    rest: str


class NewDelivery(Struct, frozen=True):
    """A delivery as it is stored."""

    id: UUID
    integration_id: UUID
    digest: bytes
    topic: str
    method: str
    headers: dict[str, str]
    query: str
    body: bytes
    verified: bool
