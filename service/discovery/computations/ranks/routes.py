"""/v1/graphs/{id}/authority, /hits, /bridges: nodes in an order."""

from typing import Any

from litestar import Response, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from service.discovery.computations import asking, pages
from service.discovery.computations.asking import Part, Target, accepted, following, head, target
from service.discovery.computations.nodes import Shown, shown, topic_places
from service.discovery.computations.operations.authority import Authority, Hits
from service.discovery.computations.operations.bridges import Bridges
from service.discovery.computations.problems import PageGone, UnfitParameters
from service.discovery.computations.ranks import show
from service.discovery.computations.routes import RAISED, STARTED, Reader
from service.discovery.computations.schemas import (
    AuthorityList,
    BridgeList,
    DampingQuery,
    Direction,
    DirectionQuery,
    HubList,
    NodesQuery,
    RoleQuery,
    SamplesQuery,
    SortQuery,
    TopicQuery,
)
from service.kit.db import Connection
from service.kit.jobs import Job
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit
from service.settings import Settings

_RAISED = [*RAISED, BadCursor, PageGone]
# Far from rest or exact, but the same for all who ask.
_SEED = 1


@get("/v1/graphs/{graph_id:str}/authority", tags=["discovery"], responses=STARTED, raises=_RAISED)
async def list_authorities(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    state: State,
    graph_id: FromPath[str],
    topic: TopicQuery = None,
    nodes: NodesQuery = None,
    direction: DirectionQuery = "heard",
    damping: DampingQuery = 0.85,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response[AuthorityList]:
    """Nodes by PageRank: who is listened to by those who are listened to; from a topic's influencers, or all.

    202: a job computes it, and the same address answers 200 afterwards.
    """
    to = await target(db, caller.workspace_id, graph_id)
    start = await _start(db, to, topic, nodes)
    params = Authority(damping, _turned(to, direction), start)
    at = await asking.part(db, to, "authority", params, cursor)
    if isinstance(at, Job):
        return accepted(at)
    columns, told = await _page(db, state.settings, to, at, {"scores": "<f8"}, limit)
    data = show.ranked(to.graph, columns, told, at.first)
    begun = len(at.row.params["from_places"]) or None
    made = AuthorityList(**head(at.row), topic=topic, from_nodes=begun, **_rest(at, columns), data=data)
    return Response(made)


@get("/v1/graphs/{graph_id:str}/hits", tags=["discovery"], responses=STARTED, raises=_RAISED)
async def list_hubs(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    state: State,
    graph_id: FromPath[str],
    sort: RoleQuery = "authority",
    direction: DirectionQuery = "heard",
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response[HubList]:
    """Nodes by HITS: authorities, whom hubs point at, and hubs, who point at authorities."""
    to = await target(db, caller.workspace_id, graph_id)
    at = await asking.part(db, to, "hits", Hits(_turned(to, direction), sort), cursor)
    if isinstance(at, Job):
        return accepted(at)
    columns, told = await _page(db, state.settings, to, at, {"authorities": "<f8", "hubs": "<f8"}, limit)
    data = show.hubs(to.graph, columns, told, at.first)
    return Response(HubList(**head(at.row), **_rest(at, columns), data=data))


@get("/v1/graphs/{graph_id:str}/bridges", tags=["discovery"], responses=STARTED, raises=_RAISED)
async def list_bridges(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    state: State,
    graph_id: FromPath[str],
    sort: SortQuery = "betweenness",
    samples: SamplesQuery = 256,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response[BridgeList]:
    """Who holds communities together: brokers, over whom shortest ways lead, and bridges between groups."""
    to = await target(db, caller.workspace_id, graph_id)
    params = Bridges(min(samples, to.row.nodes), sort, _SEED)
    at = await asking.part(db, to, "bridges", params, cursor)
    if isinstance(at, Job):
        return accepted(at)
    kinds = {"betweenness": "<f8", "participation": "<f8", "codes": "<f8"}
    columns, told = await _page(db, state.settings, to, at, kinds, limit)
    data = show.bridges(to.graph, columns, told, at.first)
    made = BridgeList(**head(at.row), **_rest(at, columns), samples=at.row.params["samples"], data=data)
    return Response(made)


async def _start(db: Connection, to: Target, topic: str | None, nodes: str | None) -> list[int]:
    """Where walks begin. Raises UnfitParameters where nobody of a topic is in the graph."""
    if topic is not None and nodes is not None:
        errors = [{"path": "nodes", "message": "give topic or nodes, not both"}]
        raise UnfitParameters("topic and nodes exclude each other", errors=errors)
    if nodes is not None:
        asked = [each.strip() for each in nodes.split(",") if each.strip()]
        if not asked:
            raise UnfitParameters("no nodes", errors=[{"path": "nodes", "message": "names nobody"}])
        return await asking.places_named(db, to, "nodes", asked)
    if topic is None:
        return []
    found = await topic_places(db, to.workspace_id, to.row, to.graph, topic)
    if not found:
        errors = [{"path": "topic", "message": "no influencer of this category is in the graph"}]
        raise UnfitParameters("no node of the topic", errors=errors)
    return found


def _turned(to: Target, direction: Direction) -> bool:
    return direction == "turned" or (direction == "heard" and not to.row.reverse)


async def _page(
    db: Connection, settings: Settings, to: Target, at: Part, kinds: dict[str, str], limit: int
) -> tuple[pages.Columns, Shown]:
    found = await pages.rows(db, to.workspace_id, at.row.id, pages.PLACES | kinds, at.first, limit)
    nodes = to.graph.nodes[found["places"]].tolist() if len(found["places"]) else []
    return found, await shown(db, settings, to.workspace_id, to.row, nodes)


def _rest(at: Part, columns: pages.Columns) -> dict[str, Any]:
    rows = int(at.row.result["nodes"])
    return {"nodes": rows, **following(at, len(columns["places"]), rows)}


ROUTES: list[ControllerRouterHandler] = [list_authorities, list_hubs, list_bridges]
