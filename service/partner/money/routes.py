"""/v1/partner/payouts, /statement, /payout-account."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, delete, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.response import Stream
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.accounts.problems import PeopleOnly
from service.influencers.schemas import From, To
from service.kit import ids as outer
from service.kit import paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput
from service.ledger.payouts import store
from service.ledger.payouts.accounts import actions as accounts
from service.ledger.payouts.accounts import store as account_rows
from service.ledger.payouts.accounts.schemas import NewPayoutAccount
from service.ledger.payouts.problems import NoPayoutAccount, UnknownPayout
from service.ledger.payouts.schemas import ListedPayouts, PayoutStatus
from service.ledger.statements import actions as statements
from service.ledger.statements.schemas import InZone, OfMonth, Statement, StatementLine
from service.partner import tables
from service.partner.money import showing
from service.partner.money.schemas import OwnPaidCommission, OwnPayout, OwnPayoutAccount
from service.programs import store as partners

Partner = Annotated[Caller, May("partner")]
AnyRequest = Request[Any, Any, Any]
InStatus = Annotated[PayoutStatus | None, QueryParameter(name="status", description="in this status")]
InCurrency = Annotated[str | None, QueryParameter(pattern="^[A-Z]{3}$", description="in this currency")]


@get("/v1/partner/payouts", tags=["partner"], raises=[BadCursor])
async def list_own_payouts(
    caller: NamedDependency[Partner],
    db: NamedDependency[Connection],
    in_status: InStatus = None,
    currency: InCurrency = None,
    since: From = None,
    until: To = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[OwnPayout]:
    """What was paid, or is on its way, the newest first. `from` and `to` are about when it was made."""
    wanted = ListedPayouts(status=in_status, currency=currency, since=since, until=until)
    before = paging.decode(cursor, UUID)
    rows = await store.list_payouts(db, caller.workspace_id, _own(caller, wanted), before, limit + 1)
    return paging.page(rows, limit, lambda row: row.id, showing.shown)


def _own(caller: Caller, wanted: ListedPayouts) -> ListedPayouts:
    """Narrowed to the partner's own, and those of merged records."""
    return ListedPayouts(
        partner_id=caller.partner,
        status=wanted.status,
        currency=wanted.currency,
        since=wanted.since,
        until=wanted.until,
    )


@get("/v1/partner/payouts.csv", tags=["partner"], opt={"openapi_answer": tables.CSV})
async def export_own_payouts(
    caller: NamedDependency[Partner],
    request: AnyRequest,
    in_status: InStatus = None,
    currency: InCurrency = None,
    since: From = None,
    until: To = None,
) -> Stream:
    """The same as a spreadsheet, in minor units."""
    wanted = _own(caller, ListedPayouts(status=in_status, currency=currency, since=since, until=until))

    async def page(db: Connection, before: UUID | None) -> list[tuple[UUID, OwnPayout]]:
        rows = await store.list_payouts(db, caller.workspace_id, wanted, before, tables.ROWS)
        return [(row.id, showing.shown(row)) for row in rows]

    columns = showing.COLUMNS
    return tables.answer(request, caller, "payouts", columns, page, lambda one: [showing.cells(one)])


@get("/v1/partner/payouts/{payout_id:str}", tags=["partner"], raises=[UnknownPayout])
async def get_own_payout(
    caller: NamedDependency[Partner], db: NamedDependency[Connection], payout_id: FromPath[str]
) -> OwnPayout:
    """A payout."""
    return showing.shown(await store.get_payout(db, caller.workspace_id, outer.read("pay", payout_id)))


