"""/v1/graphs: reach graphs, their edges in and out, their nodes."""

from functools import partial
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Stream
from litestar.types import ControllerRouterHandler
from msgspec import UNSET

from service.accounts import audit
from service.accounts.callers import Caller, May, transaction
from service.discovery.graphs import actions, exporting, reading, receiving, show, store
from service.discovery.graphs import names as names
from service.discovery.graphs.listing import page_of_nodes
from service.discovery.graphs.problems import (
    BadGraph,
    GraphChanged,
    GraphTooLarge,
    NoArcs,
    UnknownGraph,
    WrongSource,
)
from service.discovery.graphs.schemas import (
    After,
    ClosedQuery,
    DryRunQuery,
    ExportQuery,
    FormatQuery,
    Graph,
    GraphJob,
    GraphNode,
    GraphPatch,
    GraphRow,
    KindFilter,
    ModeQuery,
    NamesQuery,
    NewGraph,
    Options,
    OrderQuery,
    SkipQuery,
    UndirectedQuery,
    WordQuery,
)
from service.imports.problems import EmptyUpload
from service.imports.schemas import FileName
from service.kit import ids, paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import TooLarge
from service.kit.upload import OPENAPI_BODY, BadUpload, Upload

Reader = Annotated[Caller, May("discovery:read")]
Writer = Annotated[Caller, May("discovery:write")]
AnyRequest = Request[Any, Any, Any]
_TEXT = {"schema": {"type": "string"}}
DOCUMENT = {
    "application/graphml+xml": _TEXT,
    "application/gexf+xml": _TEXT,
    "application/json": {"schema": {"type": "object"}},
}


@post("/v1/graphs", tags=["discovery"], raises=[BadGraph])
async def create_graph(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[NewGraph]
) -> Graph:
    """Makes a reach graph. An uploaded one is empty until edges come by POST /v1/graphs/{id}/edges; one that
    is made of the workspace's edges is being made: `status` and `job_id` say how far it is.

    Influence runs from who is heard to who hears. Arcs are kept as they are given, and `orientation` says
    which way that is: a follower's arc leads to whom it follows (hearer_to_heard), so computations of
    influence turn the arcs round by themselves; front ends draw them as they are.
    """
    return show.graph(await actions.create(db, caller, data))


@get("/v1/graphs", tags=["discovery"], raises=[BadCursor])
async def list_graphs(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    kind: KindFilter = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Graph]:
    """The workspace's graphs, the newest first."""
    before = paging.decode(cursor, UUID)
    rows = await store.list_graphs(db, caller.workspace_id, before, kind, limit + 1)
    return paging.page(rows, limit, lambda row: row.id, show.graph)


@get("/v1/graphs/{graph_id:str}", tags=["discovery"], raises=[UnknownGraph])
async def get_graph(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], graph_id: FromPath[str]
) -> Graph:
    """A graph: how large it is, what it is made of, where its newest job stands."""
    return show.graph(await _row(db, caller, graph_id))


@patch("/v1/graphs/{graph_id:str}", tags=["discovery"], raises=[UnknownGraph, BadGraph])
async def change_graph(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    graph_id: FromPath[str],
    data: JSONBody[GraphPatch],
) -> Graph:
    """Changes the name, or of which platform an uploaded graph's ids are. Its edges stay."""
    row = await _row(db, caller, graph_id)
    name = row.name if data.name is UNSET else data.name
    platform = row.platform if data.platform is UNSET else data.platform
    actions.check_platform(row.source, platform)
    await store.save_graph(db, caller.workspace_id, row.id, name, platform)
    await audit.record(db, caller, "graph.changed", graph_id)
    return show.graph(await _row(db, caller, graph_id))


@delete("/v1/graphs/{graph_id:str}", tags=["discovery"], raises=[UnknownGraph])
async def delete_graph(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], graph_id: FromPath[str]
) -> None:
    """Deletes a graph with its edges, for good; a job that writes into it is cancelled."""
    await actions.delete(db, caller, await _row(db, caller, graph_id))


