"""/v1/partners."""

from typing import Annotated
from uuid import UUID

from litestar import Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler
from msgspec import UNSET, structs

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.influencers.problems import UnknownInfluencer
from service.influencers.reading import id_list
from service.influencers.schemas import IdList
from service.kit import etag, paging
from service.kit import ids as outer
from service.kit.db import Connection
from service.kit.etag import IfMatch
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound, PreconditionFailed
from service.kit.text import fold_tr
from service.programs import actions, store
from service.programs.acceptance.routes import ROUTES as ACCEPTANCE
from service.programs.applications.routes import ROUTES as APPLICATIONS
from service.programs.catalogue.routes import ROUTES as CATALOGUE
from service.programs.embedding.routes import ROUTES as EMBEDDING
from service.programs.merging.routes import ROUTES as MERGING
from service.programs.notices.routes import ROUTES as NOTICES
from service.programs.people.routes import ROUTES as PEOPLE
from service.programs.problems import PartnerExists, PartnerMerged, UnknownPartner, UnknownProgram
from service.programs.schemas import (
    ListedPartners,
    NewPartner,
    Partner,
    PartnerGroup,
    PartnerPatch,
    PartnerRow,
    PartnerStatus,
)
from service.programs.showing import shown

Reader = Annotated[Caller, May("programs:read")]
Writer = Annotated[Caller, May("programs:write")]
OfInfluencer = Annotated[str | None, QueryParameter(max_length=40, description="of this influencer")]
OfProgram = Annotated[str | None, QueryParameter(max_length=40, description="of this program")]
InStatus = Annotated[PartnerStatus | None, QueryParameter(name="status", description="in this status")]
InGroup = Annotated[str | None, QueryParameter(max_length=100, description="of this group")]
Query = Annotated[str | None, QueryParameter(max_length=200, description="part of the name or address")]


@post("/v1/partners", tags=["programs"], raises=[UnknownInfluencer, UnknownProgram, PartnerExists])
async def create_partner(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[NewPartner]
) -> Response[Partner]:
    """Makes a partner. An e-mail address is one partner's in its program, however it is spelt."""
    row = await actions.add(db, caller.workspace_id, data)
    await audit.record(db, caller, "partner.created", outer.show("prt", row.id))
    return _answer(row, 201)


@get("/v1/partners", tags=["programs"], raises=[BadCursor, InvalidInput, NotFound])
async def list_partners(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    ids: IdList = None,
    program_id: OfProgram = None,
    influencer_id: OfInfluencer = None,
    in_status: InStatus = None,
    group: InGroup = None,
    q: Query = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Partner]:
    """The newest first. Archived partners are hidden unless asked for by id or status."""
    influencer = None if influencer_id is None else outer.read("inf", influencer_id)
    folded = None if q is None else fold_tr(q)
    program = None if program_id is None else outer.read("prg", program_id)
    wanted = ListedPartners(id_list("prt", ids), program, influencer, in_status, group, folded)
    before = paging.decode(cursor, UUID)
    rows = await store.list_partners(db, caller.workspace_id, wanted, before, limit + 1)
    return paging.page(rows, limit, lambda row: row.id, shown)


@get("/v1/partners/groups", tags=["programs"], raises=[BadCursor, NotFound])
async def list_partner_groups(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    program_id: OfProgram = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[PartnerGroup]:
    """The groups that partners are in, by name."""
    program = None if program_id is None else outer.read("prg", program_id)
    after = paging.decode(cursor, str)
    rows = await store.groups(db, caller.workspace_id, program, after, limit + 1)
    return paging.page(rows, limit, lambda row: row.group, lambda row: row)


@get("/v1/partners/{partner_id:str}", tags=["programs"], raises=[UnknownPartner])
async def get_partner(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], partner_id: FromPath[str]
) -> Response[Partner]:
    """A partner."""
    return _answer(await store.get_partner(db, caller.workspace_id, outer.read("prt", partner_id)))


@patch(
    "/v1/partners/{partner_id:str}",
    tags=["programs"],
    raises=[
        UnknownPartner,
        UnknownInfluencer,
        UnknownProgram,
        PartnerExists,
        PartnerMerged,
        PreconditionFailed,
    ],
)
async def change_partner(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    partner_id: FromPath[str],
    data: JSONBody[PartnerPatch],
    if_match: IfMatch = None,
) -> Response[Partner]:
    """Changes what is sent. A new name shows in the `{partner}` of the partner's links at once."""
    row = await store.lock_partner(db, caller.workspace_id, outer.read("prt", partner_id))
    etag.match(if_match, row.version)
    row = await actions.change(db, row, caller.workspace_id, data)
    fields = sorted(name for name, value in structs.asdict(data).items() if value is not UNSET)
    await audit.record(db, caller, "partner.changed", partner_id, {"fields": fields})
    return _answer(row)


@delete("/v1/partners/{partner_id:str}", tags=["programs"], raises=[UnknownPartner, PreconditionFailed])
async def archive_partner(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    partner_id: FromPath[str],
    if_match: IfMatch = None,
) -> None:
    """Archives a partner; links and coupons stay. A second time changes nothing."""
    row = await store.lock_partner(db, caller.workspace_id, outer.read("prt", partner_id))
    etag.match(if_match, row.version)
    if row.status != "archived":
        await actions.change(db, row, caller.workspace_id, PartnerPatch(status="archived"))
        await audit.record(db, caller, "partner.archived", partner_id)


def _answer(row: PartnerRow, status_code: int = 200) -> Response[Partner]:
    return Response(shown(row), status_code=status_code, headers={"ETag": etag.of(row.version)})


ROUTES: list[ControllerRouterHandler] = [
    *CATALOGUE,
    *MERGING,
    *PEOPLE,
    *EMBEDDING,
    *APPLICATIONS,
    *ACCEPTANCE,
    *NOTICES,
    create_partner,
    list_partners,
    list_partner_groups,
    get_partner,
    change_partner,
    archive_partner,
]
