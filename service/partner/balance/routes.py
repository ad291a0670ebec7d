"""GET /v1/partner/balance, also as a CSV."""

from typing import Annotated

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.kit import ids
from service.kit.db import Connection
from service.ledger.books import showing
from service.ledger.books import store as books
from service.ledger.books.schemas import Balances
from service.partner.balance import table

Partner = Annotated[Caller, May("partner")]
CSV = {"text/csv": {"schema": {"type": "string"}}}


@get("/v1/partner/balance", tags=["partner"])
async def get_own_balance(caller: NamedDependency[Partner], db: NamedDependency[Connection]) -> Balances:
    """What you are owed, per currency in minor units: waiting, held, payable, and what was paid.

    `negative` is what refunds took back after a payout; it is set off against what comes next. `earned` is
    everything together.
    """
    rows = await books.of_partner(db, caller.workspace_id, caller.partner)
    return Balances(ids.show("prt", caller.partner), showing.balances(rows))


@get("/v1/partner/balance.csv", tags=["partner"], opt={"openapi_answer": CSV})
async def export_own_balance(
    caller: NamedDependency[Partner], db: NamedDependency[Connection]
) -> Response[str]:
    """The same as a spreadsheet, a line a currency."""
    rows = await books.of_partner(db, caller.workspace_id, caller.partner)
    headers = {"Content-Disposition": 'attachment; filename="balance.csv"'}
    return Response(table.lines(showing.balances(rows)), media_type="text/csv", headers=headers)


ROUTES: list[ControllerRouterHandler] = [get_own_balance, export_own_balance]
