"""/v1/nps: surveys, who is asked, what they answer."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from service.accounts.labels.registry import Language
from service.advocacy.consents.schemas import Address, ConsentReason, RecipientType
from service.conversions.orders.schemas import Shop, Text

SurveyStatus = Literal["open", "closed"]
Band = Literal["promoter", "passive", "detractor"]
ByGroup = Literal["month", "segment", "language"]
PageState = Literal["open", "answered", "expired", "closed"]
Question = Annotated[
    str,
    Meta(min_length=1, max_length=300, pattern=r"\S", description="instead of the usual question"),
]
Days = Annotated[int, Meta(ge=1, le=365, description="how long a link is good for")]
Segment = Annotated[str, Meta(min_length=1, max_length=100, pattern=r"\S")]
MOST = 200
LONGEST_COMMENT = 2_000


class NewSurvey(Struct, forbid_unknown_fields=True):
    """A survey. `brand`: what people are asked about, else the workspace's name."""

    name: Text
    brand: Text | None = None
    language: Language = "tr"
    question_tr: Question | None = None
    question_en: Question | None = None
    days: Days = 30


class SurveyPatch(Struct, forbid_unknown_fields=True):
    """What is left out stays. A closed survey takes no answers."""

    name: Text | UnsetType = UNSET
    brand: Text | UnsetType | None = UNSET
    question_tr: Question | UnsetType | None = UNSET
    question_en: Question | UnsetType | None = UNSET
    days: Days | UnsetType = UNSET
    status: SurveyStatus | UnsetType = UNSET


class SurveyRow(Struct):
    id: UUID
    name: str
    brand: str | None
    language: Language
    question_tr: str | None
    question_en: str | None
    days: int
    status: SurveyStatus
    invited: int
    answered: int
    created_at: datetime
    updated_at: datetime


class Survey(Struct):
    """A survey, with how many were asked and how many answered."""

    id: str
    name: str
    brand: str | None
    language: Language
    question_tr: str | None
    question_en: str | None
    days: int
    status: SurveyStatus
    invited: int
    answered: int
    created_at: datetime
    updated_at: datetime


class NewInvite(Struct, forbid_unknown_fields=True):
    """Somebody to ask: by an e-mail address, by the shop's id of them, or nobody in particular (a link to
    hand over). An address and a customer are asked once a survey."""

    email: Address | None = None
    external_id: Text | None = None
    shop: Shop = ""
    segment: Segment | None = None
    language: Language | None = None
    recipient_type: RecipientType = "individual"


class NewInvites(Struct, forbid_unknown_fields=True):
    """Whom to ask. `send`: by mail, to those who may be written to; without, links come back for your own
    mails."""

    invites: Annotated[list[NewInvite], Meta(min_length=1, max_length=MOST)]
    send: bool = False


class InviteResult(Struct):
    """What became of an item; `index` counts from 0. `known`: asked before, nothing is sent. `refused`: may
    not be written to (`reason`), and is not asked. `url`: the page with the question, for nobody else."""

    index: int
    status: Literal["created", "sent", "known", "refused"]
    reason: ConsentReason | None
    url: str | None
    expires_at: datetime | None


class InviteResults(Struct):
    """A result for every item, in their order, and how many there are of each."""

    results: list[InviteResult]
    created: int
    sent: int
    known: int
    refused: int


class InviteValues(Struct, frozen=True):
    """What is written of an invitation."""

    address_key: bytes | None
    sealed: bytes | None
    person_key: bytes | None
    segment: str | None
    language: Language


class InviteRow(Struct):
    id: UUID
    expires_at: datetime


class Invited(Struct, frozen=True):
    """An invitation's page: the survey, whose address it is, and how it stands."""

    survey_id: UUID
    address_key: bytes | None
    sealed: bytes | None
    segment: str | None
    language: Language
    expires_at: datetime
    status: SurveyStatus
    brand: str
    question_tr: str | None
    question_en: str | None
    score: int | None
    now: datetime


class ResponseRow(Struct):
    invite_id: UUID
    score: int
    comment: str | None
    segment: str | None
    language: Language
    answered_at: datetime


class NpsResponse(Struct):
    """An answer. Nobody is named: what people wrote is what they wanted to say."""

    id: str
    score: int
    band: Band
    comment: str | None
    segment: str | None
    language: Language
    answered_at: datetime


class TallyRow(Struct):
    """Answers of a group: how many there are of each band."""

    month: date | None
    name: str | None
    promoters: int
    passives: int
    detractors: int
    comments: int


class AskedRow(Struct):
    """Invitations of a span, and how many of them were answered by now."""

    invited: int
    answered: int


class Nps(Struct):
    """Net promoter score in points (-100..100): the share of 9-10 minus the share of 0-6, with its 95%
    interval (Bonett and Price 2012). Null without answers."""

    nps: float | None
    low: float | None
    high: float | None
    reason: Literal["no_answers"] | None
    answers: int
    promoters: int
    passives: int
    detractors: int
    comments: int


class NpsGroup(Struct):
    """The answers of a month, a segment or a language; `segment` null: of those without one."""

    month: date | None
    segment: str | None
    language: str | None
    result: Nps


class NpsResults(Struct, rename={"from_": "from"}):
    """`invited` in the span, and how many of them answered by now: `response_rate`, null where nobody was
    invited. Answers are those that came in the span."""

    from_: date | None
    to: date | None
    tz: str
    invited: int
    answered: int
    response_rate: float | None
    overall: Nps
    groups: list[NpsGroup]
