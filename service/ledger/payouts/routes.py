"""/v1/payouts: what was paid, and what became of it."""

from typing import Annotated
from uuid import UUID

from litestar import Response, get, patch, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.influencers.reading import id_list
from service.influencers.schemas import From, IdList, To
from service.kit import ids as outer
from service.kit import paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound
from service.ledger.payouts import actions, deciding, showing, standing, store
from service.ledger.payouts.actions import Decision
from service.ledger.payouts.problems import PayoutExists, PayoutState, UnknownPayout, UnknownRun
from service.ledger.payouts.schemas import (
    DecidedPayouts,
    ListedPayouts,
    Method,
    NewOutsidePayment,
    PaidCommission,
    Payout,
    PayoutDecision,
    PayoutDecisions,
    PayoutStatus,
)
from service.programs.problems import UnknownPartner

Reader = Annotated[Caller, May("ledger:read")]
Writer = Annotated[Caller, May("ledger:write")]
OfPartner = Annotated[str | None, QueryParameter(max_length=40, description="to this partner")]
OfRun = Annotated[str | None, QueryParameter(max_length=40, description="of this run")]
InStatus = Annotated[PayoutStatus | None, QueryParameter(name="status", description="in this status")]
ByMethod = Annotated[Method | None, QueryParameter(description="by a run, or recorded from outside")]
InCurrency = Annotated[str | None, QueryParameter(pattern="^[A-Z]{3}$", description="in this currency")]


@get("/v1/payouts", tags=["ledger"], raises=[BadCursor, InvalidInput, NotFound])
async def list_payouts(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    ids: IdList = None,
    partner_id: OfPartner = None,
    run_id: OfRun = None,
    in_status: InStatus = None,
    method: ByMethod = None,
    currency: InCurrency = None,
    since: From = None,
    until: To = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Payout]:
    """The newest first. `from` and `to` are about when they were made."""
    wanted = ListedPayouts(
        ids=id_list("pay", ids),
        partner_id=None if partner_id is None else outer.read("prt", partner_id),
        run_id=None if run_id is None else outer.read("prn", run_id),
        status=in_status,
        method=method,
        currency=currency,
        since=since,
        until=until,
    )
    before = paging.decode(cursor, UUID)
    rows = await store.list_payouts(db, caller.workspace_id, wanted, before, limit + 1)
    return paging.page(rows, limit, lambda row: row.id, showing.shown)


@get("/v1/payouts/{payout_id:str}", tags=["ledger"], raises=[UnknownPayout])
async def get_payout(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], payout_id: FromPath[str]
) -> Payout:
    """A payout."""
    return showing.shown(await store.get_payout(db, caller.workspace_id, outer.read("pay", payout_id)))


@get("/v1/payouts/{payout_id:str}/commissions", tags=["ledger"], raises=[UnknownPayout, BadCursor])
async def list_paid_commissions(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    payout_id: FromPath[str],
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[PaidCommission]:
    """What a payout pays: they add up to its amount, less `advance`, plus `settled`. Of one that failed it
    is what it would have paid."""
    row = await store.get_payout(db, caller.workspace_id, outer.read("pay", payout_id))
    after = paging.decode(cursor, UUID) or UUID(int=0)
    rows = await store.rows_of(db, caller.workspace_id, row.id, after, limit + 1)
    return paging.page(rows, limit, lambda row: row.id, showing.paid_commission)


@patch(
    "/v1/payouts/{payout_id:str}",
    tags=["ledger"],
    raises=[UnknownPayout, PayoutState, InvalidInput],
)
async def change_payout(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    payout_id: FromPath[str],
    data: JSONBody[PayoutDecision],
) -> Payout:
    """Tells what the bank did. What failed is payable again, by posting: also after it was paid, where a
    bank sends money back. Told again, nothing changes."""
    standing.check_reason(data.status, data.reason)
    row = await store.get_payout(db, caller.workspace_id, outer.read("pay", payout_id))
    decision = Decision(data.status, data.reason, data.at)
    found = await actions.decide(db, caller.workspace_id, [row.id], decision, caller.name)
    if (problem := found[row.id]) is not None:
        raise problem
    await audit.record(db, caller, "payout.decided", payout_id, {"status": data.status})
    return showing.shown(await store.get_payout(db, caller.workspace_id, row.id))


@post("/v1/payouts/decide", tags=["ledger"], status_code=200, raises=[InvalidInput, UnknownRun])
async def decide_payouts(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[PayoutDecisions]
) -> DecidedPayouts:
    """The same for many: payouts by their ids, or all of a run that can still go there. What can't leaves
    the others alone."""
    return await deciding.decide_many(db, caller, data)


@post(
    "/v1/payouts/outside",
    tags=["ledger"],
    raises=[UnknownPartner, PayoutExists, InvalidInput],
    responses={200: ResponseSpec(Payout, description="Its reference is recorded already.")},
)
async def record_outside_payment(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[NewOutsidePayment]
) -> Response[Payout]:
    """Records a payment that was made elsewhere: 201, or 200 where its `reference` is recorded already."""
    made = await actions.record_outside(db, caller.workspace_id, data, caller.name)
    if made.is_new:
        await audit.record(db, caller, "payout.recorded", outer.show("pay", made.payout_id))
    row = await store.get_payout(db, caller.workspace_id, made.payout_id)
    return Response(showing.shown(row), status_code=201 if made.is_new else 200)


ROUTES: list[ControllerRouterHandler] = [
    list_payouts,
    get_payout,
    list_paid_commissions,
    change_payout,
    decide_payouts,
    record_outside_payment,
]
