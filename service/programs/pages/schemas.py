"""What a program says to those who may join: texts, questions, whether it is open."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from service.programs.preferences.schemas import Language
from service.programs.terms import ProgramKind

QuestionKind = Literal["text", "long_text", "choice", "choices", "yes_no"]
FieldKind = Literal["text", "email", "url", "accounts", "long_text", "choice", "choices", "yes_no"]
Line = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S")]
Prose = Annotated[str, Meta(min_length=1, max_length=20_000, pattern=r"\S")]
Key = Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,39}$", description="by what answers name it")]


class WordedLine(Struct, frozen=True, forbid_unknown_fields=True):
    """A line in Turkish, English, or both; who reads the other language sees the one there is."""

    tr: Line | None = None
    en: Line | None = None


class WordedProse(Struct, frozen=True, forbid_unknown_fields=True):
    """A text in Turkish, English, or both; an empty line parts its paragraphs."""

    tr: Prose | None = None
    en: Prose | None = None


class Option(Struct, frozen=True, forbid_unknown_fields=True):
    """One of the answers to choose from."""

    value: Key
    label: WordedLine


Options = Annotated[list[Option], Meta(max_length=50)]


class Question(Struct, frozen=True, forbid_unknown_fields=True):
    """A question of the application's form. `options`: of `choice` (one of them) and `choices` (some)."""

    key: Key
    label: WordedLine
    kind: QuestionKind = "text"
    required: bool = False
    options: Options = []


Questions = Annotated[list[Question], Meta(max_length=30)]


class ProgramPage(Struct, frozen=True, forbid_unknown_fields=True):
    """What is shown to those who may join, and whether they can apply. `consent`: what an applicant agrees to
    about their data, without it a text of the house; which text it was is kept with each application."""

    open: bool = False
    headline: WordedLine | None = None
    description: WordedProse | None = None
    terms_text: WordedProse | None = None
    consent: WordedProse | None = None
    questions: Questions = []


class ProgramPagePatch(Struct, frozen=True, forbid_unknown_fields=True):
    """What is left out stays; null takes a text away."""

    open: bool | UnsetType = UNSET
    headline: WordedLine | UnsetType | None = UNSET
    description: WordedProse | UnsetType | None = UNSET
    terms_text: WordedProse | UnsetType | None = UNSET
    consent: WordedProse | UnsetType | None = UNSET
    questions: Questions | UnsetType = UNSET


class FieldOption(Struct):
    value: str
    label: str


class FormField(Struct):
    """A field of the application's form, in its order. Those with `answer` go into `answers` by their name,
    the others are fields of the application itself."""

    name: str
    kind: FieldKind
    label: str
    required: bool
    answer: bool
    max_length: int | None
    options: list[FieldOption]


class Consent(Struct):
    """What an applicant agrees to about their data; `version` names this text."""

    version: str
    text: str


class PublicProgram(Struct):
    """A program as those see it who may join. `rates`: what it pays everybody, in words; what some groups
    or partners get is not among it. `terms`: when it is paid, what an order is credited by. An application
    names `terms_version`."""

    id: str
    name: str
    kind: ProgramKind
    brand: str
    language: Language
    open: bool
    headline: str | None
    description: str | None
    terms_text: str | None
    rates: list[str]
    bonuses: list[str]
    terms: list[str]
    terms_version: int
    terms_valid_from: datetime | None
    fields: list[FormField]
    consent: Consent