# The upload has a limit of its own, which counts while it streams.
@post(
    "/v1/graphs/{graph_id:str}/edges",
    tags=["discovery"],
    status_code=202,
    request_max_body_size=None,
    opt={"openapi_body": OPENAPI_BODY},
    raises=[UnknownGraph, WrongSource, BadGraph, EmptyUpload, BadUpload, TooLarge],
)
async def upload_edges(
    caller: NamedDependency[Writer],
    request: AnyRequest,
    graph_id: FromPath[str],
    format: FormatQuery = "auto",
    undirected: UndirectedQuery = None,
    skip: SkipQuery = 0,
    mode: ModeQuery = "replace",
    closed: ClosedQuery = False,
    named_by: NamesQuery = "id",
    dry_run: DryRunQuery = False,
    filename: FileName = None,
) -> Response[GraphJob]:
    """Takes a file of edges: the body itself, or the first file of a multipart form. Edge lists (an edge a
    line: source, target, perhaps weight; CSV, TSV, SNAP), GraphML and GEXF, each also gzipped.

    A job reads it, with progress, and DELETE /v1/jobs/{job_id} cancels it; the graph changes all at once or
    not at all. Its result counts lines, refusals by reason (with the first 100: row, column, value), loops
    that were left out and parallel edges that were summed. Negative weights and, where `closed`, unknown ids
    are refused line by line; referrals that are no trees are refused as a whole, with the circle.
    Ids may be `inf_...`, `platform:handle`, or handles where the graph names its platform: such nodes are the
    workspace's influencers. Handles are personal data: people who are erased or opted out are left out.
    """
    options = Options(format, undirected, skip, mode, closed, named_by, dry_run)
    actions.check_options(options)
    begin = partial(transaction, request, caller)
    async with begin() as db:
        row = await _row(db, caller, graph_id)
    upload = Upload(request, request.app.state.settings.max_upload)
    return _accepted(await receiving.receive(begin, caller, upload, row, options, filename), row)


@post(
    "/v1/graphs/{graph_id:str}/refresh",
    tags=["discovery"],
    status_code=202,
    raises=[UnknownGraph, WrongSource],
)
async def refresh_graph(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], graph_id: FromPath[str]
) -> Response[GraphJob]:
    """Makes a derived graph anew of the edges that the workspace knows now. Until the job has ended the graph
    is what it was."""
    row = await _row(db, caller, graph_id)
    return _accepted(await actions.refresh(db, caller, row), row)


@get(
    "/v1/graphs/{graph_id:str}/nodes",
    tags=["discovery"],
    raises=[UnknownGraph, NoArcs, GraphChanged, BadCursor],
)
async def list_nodes(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    graph_id: FromPath[str],
    word: WordQuery = None,
    order: OrderQuery = "id",
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[GraphNode]:
    """The nodes with their degrees, and which influencers they are. People who opted out are left out, so a
    page may be shorter. Pages go on in the version of the first one; two newer versions later it is gone."""
    row = await reading.get_ready(db, caller.workspace_id, ids.read("gra", graph_id))
    after = paging.decode(cursor, After)
    settings = request.app.state.settings
    return await page_of_nodes(db, settings, caller, row, word or None, order, after, limit)


@get(
    "/v1/graphs/{graph_id:str}/export",
    tags=["discovery"],
    opt={"openapi_answer": DOCUMENT},
    raises=[UnknownGraph, NoArcs, GraphChanged, GraphTooLarge],
)
async def export_graph(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    graph_id: FromPath[str],
    format: ExportQuery = "graphml",
) -> Stream:
    """The graph as a file: GraphML (yEd, Cytoscape), GEXF (Gephi), or node-link JSON for drawing; each node
    with its label and, where it is an influencer, influencer_id and category. Arcs as they are stored.

    At most 5,000,000 arcs; as JSON 200,000. A GraphML or GEXF uploaded again makes the same graph.
    """
    row = await reading.get_ready(db, caller.workspace_id, ids.read("gra", graph_id))
    exporting.bound(row, format)
    settings = request.app.state.settings
    graph, attributes = await exporting.attributed(db, settings, caller.workspace_id, row)
    return Stream(
        exporting.lines(graph, attributes, format),
        media_type=exporting.TYPES[format],
        headers={"Content-Disposition": f'attachment; filename="{graph_id}-v{row.version}.{format}"'},
    )


async def _row(db: Connection, caller: Caller, graph_id: str) -> GraphRow:
    return await store.get_graph(db, caller.workspace_id, ids.read("gra", graph_id))


def _accepted(job_id: UUID, row: GraphRow) -> Response[GraphJob]:
    made = GraphJob(ids.show("job", job_id), ids.show("gra", row.id))
    return Response(made, status_code=202, headers={"Location": f"/v1/jobs/{made.job_id}"})


ROUTES: list[ControllerRouterHandler] = [
    create_graph,
    list_graphs,
    get_graph,
    change_graph,
    delete_graph,
    upload_edges,
    refresh_graph,
    list_nodes,
    export_graph,
]
