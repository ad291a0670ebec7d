"""Applications to programs."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import Meta, Struct

from service.influencers.schemas import Email, Handle, Label, Name, Platform, Reason, Url
from service.programs.pages.schemas import Key
from service.programs.preferences.schemas import Language

ApplicationStatus = Literal["open", "approved", "rejected"]
Answer = (
    Annotated[str, Meta(max_length=5_000)]
    | bool
    | Annotated[list[Annotated[str, Meta(max_length=200)]], Meta(max_length=50)]
)
Answers = Annotated[dict[Key, Answer], Meta(max_length=50)]


class AppliedAccount(Struct, frozen=True, forbid_unknown_fields=True):
    """An account on a platform."""

    platform: Platform
    handle: Handle


Accounts = Annotated[list[AppliedAccount], Meta(max_length=20)]


class NewApplication(Struct, forbid_unknown_fields=True):
    """An application, as the form of GET /v1/programs/{id}/public asks for it. `terms_version`,
    `consent_version`: of the texts that were shown and agreed to. `language`: of the mails that come.
    `fax` is shown to nobody and stays empty: programs that fill in every field are known by it."""

    name: Name
    email: Email
    terms_version: Annotated[int, Meta(ge=1, le=2**31 - 1)]
    consent_version: Annotated[str, Meta(max_length=64)]
    accounts: Accounts = []
    website: Url | None = None
    answers: Answers = {}
    language: Language | None = None
    fax: Annotated[str, Meta(max_length=200)] = ""


class ApplicationReceived(Struct):
    """The same answer to every application that is complete: whether somebody applied before, or is a
    partner, it does not tell."""

    status: Literal["received"]
    message: str


class ApplicationRow(Struct):
    id: UUID
    program_id: UUID
    status: ApplicationStatus
    name: str
    email: str
    email_key: str
    accounts: list[AppliedAccount]
    website: str | None
    answers: dict[str, Any]
    language: Language
    terms_version: int
    consent_version: str
    partner_id: UUID | None
    reason: str | None
    decided_by: str | None
    decided_at: datetime | None
    created_at: datetime


class Application(Struct):
    """An application. `partner_id`: once it is approved, the partner; before, a partner of the brand who has
    the same address. `reason`: why it was rejected, as the applicant reads it. `consent_version`: the text
    that they agreed to (GET .../consents/{version})."""

    id: str
    program_id: str
    status: ApplicationStatus
    name: str
    email: str
    accounts: list[AppliedAccount]
    website: str | None
    answers: dict[str, Any]
    language: Language
    terms_version: int
    consent_version: str
    partner_id: str | None
    reason: str | None
    decided_by: str | None
    decided_at: datetime | None
    created_at: datetime


class ConsentText(Struct):
    """What applicants agreed to, as it was shown to them."""

    version: str
    language: Language
    text: str
    created_at: datetime


class Approval(Struct, forbid_unknown_fields=True):
    """`group`: the group that a new partner comes into."""

    group: Label | None = None


class Rejection(Struct, forbid_unknown_fields=True):
    """`reason`: the applicant reads it in their mail."""

    reason: Reason


class ListedApplications(Struct, frozen=True):
    """What a list of applications is narrowed to. `q`: folded."""

    ids: list[UUID] | None = None
    program_id: UUID | None = None
    status: ApplicationStatus | None = None
    q: str | None = None
