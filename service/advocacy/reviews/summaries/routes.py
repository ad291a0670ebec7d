"""GET /v1/reviews/summary."""

from datetime import date
from typing import Annotated

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.advocacy import spans
from service.advocacy.reviews.narrowing import OfProduct, OfShop
from service.advocacy.reviews.schemas import ReviewStatus, ReviewSummary
from service.advocacy.reviews.summaries import averaging, store, summing, table
from service.advocacy.spans import Days
from service.advocacy.tables import CSV, lines
from service.imports.rejects_csv import BOM
from service.kit.db import Connection
from service.kit.problems import InvalidInput
from service.links.stats.grouping import DEFAULT_ZONE

Reader = Annotated[Caller, May("advocacy:read")]
First = Annotated[date | None, QueryParameter(name="from", description="first day; else from the beginning")]
Last = Annotated[date | None, QueryParameter(name="to", description="last day, included")]
Zone = Annotated[str, QueryParameter(max_length=64, description="IANA zone of days and months")]
InStatus = Annotated[ReviewStatus, QueryParameter(name="status", description="of reviews in this status")]
Products = Annotated[int, QueryParameter(ge=1, le=1_000, description="so many products at most")]
DEFAULT_PRODUCTS = 100


@get("/v1/reviews/summary", tags=["advocacy"], raises=[InvalidInput])
async def summarize_reviews(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    first: First = None,
    last: Last = None,
    tz: Zone = DEFAULT_ZONE,
    in_status: InStatus = "approved",
    product_id: OfProduct = None,
    shop: OfShop = None,
    products: Products = DEFAULT_PRODUCTS,
) -> ReviewSummary:
    """Ratings of all, of each product (those with the most reviews first) and of each month: mean, its 95%
    interval, counts by stars, shares that are verified and incentivized.

    `adjusted_mean` is what to sort products by: the mean as if there were `prior.weight` reviews more of
    `prior.mean`. For products and months that is ten reviews of the mean of all that were asked for; for the
    total half a review of each star. The interval is of a Dirichlet posterior with half a review of each star
    before any was written (Jeffreys' prior).
    """
    days = spans.days(first, last, tz)
    return await _summary(db, caller, days, tz, in_status, product_id, shop, products)


@get("/v1/reviews/summary.csv", tags=["advocacy"], opt={"openapi_answer": CSV}, raises=[InvalidInput])
async def export_review_summary(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    first: First = None,
    last: Last = None,
    tz: Zone = DEFAULT_ZONE,
    in_status: InStatus = "approved",
    product_id: OfProduct = None,
    shop: OfShop = None,
    products: Products = DEFAULT_PRODUCTS,
) -> Response[str]:
    """The same as a spreadsheet, a row for all, for each product and each month."""
    days = spans.days(first, last, tz)
    found = await _summary(db, caller, days, tz, in_status, product_id, shop, products)
    headers = {
        "Content-Disposition": 'attachment; filename="reviews-summary.csv"',
        "Cache-Control": "no-store",
    }
    return Response(BOM + lines([table.COLUMNS, *table.rows(found)]), media_type="text/csv", headers=headers)


async def _summary(
    db: Connection,
    caller: Caller,
    days: Days,
    tz: str,
    status: ReviewStatus,
    product_id: str | None,
    shop: str | None,
    products: int,
) -> ReviewSummary:
    asked = (status, days.since, days.until, product_id, tz, shop, products, False)
    rows = await store.tallies(db, caller.workspace_id, *asked)
    total = averaging.figures(summing.total(rows))
    by_product, by_month = summing.by_product(rows), summing.by_month(rows)
    return ReviewSummary(days.first, days.last, tz, status, total, by_product, by_month)


ROUTES: list[ControllerRouterHandler] = [summarize_reviews, export_review_summary]
