"""POST /v1/partners/merge; GET /v1/partners/duplicates."""

from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.kit import ids, paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.programs import store as partners
from service.programs.merging import actions, store
from service.programs.merging.schemas import DuplicateRow, Duplicates, MergedPartners, MergePartners
from service.programs.problems import CannotMergePartners, PartnerExists, UnknownPartner
from service.programs.schemas import ListedPartners, PartnerRow
from service.programs.showing import shown

Reader = Annotated[Caller, May("programs:read")]
Writer = Annotated[Caller, May("programs:write")]
DryRun = Annotated[bool, QueryParameter(description="true: only show what would come of it")]
# A group may hold as many as the whole list.
MOST_OF_A_GROUP = 100


@post(
    "/v1/partners/merge",
    tags=["programs"],
    status_code=200,
    raises=[UnknownPartner, CannotMergePartners, PartnerExists],
)
async def merge_partners(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    data: JSONBody[MergePartners],
    dry_run: DryRun = False,
) -> MergedPartners:
    """Makes one partner of several records. Links and coupons move, so that what they bring from now on is
    the kept partner's; what was earned before stays booked as it was and is read with the kept one's. The
    kept partner takes over influencer, address and group where it has none. It can't be undone."""
    merge = [ids.read("prt", one) for one in data.merge]
    kept, others = await actions.lock(db, caller.workspace_id, ids.read("prt", data.keep), merge)
    moved = await store.count(db, caller.workspace_id, merge)
    if dry_run:
        return MergedPartners(shown(kept), moved, True)
    row = await actions.merge(db, caller.workspace_id, kept, others)
    await audit.record(db, caller, "partner.merged", data.keep, {"merged": data.merge})
    return MergedPartners(shown(row), moved, False)


@get("/v1/partners/duplicates", tags=["programs"], raises=[BadCursor])
async def list_duplicates(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Duplicates]:
    """Partners who look like one: of the same influencer, mailbox or name, within a program. Archived ones
    are none. A group shows its 100 oldest."""
    offset = paging.decode(cursor, int) or 0
    found = await store.duplicates(db, caller.workspace_id, offset, limit + 1)
    wanted = [one for row in found[:limit] for one in row.ids[:MOST_OF_A_GROUP]]
    rows = await partners.list_partners(
        db, caller.workspace_id, ListedPartners(ids=wanted), None, len(wanted)
    )
    by_id = {row.id: row for row in rows}
    numbered = list(enumerate(found, start=offset + 1))
    return paging.page(numbered, limit, lambda each: each[0], lambda each: _shown(each[1], by_id))


def _shown(row: DuplicateRow, by_id: dict[UUID, PartnerRow]) -> Duplicates:
    members = [shown(by_id[one]) for one in row.ids[:MOST_OF_A_GROUP] if one in by_id]
    return Duplicates(ids.show_or_none("prg", row.program_id), row.likeness, members)


ROUTES: list[ControllerRouterHandler] = [merge_partners, list_duplicates]
