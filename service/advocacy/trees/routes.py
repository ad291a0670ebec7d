"""Trees of referrals, for drawing."""

from typing import Annotated
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.advocacy.problems import UnknownAdvocate
from service.advocacy.terms import store as terms
from service.advocacy.trees import showing, store
from service.advocacy.trees.descending import as_of, below
from service.advocacy.trees.schemas import ReferralForest, ReferralTree
from service.kit import ids as outer
from service.kit import paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit
from service.programs.problems import UnknownProgram

Reader = Annotated[Caller, May("advocacy:read")]
Deep = Annotated[int, QueryParameter(name="depth", ge=0, le=10, description="generations to draw")]
Wide = Annotated[
    int, QueryParameter(ge=1, le=50, description="accounts to draw of those whom one brought, heaviest first")
]
Most = Annotated[int, QueryParameter(ge=1, le=500, description="accounts to draw in all")]
PATH = 100
# Before the first: more people than any tree has.
_FIRST = (2**62, UUID(int=2**128 - 1))


@get("/v1/advocates/{advocate_id:str}/tree", tags=["advocacy"], raises=[UnknownAdvocate])
async def get_referral_tree(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    advocate_id: FromPath[str],
    deep: Deep = 4,
    wide: Wide = 12,
    most: Most = 200,
) -> ReferralTree:
    """Whom an advocate brought, whom those brought, and so on: the heaviest branches, placed for drawing, and
    sums of all. To unfold a node, ask for its own tree.

    Nodes are accounts: advocates, and guests, for whom something is kept. Friends who came but have no
    account are counted with who brought them. Nobody stands below somebody by a referral that was rejected;
    what a referral that is held brought counts when it is released. Sums follow what happens within about a
    minute.
    """
    found = outer.read("adv", advocate_id)
    top = await store.top(db, caller.workspace_id, found)
    rows = await below(db, caller.workspace_id, top, deep, wide, most)
    path = await store.way_up(db, caller.workspace_id, found, PATH)
    return showing.tree(rows, path, await as_of(db, caller.workspace_id, top.program_id))


@get("/v1/programs/{program_id:str}/referral-trees", tags=["advocacy"], raises=[UnknownProgram, BadCursor])
async def list_referral_trees(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    program_id: FromPath[str],
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> ReferralForest:
    """The accounts that nobody brought, with their trees, the largest first (of equal ones the newest), and
    how the whole forest branches."""
    found = outer.read("prg", program_id)
    if await terms.status_of(db, caller.workspace_id, found) is None:
        raise UnknownProgram
    after = paging.decode(cursor, tuple[int, UUID]) or _FIRST
    rows = await store.roots(db, caller.workspace_id, found, *after, limit + 1)
    page = paging.page(rows, limit, lambda row: (row.people, row.advocate_id), showing.root)
    forest = await store.find_forest(db, caller.workspace_id, found)
    at = await as_of(db, caller.workspace_id, found)
    return ReferralForest(page.data, page.next_cursor, page.has_more, at, showing.figures(forest))


ROUTES: list[ControllerRouterHandler] = [get_referral_tree, list_referral_trees]
