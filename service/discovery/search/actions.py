"""A search from request to answer, and the ids of all who match."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from service.accounts.workspaces.schemas import Tiers
from service.accounts.workspaces.store import get_workspace
from service.discovery.search import cursor, extensions, finding
from service.discovery.search.cursor import Position
from service.discovery.search.facets import Counted, Facet, Tier, scaled, together
from service.discovery.search.filters import Filters
from service.discovery.search.finding import COUNT_CAP, Hit
from service.discovery.search.planning import Plan, check, fits_of, plan
from service.discovery.search.queries import Wanted
from service.discovery.search.relevance import text_of
from service.discovery.search.results import Fits, shown
from service.discovery.search.schemas import (
    Count,
    FacetCounts,
    FacetValue,
    Search,
    SearchRequest,
    SearchResults,
)
from service.kit import ids, paging
from service.kit.db import Connection, Database
from service.kit.paging import BadCursor


class Candidates(NamedTuple):
    """All influencers that match, and of each the largest account that does (their own id without one)."""

    influencer_ids: list[UUID]
    account_ids: list[UUID]


class _Page(NamedTuple):
    hits: list[Hit]
    next_cursor: str | None
    total: int


async def search(
    database: Database, db: Connection, workspace_id: UUID, request: SearchRequest
) -> SearchResults:
    """A page of a search as the API answers it; `db` is the caller's transaction in the workspace.

    Raises InvalidInput, BadCursor, FilterNotAvailable.
    """
    check(request)
    text = text_of(request.query)
    if text is None and request.query.strip():
        # Signs alone are in no word: nobody matches, rather than everybody.
        return SearchResults([], None, False, Count(0, "eq"), {})
    digest = cursor.digest(request.query, request.filters, request.order, request.brief_id)
    position = cursor.read(request.cursor, digest)
    workspace = await get_workspace(db, workspace_id)
    async with database.searching() as searcher:
        planned = await plan(searcher, db, workspace, request, text, position.near if position else None)
        page = await _page(searcher, planned, digest, position, request.limit)
        facets = await _facets(searcher, planned.wanted, request.facets, workspace.tiers)
    fits = await _fits(db, workspace_id, request, page.hits)
    return SearchResults(
        data=await shown(db, workspace_id, page.hits, request.include, fits),
        next_cursor=page.next_cursor,
        has_more=page.next_cursor is not None,
        count=Count(page.total, "gte" if page.total >= COUNT_CAP else "eq"),
        facets=facets,
    )


async def candidates(
    database: Database, db: Connection, workspace_id: UUID, filters: Filters, query: str = ""
) -> Candidates:
    """Everyone who matches, for scoring: 100,000 in a fraction of a second, in no order.

    Raises InvalidInput (min_scores: scores can't be asked for before there are any), FilterNotAvailable.
    """
    wanted = Search(query, filters)
    check(wanted)
    text = text_of(query)
    if text is None and query.strip():
        return Candidates([], [])
    workspace = await get_workspace(db, workspace_id)
    async with database.searching() as searcher:
        planned = await plan(searcher, db, workspace, wanted, text, None)
        return Candidates(*await finding.everyone(searcher, planned.wanted))


async def _page(
    searcher: Connection, planned: Plan, digest: str, position: Position | None, limit: int
) -> _Page:
    if position is not None and position.segment >= len(planned.order):
        raise BadCursor("the cursor is not one that this search gave")
    found = await finding.page(searcher, planned.page_of(), planned.order, position, limit + 1)
    total = position.count if position else await finding.count(searcher, planned.wanted)
    hits = found[:limit]
    if len(found) <= limit:
        return _Page(hits, None, total)
    last = hits[-1]
    ended = Position(digest, last.segment, last.value, last.account_id, total, planned.near)
    return _Page(hits, paging.encode(ended), total)


async def _facets(
    searcher: Connection, wanted: Wanted, asked: Sequence[Facet], tiers: Tiers
) -> dict[str, FacetCounts]:
    if not asked:
        return {}
    bounds = [Tier(name, getattr(tiers, name)) for name in tiers.__struct_fields__]
    counted, share = await finding.counts(searcher, wanted, asked, bounds)
    relation = "eq" if share == 1 else "approx"
    return {
        facet: FacetCounts(relation, _values(facet, counted, share, bounds))  # type: ignore[arg-type]
        for facet in dict.fromkeys(asked)
    }


def _values(
    facet: Facet, counted: Sequence[Counted], share: float, tiers: Sequence[Tier]
) -> list[FacetValue]:
    own = [each for each in counted if each.facet == facet]
    if facet == "tier":
        names = ["below", *(tier.name for tier in tiers)]
        own = [each._replace(value=names[int(each.value)]) for each in own]
    return [FacetValue(each.value, scaled(each.influencers, share)) for each in together(own)]


async def _fits(db: Connection, workspace_id: UUID, request: Search, hits: Sequence[Hit]) -> Fits | None:
    if request.brief_id is None:
        return None
    brief_id = ids.read("bri", request.brief_id)
    return fits_of(
        await extensions.scores_of(db, workspace_id, brief_id, [hit.influencer_id for hit in hits])
    )
