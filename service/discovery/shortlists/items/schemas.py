"""Influencers on a shortlist."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from service.discovery.scores.schemas import InfluencerCard, PersonRow, Scores
from service.influencers.accounts.schemas import Account
from service.influencers.rates.schemas import Rate
from service.influencers.schemas import LongText

Status = Literal["suggested", "starred", "ignored", "contacted", "approved", "rejected"]
Sort = Literal["added", "fit", "name", "status", "followers", "updated"]
Included = Literal["accounts", "rates", "scores"]
Id = Annotated[str, Meta(max_length=40)]
Why = Annotated[str, Meta(min_length=1, max_length=2_000, pattern=r"\S")]


class ItemPatch(Struct, forbid_unknown_fields=True):
    """What is left out stays; but a reason belongs to its status and goes with it."""

    status: Status | UnsetType = UNSET
    reason: Why | UnsetType | None = UNSET
    notes: LongText | UnsetType | None = UNSET


class ItemRow(PersonRow):
    """An item, beside the profile that it is (`id` is the influencer's)."""

    status: Status
    reason: str | None
    notes: str | None
    fit: float | None
    sentences: list[str]
    run_id: UUID | None
    added_at: datetime
    updated_at: datetime
    followers: int | None


class SortedItemRow(ItemRow):
    """An item with its place in an order."""

    key: int | float | str


class ShortlistItem(Struct):
    """An influencer on a list.

    `fit` and `sentences` are of the day on which a brief's best were added; `scores` are those of now.
    """

    influencer: InfluencerCard
    status: Status
    reason: str | None
    notes: str | None
    fit: float | None
    sentences: list[str]
    run_id: str | None
    added_at: datetime
    updated_at: datetime
    accounts: list[Account] | UnsetType = UNSET
    rates: list[Rate] | UnsetType = UNSET
    scores: Scores | UnsetType = UNSET
