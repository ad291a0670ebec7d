"""GET /v1/partners/{id}/statement."""

from typing import Annotated, Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Stream
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.kit import ids
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput
from service.ledger.statements import actions
from service.ledger.statements.schemas import InZone, OfMonth, Statement, StatementLine
from service.programs import store as partners
from service.programs.problems import UnknownPartner

Reader = Annotated[Caller, May("ledger:read")]
AnyRequest = Request[Any, Any, Any]
CSV = {"text/csv": {"schema": {"type": "string"}}}
PATH = "/v1/partners/{partner_id:str}/statement"


@get(PATH, tags=["ledger"], raises=[UnknownPartner, InvalidInput])
async def get_partner_statement(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    partner_id: FromPath[str],
    of_month: OfMonth = None,
    tz: InZone = None,
) -> Statement:
    """A partner's month, per currency: what was owed when it began, earned, taken back, paid, and what is
    owed at its end; all by the ledger's entries of the month, together with merged records'."""
    who = await partners.get_partner(db, caller.workspace_id, ids.read("prt", partner_id))
    month = await actions.asked_month(db, caller.workspace_id, of_month, tz)
    return await actions.statement(db, caller.workspace_id, who.id, who.name, month)


@get(f"{PATH}/lines", tags=["ledger"], raises=[UnknownPartner, InvalidInput, BadCursor])
async def list_partner_statement_lines(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    partner_id: FromPath[str],
    of_month: OfMonth = None,
    tz: InZone = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[StatementLine]:
    """What changed the sum that is owed, the oldest first."""
    who = await partners.get_partner(db, caller.workspace_id, ids.read("prt", partner_id))
    month = await actions.asked_month(db, caller.workspace_id, of_month, tz)
    return await actions.page(db, caller.workspace_id, who.id, month, cursor, limit)


@get(f"{PATH}.csv", tags=["ledger"], opt={"openapi_answer": CSV}, raises=[UnknownPartner, InvalidInput])
async def export_partner_statement(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    partner_id: FromPath[str],
    of_month: OfMonth = None,
    tz: InZone = None,
) -> Stream:
    """The statement's lines as a spreadsheet in minor units, between what was owed before and after."""
    who = await partners.get_partner(db, caller.workspace_id, ids.read("prt", partner_id))
    month = await actions.asked_month(db, caller.workspace_id, of_month, tz)
    return actions.exported(request.app.state.database, caller.workspace_id, None, who.id, month)


ROUTES: list[ControllerRouterHandler] = [
    get_partner_statement,
    list_partner_statement_lines,
    export_partner_statement,
]
