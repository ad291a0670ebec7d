"""Influence and spread for whoever asks: requests here, plans for a budget elsewhere."""

import asyncio
import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from litestar import Response

from graph.build import Graph
from graph.constraints import Constraints
from service.discovery.computations import keeping, parameters, show
from service.discovery.computations.asking import Target, accepted
from service.discovery.computations.keeping import Question
from service.discovery.computations.nodes import places_of, shown
from service.discovery.computations.operations.base import Report
from service.discovery.computations.operations.models import Spreading, model_of
from service.discovery.computations.problems import UnfitParameters
from service.discovery.computations.running import refusing, unwatched
from service.discovery.computations.schemas import InfluenceRequest, ResultRow, SpreadRequest
from service.discovery.graphs import reading
from service.discovery.graphs.schemas import NodeId
from service.kit.db import Connection, Database
from service.kit.jobs import Job
from service.settings import Settings

if TYPE_CHECKING:
    from graph.spread_plan import SpreadPlan


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


class ByInfluence(NamedTuple):
    """A plan whose places are those of the influencers that were asked about; `absent`: not in the graph.

    of: nodes of the graph's version.
    """

    plan: "SpreadPlan"
    version: int
    of: int
    absent: list[UUID]


async def best_for_budget(
    database: Database,
    workspace_id: UUID,
    graph_id: UUID,
    influencer_ids: Sequence[UUID],
    constraints: Constraints,
    *,
    spreading: Spreading | None = None,
    delta: float = 0.001,
    seed: int = 1,
    report: Report = unwatched,
) -> ByInfluence:
    """Whom of these influencers to take so that most of a graph is won; for a job, with its `work.report`.

    constraints: about the influencers in their order, costs in minor units. spreading: None, weighted cascade
    along the graph's orientation. Somebody without a node adds nothing, and is taken only where she must be.
    delta: the chance that a bound of the plan does not hold.
    Raises graphs' UnknownGraph, NoArcs, GraphChanged; NotComputable.
    """
    async with database.transaction(workspace_id) as db:
        row = await reading.get_ready(db, workspace_id, graph_id)
        graph = await reading.load(db, workspace_id, graph_id, row.version)
        nodes = await reading.nodes_of(db, workspace_id, row, graph, influencer_ids)
    asked = spreading or Spreading("wc", reverse=row.reverse)
    own = [nodes.get(each, []) for each in influencer_ids]
    without = [at for at, theirs in enumerate(own) if not theirs]
    # Else they would count among those whose sets are all compared, where the list is short.
    idle = constraints.exclude.union(without).difference(constraints.must_include)
    within = dataclasses.replace(constraints, exclude=idle)
    plan = await asyncio.to_thread(_planned, graph, asked, own, within, delta, seed, report)
    return ByInfluence(plan, row.version, graph.size, [influencer_ids[at] for at in without])


def _planned(
    graph: Graph,
    asked: Spreading,
    own: Sequence[Sequence[NodeId]],
    constraints: Constraints,
    delta: float,
    seed: int,
    report: Report,
) -> "SpreadPlan":
    from graph.spread_plan import plan_spread

    return refusing(
        lambda: plan_spread(model_of(graph, asked), own, constraints, delta=delta, seed=seed, progress=report)
    )


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
