"""/v1/rewards/obligations."""

import asyncio
from typing import Annotated

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.advocacy.obligations import edges, store
from service.advocacy.obligations.actions import price_points
from service.advocacy.obligations.schemas import Obligations, Question
from service.advocacy.obligations.summing import sheet, summed, told_apart
from service.influencers.schemas import From, To
from service.kit import clock, ids
from service.kit.db import Connection
from service.kit.problems import InvalidInput
from service.programs.catalogue.store import get_brief
from service.programs.problems import UnknownProgram

Reader = Annotated[Caller, May("advocacy:read")]
OfProgram = Annotated[str | None, QueryParameter(max_length=40, description="of this program's rewards")]
CSV = {"text/csv": {"schema": {"type": "string"}}}


@get("/v1/rewards/obligations", tags=["advocacy"], raises=[UnknownProgram, InvalidInput])
async def get_obligations(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    program_id: OfProgram = None,
    since: From = None,
    until: To = None,
) -> Obligations:
    """What was promised in the rewards that were earned in the period, what became of it, and what the open
    promises will cost, with a 95% interval.

    Vouchers are worth what their pool says. What a discount costs is known when it is used: such promises are
    counted, and `unpriced`. Points are a unit of their own; where the terms tell what they are worth,
    `points_cost` shows the same open points in money, and no sum of money has them in it.
    """
    return await _answer(db, caller, _question(program_id, since, until))


@get(
    "/v1/rewards/obligations.csv",
    tags=["advocacy"],
    opt={"openapi_answer": CSV},
    raises=[UnknownProgram, InvalidInput],
)
async def export_obligations(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    program_id: OfProgram = None,
    since: From = None,
    until: To = None,
) -> Response[str]:
    """The same lines as a spreadsheet, in minor units."""
    found = await _answer(db, caller, _question(program_id, since, until))
    headers = {"Content-Disposition": 'attachment; filename="obligations.csv"', "Cache-Control": "no-store"}
    return Response(sheet(found), media_type="text/csv", headers=headers)


def _question(program_id: str | None, since: From, until: To) -> Question:
    if since is not None and until is not None and since >= until:
        errors = [{"path": "to", "message": "has to lie after from"}]
        raise InvalidInput("a period that ends before it begins", errors=errors)
    return Question(None if program_id is None else ids.read("prg", program_id), since, until)


async def _answer(db: Connection, caller: Caller, asked: Question) -> Obligations:
    if asked.program_id is not None:
        await get_brief(db, caller.workspace_id, asked.program_id)
    now = await clock.now(db)
    days = edges.earned(asked.since, asked.until), edges.due(now)
    span = asked.program_id, now, asked.since, asked.until
    rows = await store.alike(db, caller.workspace_id, *span, *days)
    found = await asyncio.to_thread(summed, *told_apart(rows), now)
    return await price_points(db, caller.workspace_id, asked, found)


ROUTES: list[ControllerRouterHandler] = [get_obligations, export_obligations]
