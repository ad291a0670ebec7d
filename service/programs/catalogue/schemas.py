"""Programs, and the versions of their terms."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType, field

from service.influencers.schemas import Name, Time
from service.kit.money import Currency, Price
from service.programs.pages.schemas import ProgramPage, ProgramPagePatch
from service.programs.terms import Attribution, Bonuses, Hold, Overrides, ProgramKind, Rules, Terms

ProgramStatus = Literal["active", "paused", "archived"]
ValidFrom = Annotated[
    Time | None, Meta(description="when the terms come into force; without it now, the first ones always")
]


class NewProgram(Struct, forbid_unknown_fields=True):
    """A program. Its first terms pay older orders too, unless `valid_from` says from when on."""

    name: Name
    kind: ProgramKind = "affiliate"
    rules: Rules = []
    bonuses: Bonuses = []
    overrides: Overrides = []
    hold: Hold = Hold()
    attribution: Attribution = field(default_factory=Attribution)
    currency: Currency | None = None
    min_payout: Price | None = None
    page: ProgramPage = field(default_factory=ProgramPage)
    valid_from: ValidFrom = None


class ProgramPatch(Struct, forbid_unknown_fields=True):
    """What is left out stays. Rules, bonuses, overrides, hold, attribution and currency make a new version
    of the terms: orders from `valid_from` on are paid by it, those before stay with theirs. The partners whom
    it concerns are told by mail, ten minutes later. What is left out of `page` stays too."""

    name: Name | UnsetType = UNSET
    status: ProgramStatus | UnsetType = UNSET
    min_payout: Price | UnsetType | None = UNSET
    rules: Rules | UnsetType = UNSET
    bonuses: Bonuses | UnsetType = UNSET
    overrides: Overrides | UnsetType = UNSET
    hold: Hold | UnsetType = UNSET
    attribution: Attribution | UnsetType = UNSET
    currency: Currency | UnsetType | None = UNSET
    page: ProgramPagePatch | UnsetType = UNSET
    valid_from: ValidFrom = None


class ProgramBrief(Struct):
    """What a program is, without its terms."""

    id: UUID
    name: str
    kind: ProgramKind
    status: ProgramStatus


class ProgramRow(Struct):
    """A program with the terms that are in force (or will be first)."""

    id: UUID
    name: str
    kind: ProgramKind
    status: ProgramStatus
    min_payout: int | None
    min_payout_currency: str | None
    partners: int
    version: int
    created_at: datetime
    updated_at: datetime
    page: ProgramPage
    terms_version: int
    terms: Terms


class TermsRow(Struct):
    version: int
    valid_from: datetime | None
    terms: Terms
    created_by: str
    created_at: datetime
    in_force: bool


class Program(Struct):
    """A program. `terms_version` names the terms that are shown: those in force now, or the first to come.
    `partners`: how many there are who are not archived. Of a program that is paused or archived nothing is
    earned by what happens meanwhile."""

    id: str
    name: str
    kind: ProgramKind
    status: ProgramStatus
    rules: Rules
    bonuses: Bonuses
    overrides: Overrides
    hold: Hold
    attribution: Attribution
    currency: Currency | None
    min_payout: Price | None
    page: ProgramPage
    terms_version: int
    partners: int
    created_at: datetime
    updated_at: datetime


class TermsVersion(Struct):
    """A version of the terms; it never changes. `valid_from` is null where it holds from the beginning.
    Of versions that begin at the same time the later one holds."""

    version: int
    valid_from: datetime | None
    in_force: bool
    terms: Terms
    created_by: str
    created_at: datetime


class ListedPrograms(Struct, frozen=True):
    """What a list of programs is narrowed to. `q`: folded."""

    ids: list[UUID] | None = None
    kind: ProgramKind | None = None
    status: ProgramStatus | None = None
    q: str | None = None
