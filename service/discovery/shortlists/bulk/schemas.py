"""Requests about many influencers of a shortlist, and a result for each."""

from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from service.discovery.scores.schemas import MaybeLanguage
from service.discovery.search.filters import Filters
from service.discovery.shortlists.items.schemas import Id, Status, Why

Result = Literal[
    "added", "changed", "removed", "unchanged", "not_found", "not_on_list", "opted_out", "archived"
]
MOST = 1_000
Many = Annotated[list[Id], Meta(min_length=1, max_length=MOST)]


class NewItems(Struct, forbid_unknown_fields=True):
    """Influencers by their ids, or the `top` of a brief (left out: the list's own) among those filtered."""

    influencer_ids: Many | UnsetType = UNSET
    brief_id: Id | UnsetType = UNSET
    top: Annotated[int, Meta(ge=1, le=MOST)] | UnsetType = UNSET
    filters: Filters | UnsetType = UNSET
    language: MaybeLanguage = UNSET


class ItemsPatch(Struct, forbid_unknown_fields=True):
    """One status for many."""

    influencer_ids: Many
    status: Status
    reason: Why | None = None


class ItemsRemoval(Struct, forbid_unknown_fields=True):
    """Who is taken off the list."""

    influencer_ids: Many


class NewItem(Struct, frozen=True):
    """An item that is to be added, with what the brief's run said of it."""

    influencer_id: UUID
    fit: float | None = None
    sentences: tuple[str, ...] = ()


class StandingRow(Struct):
    """Whether an influencer can be put on a list."""

    id: UUID
    opted_out: bool
    archived: bool


class ItemResult(Struct):
    """What became of one influencer of a bulk request."""

    influencer_id: str
    result: Result


class ItemResults(Struct):
    """A result for each influencer, in the order of the request; `changed` counts what is now otherwise.

    `run_id`: the run of scores that a brief's best were taken from.
    """

    data: list[ItemResult]
    changed: int
    run_id: str | UnsetType = UNSET
