"""Influence and spread for whoever asks: requests here, plans for a budget elsewhere."""

from typing import Any
from uuid import UUID

from litestar import Response

from graph.build import Graph
from service.discovery.computations import keeping, parameters, show
from service.discovery.computations.asking import Target, accepted
from service.discovery.computations.keeping import Question
from service.discovery.computations.nodes import places_of, shown
from service.discovery.computations.problems import UnfitParameters
from service.discovery.computations.schemas import InfluenceRequest, ResultRow, SpreadRequest
from service.discovery.graphs import reading
from service.kit.db import Connection
from service.kit.jobs import Job
from service.settings import Settings


async def influence(db: Connection, settings: Settings, to: Target, asked: InfluenceRequest) -> Response[Any]:
    """The seeds, or the job that finds them. Raises UnfitParameters, ComputationFailed."""
    known = await places_of(db, to.workspace_id, to.row, to.graph, parameters.refs(asked))
    params = parameters.influence(asked, to.row, known, heaviest(to.graph))
    await _all_shown(db, settings, to, params.must)
    question = Question(to.row, "influence", params)
    found = await keeping.answer(db, to.workspace_id, question)
    if isinstance(found, Job):
        return accepted(found)
    seeds = to.graph.nodes[show.seeds_of(found)].tolist()
    told = await shown(db, settings, to.workspace_id, to.row, seeds)
    if any(node not in told.labels for node in seeds):
        # Somebody among them opted out since: others take the place.
        return accepted(await keeping.begin_anew(db, to.workspace_id, question))
    return Response(show.influence(found, to.graph, told), status_code=200)


async def spread(db: Connection, to: Target, asked: SpreadRequest) -> Response[Any]:
    """The expected spread of given seeds, or the job that simulates it. Raises as influence does."""
    known = await places_of(db, to.workspace_id, to.row, to.graph, parameters.refs(asked))
    params = parameters.spread(asked, to.row, known, heaviest(to.graph))
    found = await keeping.answer(db, to.workspace_id, Question(to.row, "spread", params))
    return accepted(found) if isinstance(found, Job) else Response(show.spread(found), status_code=200)


def heaviest(graph: Graph) -> float:
    """The largest weight of an arc."""
    return float(graph.weights.max()) if graph.arcs else 0.0


async def not_shown(
    db: Connection, settings: Settings, workspace_id: UUID, row: ResultRow, graph: Graph, places: list[int]
) -> list[int]:
    """Places of nodes that are shown to nobody: of people who opted out or were erased."""
    if not places:
        return []
    of = await reading.get_graph(db, workspace_id, row.graph_id)
    nodes = graph.nodes[places].tolist()
    labels = await reading.labels(db, settings, of, workspace_id, nodes)
    return [place for place, node in zip(places, nodes, strict=True) if node not in labels]


async def _all_shown(db: Connection, settings: Settings, to: Target, places: list[int]) -> None:
    if not places:
        return
    nodes = to.graph.nodes[places].tolist()
    labels = await reading.labels(db, settings, to.row, to.workspace_id, nodes)
    gone = [str(node) for node in nodes if node not in labels]
    if gone:
        message = "is no node of the graph, nor an influencer who is in it"
        errors = [{"path": "must_include", "message": message}] * len(gone)
        raise UnfitParameters(f"{len(gone)} of must_include not in the graph", errors=errors, unknown=gone)