@get("/v1/partner/payouts/{payout_id:str}/commissions", tags=["partner"], raises=[UnknownPayout, BadCursor])
async def list_own_paid_commissions(
    caller: NamedDependency[Partner],
    db: NamedDependency[Connection],
    payout_id: FromPath[str],
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[OwnPaidCommission]:
    """What a payout pays, row by row: they add up to its amount, less `advance`, plus `settled`."""
    payout = await store.get_payout(db, caller.workspace_id, outer.read("pay", payout_id))
    after = paging.decode(cursor, UUID) or UUID(int=0)
    rows = await store.rows_of(db, caller.workspace_id, payout.id, after, limit + 1)
    return paging.page(rows, limit, lambda row: row.id, showing.paid_commission)


@get("/v1/partner/statement", tags=["partner"], raises=[InvalidInput])
async def get_own_statement(
    caller: NamedDependency[Partner],
    db: NamedDependency[Connection],
    of_month: OfMonth = None,
    tz: InZone = None,
) -> Statement:
    """Your month, per currency: what was owed when it began, earned, taken back, paid, and what is owed at
    its end."""
    month = await statements.asked_month(db, caller.workspace_id, of_month, tz)
    own = await partners.get_partner(db, caller.workspace_id, caller.partner)
    return await statements.statement(db, caller.workspace_id, own.id, own.name, month)


@get("/v1/partner/statement/lines", tags=["partner"], raises=[InvalidInput, BadCursor])
async def list_own_statement_lines(
    caller: NamedDependency[Partner],
    db: NamedDependency[Connection],
    of_month: OfMonth = None,
    tz: InZone = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[StatementLine]:
    """What changed the sum that is owed to you, the oldest first."""
    month = await statements.asked_month(db, caller.workspace_id, of_month, tz)
    return await statements.page(db, caller.workspace_id, caller.partner, month, cursor, limit)


@get(
    "/v1/partner/statement.csv",
    tags=["partner"],
    opt={"openapi_answer": tables.CSV},
    raises=[InvalidInput],
)
async def export_own_statement(
    caller: NamedDependency[Partner],
    db: NamedDependency[Connection],
    request: AnyRequest,
    of_month: OfMonth = None,
    tz: InZone = None,
) -> Stream:
    """The lines as a spreadsheet in minor units, between what was owed before and after."""
    month = await statements.asked_month(db, caller.workspace_id, of_month, tz)
    database = request.app.state.database
    return statements.exported(database, caller.workspace_id, caller.partner, caller.partner, month)


@get("/v1/partner/payout-account", tags=["partner"], raises=[NoPayoutAccount])
async def get_own_payout_account(
    caller: NamedDependency[Partner], db: NamedDependency[Connection]
) -> OwnPayoutAccount:
    """Where you are paid to."""
    row = await account_rows.get_account(db, caller.workspace_id, caller.partner)
    return showing.account(accounts.shown(row))


@put("/v1/partner/payout-account", tags=["partner"], raises=[InvalidInput, PeopleOnly])
async def put_own_payout_account(
    caller: NamedDependency[Partner], db: NamedDependency[Connection], data: JSONBody[NewPayoutAccount]
) -> OwnPayoutAccount:
    """Sets where you are paid to from now on. What is on its way already goes where it went.

    For somebody who is logged in: keys and embed tokens are refused, as they lie about in programs and
    pages. A mail about the change goes to your address, whatever notices you have switched off.
    """
    _must_be_logged_in(caller)
    await partners.lock_partner(db, caller.workspace_id, caller.partner)
    return showing.account(accounts.shown(await accounts.put(db, caller, caller.partner, data)))


@delete("/v1/partner/payout-account", tags=["partner"], raises=[NoPayoutAccount, PeopleOnly])
async def delete_own_payout_account(
    caller: NamedDependency[Partner], db: NamedDependency[Connection]
) -> None:
    """Takes the account away: what is payable waits until there is another one. For somebody who is logged
    in, as setting it is; you are told by mail."""
    _must_be_logged_in(caller)
    await accounts.remove(db, caller, caller.partner)


def _must_be_logged_in(caller: Caller) -> None:
    if caller.session_id is None:
        raise PeopleOnly("where money goes is changed by somebody who is logged in, not by a key")


ROUTES: list[ControllerRouterHandler] = [
    list_own_payouts,
    export_own_payouts,
    get_own_payout,
    list_own_paid_commissions,
    get_own_statement,
    list_own_statement_lines,
    export_own_statement,
    get_own_payout_account,
    put_own_payout_account,
    delete_own_payout_account,
]
