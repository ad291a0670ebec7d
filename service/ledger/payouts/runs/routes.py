"""POST /v1/payouts (a run); /v1/payout-runs."""

from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.kit import ids as outer
from service.kit import paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.ledger.payouts.choosing import Skip
from service.ledger.payouts.problems import UnknownRun
from service.ledger.payouts.runs import actions, showing, store
from service.ledger.payouts.runs.schemas import NewPayoutRun, PayoutPlan, PayoutRun, SkippedPartner
from service.programs.problems import UnknownPartner, UnknownProgram

Reader = Annotated[Caller, May("ledger:read")]
Writer = Annotated[Caller, May("ledger:write")]
ForReason = Annotated[Skip | None, QueryParameter(name="reason", description="skipped for this reason")]
BySkip = tuple[UUID, str]
FIRST: BySkip = (UUID(int=0), "")


@post(
    "/v1/payouts",
    tags=["ledger"],
    status_code=202,
    raises=[UnknownPartner, UnknownProgram],
)
async def create_payouts(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    data: JSONBody[NewPayoutRun],
) -> PayoutRun:
    """Pays what is payable: one payout per partner and currency, from the program's minimum on and to the
    partner's payout account. What refunds took after a payout is taken off; what is negative, small or has
    no account is carried forward (GET /v1/payout-runs/{id}/skipped).

    Asked for twice, at once or after a crash, each partner is paid once: the money leaves `payable` in the
    transaction that makes the payout. POST /v1/payouts/plan shows before what would be paid.
    """
    wanted = await actions.read(db, caller.workspace_id, data)
    run = await actions.start(db, caller.workspace_id, wanted, caller.name)
    await audit.record(db, caller, "payout_run.started", outer.show("prn", run.id))
    (shown,) = await showing.shown(db, caller.workspace_id, [run])
    return shown


@post("/v1/payouts/plan", tags=["ledger"], status_code=200, raises=[UnknownPartner, UnknownProgram])
async def plan_payouts(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], data: JSONBody[NewPayoutRun]
) -> PayoutPlan:
    """A dry run: what POST /v1/payouts would pay now, and whom it would skip. Nothing is written."""
    wanted = await actions.read(db, caller.workspace_id, data)
    return await actions.plan(db, caller.workspace_id, wanted)


@get("/v1/payout-runs", tags=["ledger"], raises=[BadCursor])
async def list_payout_runs(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[PayoutRun]:
    """The runs with what they came to, the newest first."""
    before = paging.decode(cursor, UUID)
    rows = await store.list_runs(db, caller.workspace_id, before, limit + 1)
    shown = await showing.shown(db, caller.workspace_id, rows)
    pairs = list(zip(rows, shown, strict=True))
    return paging.page(pairs, limit, lambda each: each[0].id, lambda each: each[1])


@get("/v1/payout-runs/{payout_run_id:str}", tags=["ledger"], raises=[UnknownRun])
async def get_payout_run(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], payout_run_id: FromPath[str]
) -> PayoutRun:
    """A run: its state, and what it came to by currency and state of its payouts."""
    run = await store.get_run(db, caller.workspace_id, outer.read("prn", payout_run_id))
    (shown,) = await showing.shown(db, caller.workspace_id, [run])
    return shown


@get("/v1/payout-runs/{payout_run_id:str}/skipped", tags=["ledger"], raises=[UnknownRun, BadCursor])
async def list_skipped_partners(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    payout_run_id: FromPath[str],
    reason: ForReason = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[SkippedPartner]:
    """Whom a run did not pay, and why. What stands for them is carried forward."""
    run = await store.get_run(db, caller.workspace_id, outer.read("prn", payout_run_id))
    after = paging.decode(cursor, BySkip) or FIRST
    rows = await store.list_skips(db, caller.workspace_id, run.id, reason, *after, limit + 1)
    return paging.page(rows, limit, lambda row: (row.partner_id, row.currency), showing.skipped)


ROUTES: list[ControllerRouterHandler] = [
    create_payouts,
    plan_payouts,
    list_payout_runs,
    get_payout_run,
    list_skipped_partners,
]
