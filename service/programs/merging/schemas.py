"""Merging the records of one partner."""

from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from service.programs.schemas import Partner

Id = Annotated[str, Meta(max_length=40)]
Likeness = Literal["influencer", "email", "name"]


class MergePartners(Struct, forbid_unknown_fields=True):
    """The partner that stays, and those that become part of it: of the same program, or of none."""

    keep: Id
    merge: Annotated[list[Id], Meta(min_length=1, max_length=100)]


class MovedThings(Struct):
    """What the duplicates bring along: links and coupons are the kept partner's from now on. `conversions`
    and `commissions` that were theirs stay as they were booked, and are counted with the kept one's."""

    links: int
    coupons: int
    conversions: int
    commissions: int


class MergedPartners(Struct):
    """The partner as it is, or would be, and what moves."""

    partner: Partner
    moved: MovedThings
    dry_run: bool


class DuplicateRow(Struct):
    program_id: UUID | None
    likeness: Likeness
    ids: list[UUID]


class Duplicates(Struct):
    """Partners of one program who look like one. `likeness`: the same influencer, the same mailbox (case,
    `+tag` and the dots of Gmail make no difference), or the same name. The oldest stands first."""

    program_id: str | None
    likeness: Likeness
    partners: list[Partner]
