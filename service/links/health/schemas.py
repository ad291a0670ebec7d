"""The check of links."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from service.links.redirect import Target

OuterId = Annotated[str, Meta(max_length=40)]


class CheckRequest(Struct, forbid_unknown_fields=True):
    """Which links to check: these ones, or all of a partner or a campaign; without any, every live link."""

    link_ids: Annotated[list[OuterId], Meta(min_length=1, max_length=1_000)] | None = None
    partner_id: OuterId | None = None
    campaign_id: OuterId | None = None


class Check(Struct):
    """What the job is asked for."""

    link_ids: list[UUID] | None = None
    partner_id: UUID | None = None
    campaign_id: UUID | None = None


class CheckCounts(Struct):
    """How many links were found how."""

    checked: int = 0
    ok: int = 0
    dead: int = 0
    unsure: int = 0
    refused: int = 0


class DestinationsRow(Struct):
    """Where a link leads."""

    id: UUID
    url: str
    targets: tuple[Target, ...]
