"""GET /v1/payout-runs/{id}/bank.csv."""

from collections.abc import AsyncIterator
from typing import Annotated, Any, Final
from uuid import UUID

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Stream
from litestar.types import ControllerRouterHandler

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.accounts.workspaces.store import get_workspace
from service.kit import ids
from service.kit.db import Connection, Database
from service.kit.money import Money
from service.ledger.payouts.accounts import sealing
from service.ledger.payouts.bank import store, table
from service.ledger.payouts.bank.store import PaymentRow
from service.ledger.payouts.bank.table import Layout, Payment
from service.ledger.payouts.problems import UnknownRun
from service.ledger.payouts.runs import store as runs

# It holds account numbers, which reading the books alone doesn't show.
Writer = Annotated[Caller, May("ledger:write")]
AnyRequest = Request[Any, Any, Any]
InCurrency = Annotated[str | None, QueryParameter(pattern="^[A-Z]{3}$", description="in this currency")]
InLayout = Annotated[Layout, QueryParameter(description="`tr`: Turkish words, semicolons and decimal commas")]
OnlyOpen = Annotated[bool, QueryParameter(description="true: only what no bank has yet (`created`)")]
CSV = {"text/csv": {"schema": {"type": "string"}}}
ROWS = 500
FIRST = UUID(int=0)
OPEN: Final = ["created"]
STANDING: Final = ["created", "sent", "paid"]


@get(
    "/v1/payout-runs/{payout_run_id:str}/bank.csv",
    tags=["ledger"],
    opt={"openapi_answer": CSV},
    raises=[UnknownRun],
)
async def get_bank_file(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    request: AnyRequest,
    payout_run_id: FromPath[str],
    currency: InCurrency = None,
    layout: InLayout = "en",
    only_open: OnlyOpen = False,
) -> Stream:
    """The payments of a run for the bank: IBAN, payee, amount, currency, description, reference. What
    failed is not in it. It changes nothing: tell what was sent by POST /v1/payouts/decide."""
    run = await runs.get_run(db, caller.workspace_id, ids.read("prn", payout_run_id))
    payer = (await get_workspace(db, caller.workspace_id)).name
    await audit.record(db, caller, "payout_run.bank_file", payout_run_id)
    statuses = OPEN if only_open else STANDING
    body = _lines(request.app.state.database, caller.workspace_id, run.id, payer, statuses, currency, layout)
    headers = {"Content-Disposition": f'attachment; filename="{payout_run_id}.csv"'}
    return Stream(body, media_type="text/csv", headers=headers)


async def _lines(
    database: Database,
    workspace_id: UUID,
    run_id: UUID,
    payer: str,
    statuses: list[str],
    currency: str | None,
    layout: Layout,
) -> AsyncIterator[str]:
    yield table.header(layout)
    after = FIRST
    while True:
        async with database.transaction(workspace_id) as db:
            rows = await store.payments(db, workspace_id, run_id, statuses, currency, after, ROWS)
        yield table.lines([_payment(row) for row in rows], payer, layout)
        if len(rows) < ROWS:
            return
        after = rows[-1].id


def _payment(row: PaymentRow) -> Payment:
    place = sealing.opened(row.account_id, row.sealed)
    return Payment(place.iban, place.payee, Money(row.amount, row.currency), row.reference)


ROUTES: list[ControllerRouterHandler] = [get_bank_file]
