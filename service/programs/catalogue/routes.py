"""/v1/programs."""

from typing import Annotated
from uuid import UUID

from litestar import Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler
from msgspec import UNSET, structs

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.influencers.reading import id_list
from service.influencers.schemas import IdList
from service.kit import etag, paging
from service.kit import ids as outer
from service.kit.db import Connection
from service.kit.etag import IfMatch
from service.kit.money import Price
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound, PreconditionFailed
from service.kit.text import fold_tr
from service.programs.catalogue import actions, store
from service.programs.catalogue.schemas import (
    ListedPrograms,
    NewProgram,
    Program,
    ProgramPatch,
    ProgramRow,
    ProgramStatus,
    TermsRow,
    TermsVersion,
)
from service.programs.problems import UnknownPartner, UnknownProgram
from service.programs.terms import ProgramKind

Reader = Annotated[Caller, May("programs:read")]
Writer = Annotated[Caller, May("programs:write")]
OfKind = Annotated[ProgramKind | None, QueryParameter(name="kind", description="of this kind")]
InStatus = Annotated[ProgramStatus | None, QueryParameter(name="status", description="in this status")]
Query = Annotated[str | None, QueryParameter(max_length=200, description="part of the name")]
NEWEST = 2**31 - 1


@post("/v1/programs", tags=["programs"], raises=[InvalidInput, UnknownPartner])
async def create_program(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[NewProgram]
) -> Response[Program]:
    """Makes a program. Its rules are tried in their order; each line of an order is paid by the first one
    that matches it. Partners join by their `program_id`."""
    row = await actions.add(db, caller, data)
    await audit.record(db, caller, "program.created", outer.show("prg", row.id))
    return _answer(row, 201)


@get("/v1/programs", tags=["programs"], raises=[BadCursor, InvalidInput, NotFound])
async def list_programs(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    ids: IdList = None,
    of_kind: OfKind = None,
    in_status: InStatus = None,
    q: Query = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Program]:
    """The newest first, each with its terms. Archived ones are hidden unless asked for by id or status."""
    wanted = ListedPrograms(id_list("prg", ids), of_kind, in_status, None if q is None else fold_tr(q))
    before = paging.decode(cursor, UUID)
    rows = await store.list_programs(db, caller.workspace_id, wanted, before, limit + 1)
    return paging.page(rows, limit, lambda row: row.id, shown)


@get("/v1/programs/{program_id:str}", tags=["programs"], raises=[UnknownProgram])
async def get_program(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], program_id: FromPath[str]
) -> Response[Program]:
    """A program with the terms that are in force."""
    return _answer(await store.get_program(db, caller.workspace_id, outer.read("prg", program_id)))


@patch(
    "/v1/programs/{program_id:str}",
    tags=["programs"],
    raises=[UnknownProgram, UnknownPartner, InvalidInput, PreconditionFailed],
)
async def change_program(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    program_id: FromPath[str],
    data: JSONBody[ProgramPatch],
    if_match: IfMatch = None,
) -> Response[Program]:
    """Changes what is sent. New terms are the next version, taken from the newest one: they pay what happens
    from now on, or from `valid_from`. What happened before stays paid by the terms of its time."""
    row = await store.lock_program(db, caller.workspace_id, outer.read("prg", program_id))
    etag.match(if_match, row.version)
    changed = await actions.change(db, caller, row, data)
    fields = sorted(name for name, value in structs.asdict(data).items() if value not in (UNSET, None))
    await audit.record(db, caller, "program.changed", program_id, {"fields": fields})
    return _answer(changed)


@delete("/v1/programs/{program_id:str}", tags=["programs"], raises=[UnknownProgram, PreconditionFailed])
async def archive_program(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    program_id: FromPath[str],
    if_match: IfMatch = None,
) -> None:
    """Archives a program: nothing is earned in it from now on; what was earned stays owed."""
    row = await store.lock_program(db, caller.workspace_id, outer.read("prg", program_id))
    etag.match(if_match, row.version)
    if row.status != "archived":
        await actions.change(db, caller, row, ProgramPatch(status="archived"))
        await audit.record(db, caller, "program.archived", program_id)


@get("/v1/programs/{program_id:str}/terms", tags=["programs"], raises=[UnknownProgram, BadCursor])
async def list_program_terms(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    program_id: FromPath[str],
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[TermsVersion]:
    """Every version of a program's terms, the newest first, with those that are still to come."""
    row = await store.get_program(db, caller.workspace_id, outer.read("prg", program_id))
    before = paging.decode(cursor, int) or NEWEST
    rows = await store.terms_of(db, caller.workspace_id, row.id, before, limit + 1)
    return paging.page(rows, limit, lambda row: row.version, _version)


def _answer(row: ProgramRow, status_code: int = 200) -> Response[Program]:
    return Response(shown(row), status_code=status_code, headers={"ETag": etag.of(row.version)})


def shown(row: ProgramRow) -> Program:
    """A program as the API shows it."""
    least = None if row.min_payout is None else Price(row.min_payout, row.min_payout_currency or "")
    return Program(
        id=outer.show("prg", row.id),
        name=row.name,
        kind=row.kind,
        status=row.status,
        **{name: getattr(row.terms, name) for name in actions.TERMS},
        min_payout=least,
        page=row.page,
        terms_version=row.terms_version,
        partners=row.partners,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def _version(row: TermsRow) -> TermsVersion:
    return TermsVersion(row.version, row.valid_from, row.in_force, row.terms, row.created_by, row.created_at)


ROUTES: list[ControllerRouterHandler] = [
    create_program,
    list_programs,
    get_program,
    change_program,
    archive_program,
    list_program_terms,
]
