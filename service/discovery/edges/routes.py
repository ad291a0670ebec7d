"""/v1/influencers/{id}/edges and /v1/edges/summary: what authority rests on."""

from typing import Annotated

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.discovery.edges import show, store
from service.discovery.edges.schemas import After, DirectionFilter, Edge, EdgeSummary, KindFilter
from service.influencers.problems import UnknownInfluencer
from service.influencers.profiles import store as profiles
from service.kit import ids, paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page

Reader = Annotated[Caller, May("discovery:read")]


@get("/v1/influencers/{influencer_id:str}/edges", tags=["discovery"], raises=[UnknownInfluencer, BadCursor])
async def list_edges(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    influencer_id: FromPath[str],
    kind: KindFilter = None,
    direction: DirectionFilter = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Edge]:
    """Who follows, mentions or works with the influencer, and whom it does; the newest first.

    Mentions are read from captions of posts, where posts are known; follows and the rest come from files.
    """
    owner = await profiles.get_influencer(db, caller.workspace_id, ids.read("inf", influencer_id))
    if owner.opted_out_at is not None:
        return Page([], None, False)
    at, number = paging.decode(cursor, After) or (None, None)
    rows = await store.list_edges(db, caller.workspace_id, owner.id, kind, direction, at, number, limit + 1)
    return paging.page(rows, limit, lambda row: (row.sorted_at, row.id), show.edge)


@get("/v1/edges/summary", tags=["discovery"])
async def summarise_edges(caller: NamedDependency[Reader], db: NamedDependency[Connection]) -> EdgeSummary:
    """How many edges of which kind are known, and from which state authority was computed last."""
    workspace_id = caller.workspace_id
    return EdgeSummary(
        await store.counts(db, workspace_id),
        await store.waiting(db, workspace_id),
        await store.find_graph(db, workspace_id),
    )


ROUTES: list[ControllerRouterHandler] = [list_edges, summarise_edges]
