"""Notices: what is told once, to whom, and what ends it."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from msgspec import Struct

from service.programs.preferences.schemas import Notice

About = Literal["partner", "application"]


class Place(Struct, frozen=True):
    """Whose notice of which kind a link ends: a partner's, or that of an applicant who is none."""

    workspace_id: UUID
    about: About
    id: UUID
    notice: Notice


class WaitingRow(Struct):
    """A notice that is still to be mailed, with whom to write to."""

    notice: Notice
    subject: UUID
    key: str
    partner_id: UUID
    facts: dict[str, Any]
    status: str
    email: str | None
    locale: str
    notices_off: list[str]
    brand: str
    timezone: str


class MemberRow(Struct):
    """A partner of a program, as its terms look at them. `known_as`: the ids of merged records too;
    `accepted`: the versions that need no telling."""

    id: UUID
    group: str | None
    known_as: list[UUID]
    accepted: list[int]


class Told(Struct):
    """What a run did: mails that were sent, and notices that nobody wants."""

    sent: int = 0
    unwanted: int = 0


class TermsFacts(Struct):
    """Of which terms a notice tells."""

    program: str
    version: int
    valid_from: datetime | None


class AmountFacts(Struct):
    """Of how much a notice tells."""

    amount: int
    currency: str
