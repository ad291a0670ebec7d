"""/v1/holds."""

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler
from msgspec import structs

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.conversions.reviews.holds import actions, store
from service.conversions.reviews.holds.jobs import FOLLOW, SOON_S, Follow
from service.conversions.reviews.holds.problems import UnknownHold
from service.conversions.reviews.holds.schemas import (
    Decide,
    DecidedHold,
    DecisionRow,
    DecisionStatus,
    Held,
    HeldGroup,
    HeldRow,
    HoldDecision,
    HoldRow,
    HoldStatus,
    ListedHolds,
    ReviewedHold,
)
from service.conversions.reviews.judging import Code
from service.influencers.reading import id_list
from service.influencers.schemas import IdList
from service.kit import ids as outer
from service.kit import jobs, paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound

Reader = Annotated[Caller, May("conversions:read")]
Decider = Annotated[Caller, May("ledger:write")]
InStatus = Annotated[HoldStatus | None, QueryParameter(name="status", description="in this status")]
ForCode = Annotated[Code | None, QueryParameter(description="for this reason")]
OfPartner = Annotated[str | None, QueryParameter(max_length=40, description="of this partner")]
OfConversion = Annotated[str | None, QueryParameter(max_length=40, description="that take it in")]


@get("/v1/holds", tags=["conversions"], raises=[BadCursor, InvalidInput, NotFound])
async def list_holds(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    ids: IdList = None,
    in_status: InStatus = None,
    code: ForCode = None,
    partner_id: OfPartner = None,
    conversion_id: OfConversion = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[HeldGroup]:
    """What waits for somebody's look, and what was decided; the newest first.

    A reason fires once for its group: a customer, a device's day, a partner's day, a leaked code. All its
    conversions are decided on at once.
    """
    wanted = ListedHolds(
        id_list("hol", ids),
        code,
        None if partner_id is None else outer.read("prt", partner_id),
        None if conversion_id is None else outer.read("cnv", conversion_id),
        in_status,
    )
    before = paging.decode(cursor, tuple[datetime, UUID])
    rows = await store.list_holds(db, caller.workspace_id, wanted, before, limit + 1)
    return paging.page(rows, limit, lambda row: (row.first_at, row.id), _show)


@get("/v1/holds/{hold_id:str}", tags=["conversions"], raises=[UnknownHold])
async def get_hold(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], hold_id: FromPath[str]
) -> ReviewedHold:
    """A hold, with what was decided of it."""
    row = await store.get_hold(db, caller.workspace_id, outer.read("hol", hold_id))
    return await _with_history(db, caller.workspace_id, row)


@get("/v1/holds/{hold_id:str}/conversions", tags=["conversions"], raises=[UnknownHold, BadCursor])
async def list_held(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    hold_id: FromPath[str],
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Held]:
    """The conversions of a hold, each with the evidence; also those that the reason takes in no longer."""
    row = await store.get_hold(db, caller.workspace_id, outer.read("hol", hold_id))
    rows = await store.held(db, caller.workspace_id, row.id, paging.decode(cursor, UUID), limit + 1)
    return paging.page(rows, limit, lambda each: each.conversion_id, _show_held)


@post("/v1/holds/{hold_id:str}/release", tags=["conversions"], status_code=200, raises=[UnknownHold])
async def release_hold(
    caller: NamedDependency[Decider],
    db: NamedDependency[Connection],
    hold_id: FromPath[str],
    data: JSONBody[Decide],
) -> DecidedHold:
    """Lets everything of the hold pass: by postings, the ledger comes to where it would be without the hold.

    The same reason won't hold this group again; another reason does. A confirmed hold can be released too:
    what was rejected by it is reinstated.
    """
    return await _decide(caller, db, hold_id, "released", data.reason)


@post("/v1/holds/{hold_id:str}/confirm", tags=["conversions"], status_code=200, raises=[UnknownHold])
async def confirm_hold(
    caller: NamedDependency[Decider],
    db: NamedDependency[Connection],
    hold_id: FromPath[str],
    data: JSONBody[Decide],
) -> DecidedHold:
    """Rejects the commissions of the hold, for the reason given. Nothing is deleted, and it can be taken
    back by releasing the hold."""
    return await _decide(caller, db, hold_id, "confirmed", data.reason)


async def _decide(
    caller: Caller, db: Connection, hold_id: str, status: DecisionStatus, reason: str
) -> DecidedHold:
    row = await actions.decide(
        db, caller.workspace_id, outer.read("hol", hold_id), status, reason, caller.name
    )
    await audit.record(db, caller, f"hold.{status}", hold_id, {"code": row.code})
    job_id = await jobs.enqueue(
        db, caller.workspace_id, FOLLOW, Follow(row.id), delay=timedelta(seconds=SOON_S)
    )
    return DecidedHold(await _with_history(db, caller.workspace_id, row), outer.show("job", job_id))


async def _with_history(db: Connection, workspace_id: UUID, row: HoldRow) -> ReviewedHold:
    rows = await store.decisions(db, workspace_id, row.id)
    return ReviewedHold(**structs.asdict(_show(row)), decisions=[_show_decision(each) for each in rows])


def _show(row: HoldRow) -> HeldGroup:
    return HeldGroup(
        id=outer.show("hol", row.id),
        code=row.code,
        partner_id=outer.show("prt", row.partner_id),
        partner_name=row.partner_name,
        status=row.status,
        conversions=row.conversions,
        evidence=row.evidence,
        amounts=row.amounts,
        first_at=row.first_at,
        last_at=row.last_at,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        reason=row.reason,
    )


def _show_decision(row: DecisionRow) -> HoldDecision:
    return HoldDecision(row.status, row.reason, row.created_by, row.created_at)


def _show_held(row: HeldRow) -> Held:
    return Held(outer.show("cnv", row.conversion_id), row.evidence, row.created_at, row.ended_at)


ROUTES: list[ControllerRouterHandler] = [list_holds, get_hold, list_held, release_hold, confirm_hold]
