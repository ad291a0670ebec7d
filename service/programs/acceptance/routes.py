"""GET /v1/programs/{id}/acceptances."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.kit import ids, paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import NotFound
from service.programs.acceptance import store
from service.programs.acceptance.schemas import AcceptanceRow, ListedAcceptances, TermsAcceptance
from service.programs.catalogue.store import get_program
from service.programs.problems import UnknownProgram

Reader = Annotated[Caller, May("programs:read")]
OfPartner = Annotated[str | None, QueryParameter(max_length=40, description="of this partner")]
OfVersion = Annotated[int | None, QueryParameter(ge=1, le=2**31 - 1, description="of this version")]
Key = tuple[datetime, UUID, int]


@get(
    "/v1/programs/{program_id:str}/acceptances",
    tags=["programs"],
    raises=[UnknownProgram, BadCursor, NotFound],
)
async def list_acceptances(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    program_id: FromPath[str],
    partner_id: OfPartner = None,
    terms_version: OfVersion = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[TermsAcceptance]:
    """Who accepted which version of the program's terms, and when, the newest first."""
    row = await get_program(db, caller.workspace_id, ids.read("prg", program_id))
    partners = None if partner_id is None else [ids.read("prt", partner_id)]
    wanted = ListedAcceptances(partners, terms_version)
    before = paging.decode(cursor, Key)
    rows = await store.list_acceptances(db, caller.workspace_id, row.id, wanted, before, limit + 1)
    return paging.page(rows, limit, lambda row: (row.accepted_at, row.partner_id, row.version), _shown)


def _shown(row: AcceptanceRow) -> TermsAcceptance:
    partner_id = ids.show("prt", row.partner_id)
    return TermsAcceptance(partner_id, row.partner, row.version, row.accepted_by, row.accepted_at)


ROUTES: list[ControllerRouterHandler] = [list_acceptances]
