"""Which terms a partner accepted, when, and by whom."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

Version = Annotated[int, Meta(ge=1, le=2**31 - 1)]


class AcceptTerms(Struct, forbid_unknown_fields=True):
    """`terms_version`: of the terms that were shown: those in force, or those that are announced."""

    terms_version: Version


class AcceptedTerms(Struct):
    """A version of a program's terms that a partner accepted."""

    program_id: str
    terms_version: int
    accepted_at: datetime


class TermsToAccept(Struct):
    """Terms that the partner has not accepted yet: those in force, or those that come at `valid_from`."""

    program_id: str
    program: str
    terms_version: int
    valid_from: datetime | None
    in_force: bool


class AcceptanceRow(Struct):
    partner_id: UUID
    partner: str
    version: int
    accepted_by: str
    accepted_at: datetime


class TermsAcceptance(Struct):
    """Who accepted which version, and how: `accepted_by` names the application (`app_`), the partner by their
    own address (`prt_`), or who acts for them (`ppl_`)."""

    partner_id: str
    partner: str
    terms_version: int
    accepted_by: str
    accepted_at: datetime


class ListedAcceptances(Struct, frozen=True):
    """What a list is narrowed to."""

    partner_ids: list[UUID] | None = None
    version: int | None = None


class StandingRow(Struct):
    """Terms of a partner's program that are in force or to come, and when they were accepted."""

    program_id: UUID
    program: str
    version: int
    valid_from: datetime | None
    in_force: bool
    accepted_at: datetime | None


class AcceptedRow(Struct):
    program_id: UUID
    version: int
    accepted_at: datetime
