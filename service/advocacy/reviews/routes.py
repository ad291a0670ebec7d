"""/v1/reviews, and all routes of reviews."""

from collections.abc import AsyncIterator
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, patch, post, put
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody
from litestar.response import Stream
from litestar.types import ControllerRouterHandler

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.advocacy.reviews import actions, listing, public_routes, showing, store, table
from service.advocacy.reviews.narrowing import (
    AtLeast,
    AtMost,
    ByExternalId,
    ByWords,
    HasAnswer,
    HasText,
    InLanguage,
    InStatus,
    IsIncentivized,
    IsVerified,
    Listed,
    OfAddress,
    OfCustomer,
    OfProduct,
    OfShop,
    OfSource,
)
from service.advocacy.reviews.problems import UnknownReview
from service.advocacy.reviews.schemas import (
    NewReview,
    NewReviews,
    Review,
    ReviewItems,
    ReviewPatch,
    ReviewResults,
    ReviewSettings,
)
from service.advocacy.reviews.summaries import routes as summaries
from service.advocacy.reviews.taking import settings_of
from service.advocacy.reviews.told import key_of
from service.advocacy.tables import CSV, lines
from service.conversions.customers import keys_of
from service.conversions.reports import Buyer
from service.imports.rejects_csv import BOM
from service.influencers.reading import id_list
from service.influencers.schemas import ByTime, From, IdList, To
from service.kit import ids as outer
from service.kit import paging
from service.kit.db import Connection, Database
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound

Reader = Annotated[Caller, May("advocacy:read")]
Writer = Annotated[Caller, May("advocacy:write")]
AnyRequest = Request[Any, Any, Any]
ROWS = 500


@post(
    "/v1/reviews",
    tags=["advocacy"],
    raises=[InvalidInput],
    responses={200: ResponseSpec(Review, description="It was known: the review as it stands.")},
)
async def create_review(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    request: AnyRequest,
    data: JSONBody[NewReview],
) -> Response[Review]:
    """Takes a review in: 201 where it is new, 200 where it was known by its `source` and `external_id`.

    It is kept as a mention of the kind `review` (its language and sentiment are read, listening's queries
    find it, loyalty counts it once) with what mentions don't know beside it. It is a verified purchase where
    an order that is known says so: the one it names, or one of the customer's, from before and with the
    product where both tell products. Orders that come later are looked at, too. A review of an advocate is a
    deed, whatever the stars, once it is approved.
    """
    taken, row = await actions.take_one(db, request.app.state.settings, caller, data)
    return Response(showing.review(row), status_code=201 if taken.status == "created" else 200)


@post(
    "/v1/reviews/bulk",
    tags=["advocacy"],
    status_code=200,
    opt={"body_type": NewReviews},
    raises=[InvalidInput],
)
async def create_reviews(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    request: AnyRequest,
    data: JSONBody[ReviewItems],
) -> ReviewResults:
    """Takes up to 1,000 reviews in: a result per item, good ones are stored beside bad. For more,
    POST /v1/imports takes the kind `reviews`."""
    settings = request.app.state.settings
    return showing.results(await actions.take_items(db, settings, caller, data.reviews))


@get("/v1/reviews", tags=["advocacy"], raises=[BadCursor, InvalidInput, NotFound])
async def list_reviews(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    ids: IdList = None,
    q: ByWords = None,
    min_rating: AtLeast = None,
    max_rating: AtMost = None,
    product_id: OfProduct = None,
    shop: OfShop = None,
    source: OfSource = None,
    verified: IsVerified = None,
    in_status: InStatus = None,
    has_text: HasText = None,
    answered: HasAnswer = None,
    incentivized: IsIncentivized = None,
    language: InLanguage = None,
    external_id: ByExternalId = None,
    customer_id: OfCustomer = None,
    email: OfAddress = None,
    since: From = None,
    until: To = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Review]:
    """The newest first. `q` is an expression of listening's query language (words, phrases, OR, NOT) and goes
    with all filters. `external_id` is the review's (of `source`); `customer_id` (of `shop`) and `email` name
    a customer."""
    wanted = Listed(
        ids=id_list("rev", ids),
        min_rating=min_rating,
        max_rating=max_rating,
        product_id=product_id,
        shop=shop,
        source=source,
        verified=verified,
        status=in_status,
        has_text=has_text,
        answered=answered,
        incentivized=incentivized,
        language=language,
        mention_key=None if external_id is None else key_of(source, external_id),
        keys=_keys(caller.workspace_id, shop, customer_id, email),
        since=since,
        until=until,
    )
    before = paging.decode(cursor, ByTime)
    if q is None:
        rows = await store.listed(db, caller.workspace_id, wanted, before, limit + 1)
    else:
        database = request.app.state.database
        rows = await listing.searched(database, db, caller.workspace_id, q, wanted, before, limit + 1)
    return paging.page(rows, limit, lambda row: (row.published_at, row.id), showing.review)


