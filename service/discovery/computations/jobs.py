"""A computation as a job: read, computed in a thread with progress and cancel, kept."""

from functools import partial
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from graph.build import Graph
from service.discovery.computations import store
from service.discovery.computations.actions import not_shown
from service.discovery.computations.keeping import COMPUTE, Compute, keep
from service.discovery.computations.operations import OPERATIONS
from service.discovery.computations.problems import NotComputable, ResultGone
from service.discovery.computations.running import Timed, run
from service.discovery.computations.schemas import ResultRow
from service.discovery.computations.watching import watched
from service.discovery.graphs import reading
from service.kit import ids
from service.kit.jobs import Work, job, prepared

# Between two looks whether anybody can still read what is computed.
WANTED_S = 5.0


class ComputedResult(Struct):
    """Where the result of a computation on a graph is read."""

    result_id: str
    graph_id: str
    operation: str
    version: int
    seconds: float
    url: str


@job(COMPUTE)
async def compute_graph(work: Work, payload: Compute) -> ComputedResult:
    """Nothing is held while it computes: the graph is read before, the result is written after."""
    row = await _row(work, payload.result_id)
    graph = await reading.load(work.database, work.workspace_id, row.graph_id, row.version)
    params = msgspec.convert(row.params, OPERATIONS[row.operation].params, strict=False)
    made = await _computed(work, row, graph, params)
    async with work.transaction() as db:
        if await store.find_result(db, work.workspace_id, row.id) is None:
            raise ResultGone("another version of the graph took the place of the one that was computed on")
        await keep(db, work.workspace_id, row, made)
        graph_id, result_id = ids.show("gra", row.graph_id), ids.show("gcr", row.id)
        url = f"/v1/graphs/{graph_id}/results/{result_id}"
        done = ComputedResult(result_id, graph_id, row.operation, row.version, made.seconds, url)
        await work.finish(db, done)
    return done


async def _computed(work: Work, row: ResultRow, graph: Graph, params: Any) -> Timed:
    """The result; where somebody among the seeds may not be shown, others take the place."""
    while True:
        made = await watched(
            work,
            partial(run, row.operation, graph, params),
            lambda: _row(work, row.id),
            WANTED_S,
        )
        if row.operation != "influence":
            return made
        places = [each.place for each in made.made.result.seeds]
        async with work.transaction() as db:
            gone = await not_shown(db, work.settings, work.workspace_id, row, graph, places)
        if not gone:
            return made
        if set(gone) & set(params.must):
            raise NotComputable("somebody who must be a seed has opted out")
        params = msgspec.structs.replace(params, barred=sorted({*params.barred, *gone}))


async def _row(work: Work, result_id: UUID) -> ResultRow:
    """What is asked. Raises ResultGone."""
    async with work.transaction() as db:
        row = await store.find_result(db, work.workspace_id, result_id)
    if row is None:
        raise ResultGone("another version of the graph took the place of the one that was asked for")
    return row


@prepared
def warm_kernels() -> None:
    """Kernels are compiled, or read from the disk, before the first job needs them."""
    from graph.warm import warm

    warm()
