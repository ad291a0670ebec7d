"""/v1/graphs/{id}/influence, /spread and /results: whom to win, and what was computed of a graph."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Response, delete, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.discovery.computations import actions, show, store
from service.discovery.computations.asking import target
from service.discovery.computations.nodes import shown
from service.discovery.computations.problems import (
    ComputationFailed,
    NotComputable,
    UnfitParameters,
    UnknownResult,
)
from service.discovery.computations.schemas import (
    ExpectedSpread,
    Influence,
    InfluenceRequest,
    OperationFilter,
    ResultDetail,
    ResultRow,
    SpreadRequest,
    StoredResult,
)
from service.discovery.graphs import reading
from service.discovery.graphs.problems import GraphChanged, NoArcs, UnknownGraph
from service.kit import ids, paging
from service.kit.db import Connection
from service.kit.jobs import JobView
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput

Reader = Annotated[Caller, May("discovery:read")]
Writer = Annotated[Caller, May("discovery:write")]
STARTED = {
    202: ResponseSpec(JobView, description="It is being computed: the job at Location; ask again after it.")
}
RAISED = [UnknownGraph, NoArcs, GraphChanged, InvalidInput, UnfitParameters, ComputationFailed, NotComputable]


@post(
    "/v1/graphs/{graph_id:str}/influence",
    tags=["discovery"],
    status_code=200,
    responses=STARTED,
    raises=RAISED,
)
async def find_seeds(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    state: State,
    graph_id: FromPath[str],
    data: JSONBody[InfluenceRequest],
) -> Response[Influence]:
    """Whom to win so that most others are won, for a number of seeds or a budget, with a proven bound.

    202: a job computes it; the same request answers 200 as soon as it has ended, until the graph changes. The
    job's result says where the result is read as well.
    """
    to = await target(db, caller.workspace_id, graph_id)
    return await actions.influence(db, state.settings, to, data)


@post(
    "/v1/graphs/{graph_id:str}/spread",
    tags=["discovery"],
    status_code=200,
    responses=STARTED,
    raises=RAISED,
)
async def expect_spread(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    graph_id: FromPath[str],
    data: JSONBody[SpreadRequest],
) -> Response[ExpectedSpread]:
    """What given seeds can expect to win, with its interval. Large ones are jobs, as for influence."""
    return await actions.spread(db, await target(db, caller.workspace_id, graph_id), data)


@get("/v1/graphs/{graph_id:str}/results", tags=["discovery"], raises=[UnknownGraph, BadCursor])
async def list_graph_results(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    graph_id: FromPath[str],
    operation: OperationFilter = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[StoredResult]:
    """What was computed of the graph's present version and is kept, the newest first."""
    graph = await reading.get_graph(db, caller.workspace_id, ids.read("gra", graph_id))
    before = paging.decode(cursor, UUID)
    rows = await store.list_results(db, caller.workspace_id, graph.id, before, operation, limit + 1)
    return paging.page(rows, limit, lambda row: row.id, show.stored)


@get(
    "/v1/graphs/{graph_id:str}/results/{result_id:str}",
    tags=["discovery"],
    raises=[UnknownGraph, UnknownResult, GraphChanged],
)
async def get_graph_result(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    state: State,
    graph_id: FromPath[str],
    result_id: FromPath[str],
) -> ResultDetail:
    """A stored result: seeds or spread in full; of lists the question, their own address gives the pages."""
    row = await _result(db, caller.workspace_id, graph_id, result_id)
    detail = msgspec.structs.asdict(show.stored(row))
    if row.operation == "spread":
        return ResultDetail(**detail, spread=show.spread(row))
    if row.operation != "influence":
        return ResultDetail(**detail)
    to = await target(db, caller.workspace_id, graph_id)
    seeds = to.graph.nodes[show.seeds_of(row)].tolist()
    told = await shown(db, state.settings, caller.workspace_id, to.row, seeds)
    if any(node not in told.labels for node in seeds):
        raise UnknownResult("somebody among the seeds opted out: ask for them anew")
    return ResultDetail(**detail, influence=show.influence(row, to.graph, told))


@delete(
    "/v1/graphs/{graph_id:str}/results/{result_id:str}",
    tags=["discovery"],
    raises=[UnknownGraph, UnknownResult],
)
async def delete_graph_result(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    graph_id: FromPath[str],
    result_id: FromPath[str],
) -> None:
    """Forgets a result; whoever asks again has it computed anew."""
    row = await _result(db, caller.workspace_id, graph_id, result_id)
    await store.delete_result(db, caller.workspace_id, row.id)
    await audit.record(db, caller, "graph.result_deleted", result_id)


async def _result(db: Connection, workspace_id: UUID, graph_id: str, result_id: str) -> ResultRow:
    graph = await reading.get_graph(db, workspace_id, ids.read("gra", graph_id))
    row = await store.get_result(db, workspace_id, ids.read("gcr", result_id))
    if row.graph_id != graph.id or row.result is None:
        raise UnknownResult("there is no such result of the graph")
    return row


ROUTES: list[ControllerRouterHandler] = [
    find_seeds,
    expect_spread,
    list_graph_results,
    get_graph_result,
    delete_graph_result,
]
