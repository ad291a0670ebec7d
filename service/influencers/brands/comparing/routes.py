"""/v1/brands/compare."""

from typing import Annotated, Literal

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from service.accounts.callers import Caller, May
from service.influencers.brands.comparing import actions, show
from service.influencers.brands.comparing.schemas import BrandComparison
from service.influencers.problems import UnknownBrand
from service.influencers.schemas import Components, From, To
from service.kit.db import Connection
from service.kit.problems import InvalidInput

Reader = Annotated[Caller, May("brands:read")]
Ids = Annotated[str, QueryParameter(max_length=2_000, description="up to 20 brands, with commas")]
Top = Annotated[int, QueryParameter(ge=0, le=50, description="how many posts and hashtags of each")]
Statistic = Annotated[
    Literal["median", "mean"], QueryParameter(description="of the rates of a period's posts")
]
OfWhat = Annotated[
    Components, QueryParameter(description="what engagement sums: `full` adds saves and private interactions")
]
CSV = {"text/csv": {"schema": {"type": "string"}}}


@get("/v1/brands/compare", tags=["brands"], raises=[UnknownBrand, InvalidInput])
async def compare_brands(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    ids: Ids,
    since: From = None,
    until: To = None,
    top: Top = 5,
    statistic: Statistic = "median",
    components: OfWhat = "public",
) -> BrandComparison:
    """Brands side by side between two moments, each with its accounts.

    Followers at both ends and their change, posts per week, engagement rates by format, the posts and
    hashtags with the most engagement. What isn't known is null with a reason. GET /v1/listening/compare adds
    what is said of the brands.
    """
    rows = await actions.found(db, caller.workspace_id, ids)
    return await actions.compared(
        db,
        caller.workspace_id,
        rows,
        since,
        until,
        top=top,
        statistic=statistic,
        components=components,
    )


@get(
    "/v1/brands/compare.csv",
    tags=["brands"],
    opt={"openapi_answer": CSV},
    raises=[UnknownBrand, InvalidInput],
)
async def export_brands_comparison(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    ids: Ids,
    since: From = None,
    until: To = None,
    statistic: Statistic = "median",
    components: OfWhat = "public",
) -> Response[str]:
    """The same as a spreadsheet: a row per brand, and one per account; rates are of organic posts."""
    rows = await actions.found(db, caller.workspace_id, ids)
    answer = await actions.compared(
        db,
        caller.workspace_id,
        rows,
        since,
        until,
        top=0,
        statistic=statistic,
        components=components,
    )
    headers = {"Content-Disposition": 'attachment; filename="brands.csv"', "Cache-Control": "no-store"}
    return Response(show.sheet(answer), media_type="text/csv", headers=headers)


ROUTES = [compare_brands, export_brands_comparison]
