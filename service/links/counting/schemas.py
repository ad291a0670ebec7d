"""What counting reads of clicks, and what it says of them."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct


class Stored(Struct, frozen=True, gc=False):
    """A stored click, as far as it decides whether it counts."""

    id: UUID
    clicked_at: datetime
    link_id: UUID
    visitor: bytes | None
    unique: bool
    counted: bool
    reasons: list[str]
    user_agent: str | None
    referrer_host: str | None
    network_class: str | None


class Verdict(Struct, frozen=True, gc=False):
    """What a click is to be from now on."""

    id: UUID
    clicked_at: datetime
    counted: bool
    reasons: list[str]
    unique: bool