@get("/v1/reviews.csv", tags=["advocacy"], opt={"openapi_answer": CSV}, raises=[InvalidInput])
async def export_reviews(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    min_rating: AtLeast = None,
    max_rating: AtMost = None,
    product_id: OfProduct = None,
    shop: OfShop = None,
    source: OfSource = None,
    verified: IsVerified = None,
    in_status: InStatus = None,
    has_text: HasText = None,
    language: InLanguage = None,
    since: From = None,
    until: To = None,
) -> Stream:
    """Reviews as a spreadsheet, the newest first. It is noted who took it."""
    wanted = Listed(
        min_rating=min_rating,
        max_rating=max_rating,
        product_id=product_id,
        shop=shop,
        source=source,
        verified=verified,
        status=in_status,
        has_text=has_text,
        language=language,
        since=since,
        until=until,
    )
    await audit.record(db, caller, "reviews.exported", outer.show("ws", caller.workspace_id))
    headers = {"Content-Disposition": 'attachment; filename="reviews.csv"', "Cache-Control": "no-store"}
    body = _pieces(request.app.state.database, caller.workspace_id, wanted)
    return Stream(body, media_type="text/csv", headers=headers)


@get("/v1/reviews/settings", tags=["advocacy"])
async def get_review_settings(
    caller: NamedDependency[Reader], db: NamedDependency[Connection]
) -> ReviewSettings:
    """How new reviews are moderated; without a word they are approved."""
    return await settings_of(db, caller.workspace_id)


@put("/v1/reviews/settings", tags=["advocacy"], raises=[InvalidInput])
async def set_review_settings(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[ReviewSettings]
) -> ReviewSettings:
    """Says how new reviews are moderated: all of them wait for a decision, or none; never by their stars.
    Those that are there stay as they are."""
    return await actions.configure(db, caller, data)


@get("/v1/reviews/{review_id:str}", tags=["advocacy"], raises=[UnknownReview])
async def get_review(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], review_id: FromPath[str]
) -> Review:
    """One review."""
    return showing.review(await store.get_review(db, caller.workspace_id, outer.read("rev", review_id)))


@patch("/v1/reviews/{review_id:str}", tags=["advocacy"], raises=[UnknownReview, InvalidInput])
async def change_review(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    review_id: FromPath[str],
    data: JSONBody[ReviewPatch],
) -> Review:
    """Approves or rejects a review, and answers it.

    Reasons of a rejection are a closed list, none of which is that it is a bad one: that would be
    suppression. An advocate is given for an approved one as the program's terms say, whatever its stars.
    """
    return showing.review(await actions.change(db, caller, outer.read("rev", review_id), data))


async def _pieces(database: Database, workspace_id: UUID, wanted: Listed) -> AsyncIterator[str]:
    yield BOM + lines([table.COLUMNS])
    before: ByTime | None = None
    while True:
        async with database.transaction(workspace_id) as db:
            rows = await store.listed(db, workspace_id, wanted, before, ROWS)
        yield lines([table.row(showing.review(row)) for row in rows])
        if len(rows) < ROWS:
            return
        before = (rows[-1].published_at, rows[-1].id)


def _keys(
    workspace_id: UUID, shop: str | None, customer_id: str | None, email: str | None
) -> list[bytes] | None:
    if customer_id is None and email is None:
        return None
    return list(keys_of(workspace_id, (shop or "").strip(), Buyer(customer_id, email)))


ROUTES: list[ControllerRouterHandler] = [
    create_review,
    create_reviews,
    list_reviews,
    export_reviews,
    *summaries.ROUTES,
    *public_routes.ROUTES,
    get_review_settings,
    set_review_settings,
    get_review,
    change_review,
]
