"""Searches and their answers."""

from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from service.discovery.search.facets import Facet
from service.discovery.search.filters import Filters, Id
from service.discovery.search.sorting import Sort
from service.influencers.accounts.schemas import Account
from service.influencers.audiences.schemas import AudienceShare
from service.influencers.profiles.schemas import Influencer
from service.kit.money import Money
from service.kit.paging import DEFAULT_LIMIT

Include = Literal["accounts", "rates", "contacts", "audience"]
Query = Annotated[
    str,
    Meta(
        max_length=200,
        description="words of names, handles, bios, categories, tags, places: all, the last as a beginning",
        examples=["İstanbul güzellik"],
    ),
]

BodyCursor = Annotated[str, Meta(max_length=2000, description="`next_cursor` of the page before")]


class Search(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Who is searched for, and in which order.

    Without `sort`: by relevance where there is a `query`, else by followers. A sort without a direction puts
    the best first (low cost, high everything else; names from A). `brief_id` is needed for scores.
    """

    query: Query = ""
    filters: Filters = Filters()
    sort: Sort | None = None
    brief_id: Id | None = None

    @property
    def order(self) -> Sort:
        """The order, by default that of the best answer."""
        return self.sort or ("relevance" if self.query.strip() else "followers")


class SearchRequest(Search, frozen=True, forbid_unknown_fields=True):
    """A search, what to count beside it, what to include in each profile, and which page."""

    facets: Annotated[list[Facet], Meta(max_length=6)] = []
    include: Annotated[list[Include], Meta(max_length=4)] = []
    limit: Annotated[int, Meta(ge=1, le=100)] = DEFAULT_LIMIT
    cursor: Annotated[str, Meta(max_length=2000, description="`next_cursor` of the page before")] | None = (
        None
    )


class MatchRow(Struct):
    """What only the search table knows of a row of a page."""

    influencer_id: UUID
    account_id: UUID
    growth: float | None
    price: int | None
    currency: str
    cost_per_1000_views: float | None


class Match(Struct):
    """The account that meets the filters; of several the one that the order puts first.

    `growth`: followers gained per 30 days, a fraction. `price`: the cheapest rate that is valid today, and
    `cost_per_1000_views` by it, both in the workspace's currency.
    """

    account: Account
    growth: float | None
    price: Money | None
    cost_per_1000_views: Money | None


class Found(Influencer, kw_only=True):
    """A profile that was found, with the account that matches (none for a profile without accounts).

    `fit` where the search has a brief; `audience`, of that account, as `include` asks.
    """

    match: Match | None
    fit: float | UnsetType | None = UNSET
    audience: list[AudienceShare] | UnsetType = UNSET


class Count(Struct):
    """How many influencers match: exactly `value`, or at least that (`gte`)."""

    value: int
    relation: Literal["eq", "gte"]


class FacetValue(Struct):
    """How many of the influencers that match have a value; for tiers an account of that size."""

    value: str
    count: int


class FacetCounts(Struct):
    """The most frequent values of a facet. `approx`: estimated from a sample, because very many match."""

    relation: Literal["eq", "approx"]
    values: list[FacetValue]


class SearchResults(Struct):
    """A page of a search."""

    data: list[Found]
    next_cursor: str | None
    has_more: bool
    count: Count
    facets: dict[str, FacetCounts]
