"""Rows of salts and of imported ranges."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct


class SaltRow(Struct, frozen=True):
    """The salt of a UTC day."""

    day: date
    salt: bytes


class RangesRow(Struct, frozen=True):
    """A list that was imported, without its content."""

    kind: str
    digest: bytes
    ranges: int
    source: str
    imported_at: datetime


class Privacy(Struct, frozen=True, forbid_unknown_fields=True):
    """Which signals of browsers are heeded: a click that carries one is stored without its visitor."""

    global_privacy_control: Annotated[bool, Meta(description="`Sec-GPC: 1`")] = True
    do_not_track: Annotated[bool, Meta(description="`DNT: 1`")] = True


class PrivacyRow(Struct, frozen=True):
    """What a workspace has decided."""

    workspace_id: UUID
    privacy: Privacy
