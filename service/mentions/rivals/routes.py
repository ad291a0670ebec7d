"""/v1/listening/compare."""

from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.influencers.brands.comparing.routes import CSV, Ids, Top
from service.influencers.problems import UnknownBrand
from service.influencers.schemas import From, To
from service.kit.db import Connection
from service.kit.problems import Forbidden, InvalidInput
from service.mentions.rivals import actions
from service.mentions.rivals.schemas import RivalComparison
from service.mentions.rivals.table import sheet

Reader = Annotated[Caller, May("mentions:read")]
AnyRequest = Request[Any, Any, Any]


@get("/v1/listening/compare", tags=["mentions"], raises=[UnknownBrand, InvalidInput, Forbidden])
async def compare_rivals(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    ids: Ids,
    since: From = None,
    until: To = None,
    top: Top = 5,
) -> RivalComparison:
    """Own and rival brands side by side: what GET /v1/brands/compare says of their accounts, and mentions,
    net sentiment and share of voice by their listening queries.

    Voice is shared among the brands of `ids` that have a query: a mention that names k of them is 1/k of
    each, so shares add up to 1. What isn't known is null with a reason. It needs the scope brands:read, too.
    """
    database = request.app.state.database
    return await actions.compared(database, db, caller, ids, since, until, top)


@get(
    "/v1/listening/compare.csv",
    tags=["mentions"],
    opt={"openapi_answer": CSV},
    raises=[UnknownBrand, InvalidInput, Forbidden],
)
async def export_rivals(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    ids: Ids,
    since: From = None,
    until: To = None,
) -> Response[str]:
    """The same as a spreadsheet, a row per brand."""
    answer = await actions.compared(request.app.state.database, db, caller, ids, since, until, 0)
    headers = {"Content-Disposition": 'attachment; filename="rivals.csv"', "Cache-Control": "no-store"}
    return Response(sheet(answer), media_type="text/csv", headers=headers)


ROUTES: list[ControllerRouterHandler] = [compare_rivals, export_rivals]
