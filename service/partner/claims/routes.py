"""/v1/partner/claims."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Stream
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.accounts.files.actions import show as file_shown
from service.accounts.files.schemas import File, FileName
from service.accounts.problems import EmptyFile, UnknownFile
from service.kit import ids as outer
from service.kit import paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound, TooLarge, TooManyRequests
from service.kit.upload import OPENAPI_BODY, BadUpload
from service.ledger.problems import UnknownCommission
from service.partner import tables
from service.partner.claims import actions, evidence, store, table
from service.partner.claims.narrowing import InStatus, OfKind, OfOrder, narrowed
from service.partner.claims.problems import (
    AskedAlready,
    ClaimedAlready,
    ClaimEnded,
    NotEvidence,
    TooManyClaims,
    UnknownClaim,
)
from service.partner.claims.schemas import NewClaim, PartnerClaim
from service.partner.claims.showing import shown

Partner = Annotated[Caller, May("partner")]
AnyRequest = Request[Any, Any, Any]
REFUSED = [
    InvalidInput,
    UnknownFile,
    UnknownCommission,
    NotFound,
    ClaimedAlready,
    AskedAlready,
    TooManyClaims,
]


# The upload has a limit of its own, which counts while it streams.
@post(
    "/v1/partner/claims/evidence",
    tags=["partner"],
    request_max_body_size=None,
    opt={"openapi_body": OPENAPI_BODY},
    raises=[TooLarge, EmptyFile, BadUpload, NotEvidence, TooManyRequests],
)
async def upload_claim_evidence(
    caller: NamedDependency[Partner], request: AnyRequest, filename: FileName = None
) -> File:
    """Stores a file for a claim: an image, a PDF or a text of up to 10 MB, the body itself with `?filename=`
    or the first file of a multipart form. Its id goes into the claim's `evidence`."""
    return file_shown(await evidence.take(request, caller, filename))


@post("/v1/partner/claims", tags=["partner"], raises=REFUSED)
async def create_own_claim(
    caller: NamedDependency[Partner], db: NamedDependency[Connection], data: JSONBody[NewClaim]
) -> PartnerClaim:
    """Claims a sale that was not credited, or asks about a commission; the brand decides, with a reason.

    An order is claimed once: a second time is 409, unless the first was withdrawn. Write nothing of who
    bought: the order's number is enough.
    """
    return shown(await actions.claim(db, caller, data))


@get("/v1/partner/claims", tags=["partner"], raises=[BadCursor])
async def list_own_claims(
    caller: NamedDependency[Partner],
    db: NamedDependency[Connection],
    in_status: InStatus = None,
    of_kind: OfKind = None,
    order_number: OfOrder = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[PartnerClaim]:
    """The partner's claims and questions, the newest first, with how each ended."""
    wanted = narrowed(in_status, of_kind, order_number)
    before = paging.decode(cursor, UUID)
    rows = await store.list_claims(db, caller.workspace_id, wanted, before, limit + 1)
    return paging.page(rows, limit, lambda row: row.id, shown)


@get("/v1/partner/claims.csv", tags=["partner"], opt={"openapi_answer": tables.CSV})
async def export_own_claims(
    caller: NamedDependency[Partner],
    request: AnyRequest,
    in_status: InStatus = None,
    of_kind: OfKind = None,
    order_number: OfOrder = None,
) -> Stream:
    """The same list as a spreadsheet. Amounts are minor units; times are UTC."""
    wanted = narrowed(in_status, of_kind, order_number)

    async def page(db: Connection, before: UUID | None) -> list[tuple[UUID, PartnerClaim]]:
        rows = await store.list_claims(db, caller.workspace_id, wanted, before, tables.ROWS)
        return [(row.id, shown(row)) for row in rows]

    return tables.answer(request, caller, "claims", table.COLUMNS, page, lambda one: [table.cells(one)])


@get("/v1/partner/claims/{claim_id:str}", tags=["partner"], raises=[UnknownClaim])
async def get_own_claim(
    caller: NamedDependency[Partner], db: NamedDependency[Connection], claim_id: FromPath[str]
) -> PartnerClaim:
    """A claim, and how it ended."""
    return shown(await store.get_claim(db, caller.workspace_id, outer.read("clm", claim_id)))


@post(
    "/v1/partner/claims/{claim_id:str}/withdraw",
    tags=["partner"],
    status_code=200,
    raises=[UnknownClaim, ClaimEnded],
)
async def withdraw_own_claim(
    caller: NamedDependency[Partner], db: NamedDependency[Connection], claim_id: FromPath[str]
) -> PartnerClaim:
    """Takes an open claim back, for good."""
    return shown(await actions.withdraw(db, caller, outer.read("clm", claim_id)))


ROUTES: list[ControllerRouterHandler] = [
    upload_claim_evidence,
    create_own_claim,
    list_own_claims,
    export_own_claims,
    get_own_claim,
    withdraw_own_claim,
]
