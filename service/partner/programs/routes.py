"""GET /v1/partner/programs."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.response import Stream
from litestar.types import ControllerRouterHandler

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.accounts.labels.registry import Language
from service.accounts.problems import PeopleOnly
from service.influencers.reading import id_list
from service.influencers.schemas import IdList
from service.kit import ids as outer
from service.kit import paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput
from service.partner import tables
from service.partner.programs import actions, table
from service.partner.programs.schemas import OwnTerms, PartnerProgram
from service.partner.programs.showing import min_payout, own_terms
from service.programs.acceptance.actions import accept
from service.programs.acceptance.problems import NotTheseTerms
from service.programs.acceptance.schemas import AcceptedTerms, AcceptTerms
from service.programs.catalogue.schemas import ListedPrograms, ProgramStatus
from service.programs.catalogue.store import get_program, terms_of
from service.programs.problems import UnknownProgram

Partner = Annotated[Caller, May("partner")]
AnyRequest = Request[Any, Any, Any]
Lang = Annotated[Language, QueryParameter(description="the language of words: tr or en")]
InStatus = Annotated[ProgramStatus | None, QueryParameter(name="status", description="in this status")]


@get("/v1/partner/programs", tags=["partner"], raises=[BadCursor, InvalidInput])
async def list_own_programs(
    caller: NamedDependency[Partner],
    db: NamedDependency[Connection],
    ids: IdList = None,
    in_status: InStatus = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[PartnerProgram]:
    """The programs that the partner is or was in, the newest first, with the partner's own rates and the
    terms in words. Archived ones are hidden unless asked for by id or status."""
    wanted = ListedPrograms(ids=id_list("prg", ids), status=in_status)
    found = await actions.page(db, caller, wanted, paging.decode(cursor, UUID), limit + 1)
    return paging.page(found, limit, lambda each: each[0], lambda each: each[1])


@get("/v1/partner/programs.csv", tags=["partner"], opt={"openapi_answer": tables.CSV}, raises=[InvalidInput])
async def export_own_programs(
    caller: NamedDependency[Partner],
    request: AnyRequest,
    ids: IdList = None,
    in_status: InStatus = None,
    lang: Lang = "tr",
) -> Stream:
    """The same list as a spreadsheet, a row for each rate. Fixed amounts are minor units."""
    wanted = ListedPrograms(ids=id_list("prg", ids), status=in_status)

    async def page(db: Connection, before: UUID | None) -> list[tuple[UUID, PartnerProgram]]:
        return await actions.page(db, caller, wanted, before, tables.ROWS)

    return tables.answer(request, caller, "programs", table.COLUMNS, page, lambda one: table.cells(one, lang))


@get("/v1/partner/programs/{program_id:str}", tags=["partner"], raises=[UnknownProgram])
async def get_own_program(
    caller: NamedDependency[Partner], db: NamedDependency[Connection], program_id: FromPath[str]
) -> PartnerProgram:
    """A program that the partner is or was in."""
    wanted = ListedPrograms(ids=[outer.read("prg", program_id)])
    found = await actions.page(db, caller, wanted, None, 1)
    if not found:
        raise UnknownProgram
    return found[0][1]


@get("/v1/partner/programs/{program_id:str}/terms", tags=["partner"], raises=[BadCursor, UnknownProgram])
async def list_own_terms(
    caller: NamedDependency[Partner],
    db: NamedDependency[Connection],
    program_id: FromPath[str],
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[OwnTerms]:
    """All versions of the program's terms, the newest first, each with the partner's own rates by the group
    that the partner is in now. A commission names the version that it was paid by."""
    row = await get_program(db, caller.workspace_id, outer.read("prg", program_id))
    who = await actions.member(db, caller, [row.id])
    before = paging.decode(cursor, int)
    asked = actions.NEWEST if before is None else max(0, min(before, actions.NEWEST))
    found = await terms_of(db, caller.workspace_id, row.id, asked, limit + 1)
    return paging.page(
        found, limit, lambda each: each.version, lambda each: own_terms(row.id, each, who, min_payout(row))
    )


@post(
    "/v1/partner/programs/{program_id:str}/accept",
    tags=["partner"],
    status_code=200,
    raises=[UnknownProgram, NotTheseTerms, PeopleOnly],
)
async def accept_own_terms(
    caller: NamedDependency[Partner],
    db: NamedDependency[Connection],
    program_id: FromPath[str],
    data: JSONBody[AcceptTerms],
) -> AcceptedTerms:
    """Accepts the terms of the partner's program: the version that is in force, or one that is announced. A
    second time answers as the first. For somebody who is logged in: a key can't accept terms."""
    by = await actions.person(db, caller)
    program = outer.read("prg", program_id)
    version = data.terms_version
    accepted = await accept(db, caller.workspace_id, caller.partner, by, version, program)
    await audit.record(db, caller, "terms.accepted", program_id, {"version": version, "by": by})
    return accepted


ROUTES: list[ControllerRouterHandler] = [
    list_own_programs,
    export_own_programs,
    get_own_program,
    list_own_terms,
    accept_own_terms,
]
