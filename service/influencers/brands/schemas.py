"""Own brands and competitors."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from service.influencers.accounts.schemas import Account, NewAccount
from service.influencers.schemas import Labels, LongText, Name

BrandKind = Literal["own", "competitor"]
Relation = Literal["direct", "indirect"]


class NewBrand(Struct, kw_only=True, forbid_unknown_fields=True):
    """A brand; `relation` says how a competitor competes."""

    name: Name
    kind: BrandKind = "own"
    relation: Relation | None = None
    proposition: LongText | None = None
    values: Labels = []
    accounts: Annotated[list[NewAccount], Meta(max_length=50)] = []


class BrandPatch(Struct, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is; lists are replaced."""

    name: Name | UnsetType = UNSET
    kind: BrandKind | UnsetType = UNSET
    relation: Relation | UnsetType | None = UNSET
    proposition: LongText | UnsetType | None = UNSET
    values: Labels | UnsetType = UNSET


class BrandRow(Struct):
    id: UUID
    name: str
    kind: BrandKind
    relation: Relation | None
    proposition: str | None
    values: list[str]
    archived_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime


class Brand(Struct):
    """A brand with its accounts."""

    id: str
    name: str
    kind: BrandKind
    relation: Relation | None
    proposition: str | None
    values: list[str]
    archived_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime
    accounts: list[Account]
