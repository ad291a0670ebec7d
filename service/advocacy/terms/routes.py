"""/v1/programs/{id}/advocacy-terms."""

from typing import Annotated

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler
from msgspec import structs

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.advocacy.problems import NoAdvocacy
from service.advocacy.terms import checks, store
from service.advocacy.terms.actions import must_have_advocates, pool_faults
from service.advocacy.terms.schemas import AdvocacyTermsVersion, NewAdvocacyTerms
from service.kit import clock, ids, paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput
from service.programs.problems import UnknownProgram

Reader = Annotated[Caller, May("advocacy:read")]
Writer = Annotated[Caller, May("advocacy:write")]
_LAST = 2**31 - 1


@post(
    "/v1/programs/{program_id:str}/advocacy-terms",
    tags=["advocacy"],
    raises=[UnknownProgram, NoAdvocacy, InvalidInput],
)
async def add_advocacy_terms(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    program_id: FromPath[str],
    data: JSONBody[NewAdvocacyTerms],
) -> AdvocacyTermsVersion:
    """Makes the next version of an advocacy program's terms: who may join, what both sides are given for
    what, limits, budgets, tiers and dates."""
    program = ids.read("prg", program_id)
    await must_have_advocates(db, caller.workspace_id, program)
    found = checks.faults(data.terms) + await pool_faults(db, caller.workspace_id, data.terms)
    faults = [(f"terms.{path}", message) for path, message in found]
    if data.valid_from is not None and not clock.is_usual(data.valid_from):
        faults.append(("valid_from", clock.OUTSIDE))
    elif data.valid_from is not None and data.valid_from < await clock.now(db):
        faults.append(("valid_from", "lies in the past"))
    if faults:
        errors = [{"path": path, "message": message} for path, message in faults]
        raise InvalidInput("terms that can't be", errors=errors[:100])
    row = await store.add_terms(db, caller.workspace_id, program, data.valid_from, data.terms, caller.name)
    await audit.record(db, caller, "advocacy_terms.added", program_id, {"version": row.version})
    return AdvocacyTermsVersion(**structs.asdict(row))


@get(
    "/v1/programs/{program_id:str}/advocacy-terms",
    tags=["advocacy"],
    raises=[UnknownProgram, BadCursor],
)
async def list_advocacy_terms(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    program_id: FromPath[str],
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[AdvocacyTermsVersion]:
    """The versions of a program's advocacy terms, the newest first."""
    program = ids.read("prg", program_id)
    if await store.status_of(db, caller.workspace_id, program) is None:
        raise UnknownProgram
    before = paging.decode(cursor, int)
    rows = await store.versions(db, caller.workspace_id, program, before or _LAST, limit + 1)
    return paging.page(
        rows, limit, lambda row: row.version, lambda row: AdvocacyTermsVersion(**structs.asdict(row))
    )


ROUTES: list[ControllerRouterHandler] = [add_advocacy_terms, list_advocacy_terms]
