"""What others are told, in the transaction in which it happens (kit/events)."""

from uuid import UUID

from msgspec import Struct


class PartnersMerged(Struct, frozen=True):
    """What would bring something to `merged` brings it to `kept` from now on. What was earned before stays
    where it is, and is read together."""

    workspace_id: UUID
    kept: UUID
    merged: list[UUID]


class PartnersForgotten(Struct, frozen=True):
    """Partners were erased, with their influencers or as customers: what was paid stays, who it was does
    not."""

    workspace_id: UUID
    partner_ids: list[UUID]


class TermsChanged(Struct, frozen=True):
    """A program has a version of its terms more, which is not its first."""

    workspace_id: UUID
    program_id: UUID
    version: int
