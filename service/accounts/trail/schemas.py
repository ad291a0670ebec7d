"""The audit log as it is read."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct


class EntryRow(Struct):
    id: UUID
    actor: str
    action: str
    subject: str
    details: dict[str, Any]
    created_at: datetime


class AuditEntry(Struct):
    """One deed. `actor` is a key, a person or `system`; `subject` the id of what it was done to."""

    id: str
    actor: str
    action: str
    subject: str
    details: dict[str, Any]
    created_at: datetime


class Wanted(Struct, frozen=True):
    """What the reader of the log filters by; None leaves a filter out. `until` is exclusive."""

    action: str | None = None
    actor: str | None = None
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None


Key = tuple[datetime, UUID]
