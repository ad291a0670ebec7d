"""Searches that people keep."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar.params import QueryParameter
from msgspec import UNSET, Struct, UnsetType

from service.discovery.search.schemas import Search
from service.influencers.schemas import Name


class NewSavedSearch(Struct, frozen=True, forbid_unknown_fields=True):
    """A search under a name."""

    name: Name
    search: Search


class SavedSearchPatch(Struct, frozen=True, forbid_unknown_fields=True):
    """What is left out stays as it is; the search is replaced as a whole."""

    name: Name | UnsetType = UNSET
    search: Search | UnsetType = UNSET


class SavedSearchRow(Struct):
    id: UUID
    name: str
    search: Search
    created_by: str
    created_at: datetime
    updated_at: datetime


class SavedSearch(Struct):
    """A search that was kept; `created_by` is a person or a key."""

    id: str
    name: str
    search: Search
    created_by: str
    created_at: datetime
    updated_at: datetime


IncludeList = Annotated[
    str | None,
    QueryParameter(max_length=100, description="accounts, rates, contacts, audience, separated by commas"),
]
FacetList = Annotated[
    str | None,
    QueryParameter(
        max_length=100, description="platform, country, city, category, language, tier, separated by commas"
    ),
]
