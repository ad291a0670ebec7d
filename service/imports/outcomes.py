"""What an import asks of a domain for each batch of records, and what it is told."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from msgspec import Struct

from service.kit.db import Connection
from service.settings import Settings

Status = Literal["created", "updated", "unchanged", "rejected"]
SUPPRESSED = "suppressed"
"""The `why` of a record of somebody who must not come back: counted, and never listed."""


class Origin(Struct, frozen=True):
    """What holds for all records of an import. `as_of` is the moment of those that name no day; `kept` is for
    what the domain keeps from batch to batch."""

    settings: Settings
    workspace_id: UUID
    import_id: UUID
    source: str
    legal_basis: str
    shop: str
    collected_at: datetime
    as_of: datetime
    kept: dict[str, Any] = {}


class Outcome(Struct, frozen=True):
    """What became of a record. `why`: a code of rejects.REASONS where it was rejected; `detail` says more."""

    status: Status
    why: str | None = None
    detail: str | None = None


Apply = Callable[[Connection, Origin, Sequence[Any]], Awaitable[Sequence[Outcome]]]
"""Writes a batch of records in the caller's transaction: an outcome for each, in their order."""
