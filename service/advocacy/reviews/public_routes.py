"""Approved reviews for a shop's page, which calls with a publishable key."""

from typing import Annotated

from litestar import get
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.advocacy.reviews import showing, store
from service.advocacy.reviews.narrowing import (
    AtLeast,
    AtMost,
    HasText,
    InLanguage,
    IsVerified,
    Listed,
    OfProduct,
    OfShop,
)
from service.advocacy.reviews.schemas import PublicReview, PublicSummary
from service.advocacy.reviews.summaries import store as summaries
from service.advocacy.reviews.summaries import summing
from service.influencers.schemas import ByTime
from service.kit import paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.links.stats.grouping import DEFAULT_ZONE

OnPage = Annotated[Caller, May("track")]
Key = Annotated[
    str | None,
    QueryParameter(max_length=80, description="the publishable key, where no header can be sent"),
]


@get("/v1/reviews/public", tags=["advocacy"], raises=[BadCursor])
async def list_public_reviews(
    caller: NamedDependency[OnPage],
    db: NamedDependency[Connection],
    product_id: OfProduct = None,
    shop: OfShop = None,
    min_rating: AtLeast = None,
    max_rating: AtMost = None,
    verified: IsVerified = None,
    has_text: HasText = None,
    language: InLanguage = None,
    key: Key = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[PublicReview]:
    """Approved reviews, good and bad ones, the newest first, with the publishable key of a shop's page.

    Authors are a first name and an initial at most; `incentivized` has to be shown beside a review for which
    something was given.
    """
    wanted = Listed(
        product_id=product_id,
        shop=shop,
        min_rating=min_rating,
        max_rating=max_rating,
        verified=verified,
        has_text=has_text,
        language=language,
        status="approved",
        settled=True,
    )
    before = paging.decode(cursor, ByTime)
    rows = await store.listed(db, caller.workspace_id, wanted, before, limit + 1)
    return paging.page(rows, limit, lambda row: (row.published_at, row.id), showing.public)


@get("/v1/reviews/public/summary", tags=["advocacy"])
async def summarize_public_reviews(
    caller: NamedDependency[OnPage],
    db: NamedDependency[Connection],
    product_id: OfProduct = None,
    shop: OfShop = None,
    key: Key = None,
) -> PublicSummary:
    """The mean of the approved reviews and their number by stars (schema.org's AggregateRating), of all or of
    a product."""
    asked = ("approved", None, None, product_id, DEFAULT_ZONE, shop, 1, True)
    return summing.public(await summaries.tallies(db, caller.workspace_id, *asked), product_id)


ROUTES: list[ControllerRouterHandler] = [list_public_reviews, summarize_public_reviews]
