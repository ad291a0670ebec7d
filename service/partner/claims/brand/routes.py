"""/v1/claims: what partners claim, as the brand decides it."""

from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler
from msgspec import structs

from service.accounts.callers import Caller, May
from service.accounts.problems import MoreThanYours
from service.conversions.problems import UnknownConversion
from service.kit import ids as outer
from service.kit import paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound
from service.ledger.problems import NotNow
from service.partner.claims import store
from service.partner.claims.brand import actions, showing
from service.partner.claims.brand.schemas import Claim, ClaimDecision, DecidedClaim, WholeClaim
from service.partner.claims.narrowing import InStatus, OfKind, OfOrder, narrowed
from service.partner.claims.problems import ClaimEnded, UnknownClaim

Reader = Annotated[Caller, May("ledger:read")]
Writer = Annotated[Caller, May("ledger:write")]
OfPartner = Annotated[str | None, QueryParameter(max_length=40, description="of this partner")]


@get("/v1/claims", tags=["ledger"], raises=[BadCursor, NotFound])
async def list_claims(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    in_status: InStatus = None,
    of_kind: OfKind = None,
    partner_id: OfPartner = None,
    order_number: OfOrder = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Claim]:
    """What partners claim and ask, the newest first; `status=open` waits for a decision."""
    asked = None if partner_id is None else outer.read("prt", partner_id)
    wanted = structs.replace(narrowed(in_status, of_kind, order_number), partner_id=asked)
    before = paging.decode(cursor, UUID)
    rows = await store.list_claims(db, caller.workspace_id, wanted, before, limit + 1)
    return paging.page(rows, limit, lambda row: row.id, showing.shown)


@get("/v1/claims/{claim_id:str}", tags=["ledger"], raises=[UnknownClaim])
async def get_claim(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], claim_id: FromPath[str]
) -> WholeClaim:
    """A claim with its evidence, the orders that bear its number and what speaks for each, and other partners
    who claim the same order. Files are downloaded at /v1/files/{id}/content."""
    return await showing.whole(db, caller.workspace_id, outer.read("clm", claim_id))


@post(
    "/v1/claims/{claim_id:str}/decision",
    tags=["ledger"],
    status_code=200,
    raises=[UnknownClaim, ClaimEnded, InvalidInput, UnknownConversion, NotNow, MoreThanYours],
)
async def decide_claim(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    claim_id: FromPath[str],
    data: JSONBody[ClaimDecision],
) -> DecidedClaim:
    """Accepts or declines an open claim, once, with a reason that the partner reads.

    An accepted sale is credited to the partner by a person's word, and the ledger takes back what others
    earned by it; where nobody has told of the order, it is made. It needs `conversions:write` as well.
    """
    return await actions.decide(db, caller, outer.read("clm", claim_id), data)


ROUTES: list[ControllerRouterHandler] = [list_claims, get_claim, decide_claim]
