"""/v1/commissions."""

from typing import Annotated
from uuid import UUID

from litestar import get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.influencers.reading import id_list
from service.influencers.schemas import From, IdList, Time, To
from service.kit import ids as outer
from service.kit import paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound, Problem
from service.kit.text import fold_tr
from service.ledger.books import store as books
from service.ledger.books.showing import shown as entry_shown
from service.ledger.commissions import actions, deciding, store
from service.ledger.commissions.schemas import (
    Commission,
    CommissionDecisions,
    CommissionPatch,
    DecidedCommission,
    DecidedCommissions,
    ListedCommissions,
    WholeCommission,
)
from service.ledger.commissions.showing import shown, whole
from service.ledger.problems import NotNow, UnknownCommission
from service.ledger.schemas import CommissionRow, CommissionStatus, Step
from service.ledger.targets import CommissionKind

Reader = Annotated[Caller, May("ledger:read")]
Writer = Annotated[Caller, May("ledger:write")]
OfPartner = Annotated[str | None, QueryParameter(max_length=40, description="of this partner")]
OfProgram = Annotated[str | None, QueryParameter(max_length=40, description="by this program")]
OfConversion = Annotated[str | None, QueryParameter(max_length=40, description="of this conversion")]
OfLink = Annotated[str | None, QueryParameter(max_length=40, description="by this link")]
OfCoupon = Annotated[
    str | None, QueryParameter(max_length=64, description="by this coupon: its id, or a code in any spelling")
]
OfKind = Annotated[CommissionKind | None, QueryParameter(name="kind", description="of this kind")]
OfStep = Annotated[Step | None, QueryParameter(name="step", description="earned, corrections, claw-backs")]
InStatus = Annotated[CommissionStatus | None, QueryParameter(name="status", description="in this status")]
InCurrency = Annotated[str | None, QueryParameter(pattern="^[A-Z]{3}$", description="in this currency")]
Since = Annotated[Time | None, QueryParameter(description="changed at this moment or later (RFC 3339)")]


@get("/v1/commissions", tags=["ledger"], raises=[BadCursor, InvalidInput, NotFound])
async def list_commissions(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    ids: IdList = None,
    partner_id: OfPartner = None,
    program_id: OfProgram = None,
    conversion_id: OfConversion = None,
    link_id: OfLink = None,
    coupon: OfCoupon = None,
    in_status: InStatus = None,
    of_kind: OfKind = None,
    of_step: OfStep = None,
    currency: InCurrency = None,
    updated_since: Since = None,
    since: From = None,
    until: To = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Commission]:
    """The newest first. `from` and `to` are about when it was earned; claw-backs are rows of their own."""
    by_id = coupon is not None and coupon.startswith("cpn_")
    wanted = ListedCommissions(
        ids=id_list("com", ids),
        partner_id=_read("prt", partner_id),
        program_id=_read("prg", program_id),
        conversion_id=_read("cnv", conversion_id),
        link_id=_read("lnk", link_id),
        coupon_id=_read("cpn", coupon) if by_id else None,
        coupon=None if coupon is None or by_id else fold_tr(coupon).strip(),
        status=in_status,
        kind=of_kind,
        step=of_step,
        currency=currency,
        updated_since=updated_since,
        since=since,
        until=until,
    )
    before = paging.decode(cursor, UUID)
    rows = await store.list_commissions(db, caller.workspace_id, wanted, before, limit + 1)
    return paging.page(rows, limit, lambda row: row.id, shown)


def _read(prefix: str, text: str | None) -> UUID | None:
    return None if text is None else outer.read(prefix, text)


@get("/v1/commissions/{commission_id:str}", tags=["ledger"], raises=[UnknownCommission])
async def get_commission(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], commission_id: FromPath[str]
) -> WholeCommission:
    """A commission with what corrects it, the rule in words, and each of its entries in the ledger."""
    row = await store.get_commission(db, caller.workspace_id, outer.read("com", commission_id))
    rows = await store.family(db, caller.workspace_id, row.corrects or row.id)
    return await _whole(db, caller.workspace_id, rows, row.id)


async def _whole(
    db: Connection, workspace_id: UUID, rows: list[CommissionRow], asked: UUID
) -> WholeCommission:
    entries = await books.of_commission(db, workspace_id, rows[0].id)
    return whole(rows, asked, [entry_shown(entry) for entry in entries])


@patch(
    "/v1/commissions/{commission_id:str}",
    tags=["ledger"],
    raises=[UnknownCommission, InvalidInput, NotNow],
)
async def change_commission(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    commission_id: FromPath[str],
    data: JSONBody[CommissionPatch],
) -> WholeCommission:
    """Holds, releases, rejects or reinstates a commission with all that corrects it, by posting.

    A release or a reinstatement leaves the ledger as it would have been without the hold or the rejection.
    Of a commission that is paid out, a rejection is taken from what comes next.
    """
    deciding.check_reason(data.status, data.reason)
    asked = outer.read("com", commission_id)
    rows = await actions.decide(db, caller.workspace_id, asked, data.status, data.reason, caller.name)
    await audit.record(db, caller, "commission.decided", commission_id, {"status": data.status})
    return await _whole(db, caller.workspace_id, rows, asked)


@post("/v1/commissions/decide", tags=["ledger"], status_code=200, raises=[InvalidInput])
async def decide_commissions(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[CommissionDecisions]
) -> DecidedCommissions:
    """The same for many at once; what can't be decided leaves the others alone."""
    deciding.check_reason(data.status, data.reason)
    await actions.take_turns(db, caller.workspace_id, data.ids)
    return DecidedCommissions([await _one(db, caller, text, data) for text in data.ids])


async def _one(db: Connection, caller: Caller, text: str, data: CommissionDecisions) -> DecidedCommission:
    try:
        asked = outer.read("com", text)
        rows = await actions.decide(db, caller.workspace_id, asked, data.status, data.reason, caller.name)
    except Problem as problem:
        return DecidedCommission(text, None, type(problem).slug, problem.detail)
    await audit.record(db, caller, "commission.decided", text, {"status": data.status})
    return DecidedCommission(text, next(row.status for row in rows if row.id == asked), None, None)


ROUTES: list[ControllerRouterHandler] = [
    list_commissions,
    get_commission,
    change_commission,
    decide_commissions,
]
