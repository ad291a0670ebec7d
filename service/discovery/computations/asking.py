"""What all requests for computations share: the graph, a stored result or its job, the page asked for."""

from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from litestar import Response

from graph.build import Graph
from service.discovery.computations import keeping, nodes, store
from service.discovery.computations.keeping import Question
from service.discovery.computations.problems import PageGone, UnfitParameters
from service.discovery.computations.schemas import After, Head, ResultRow
from service.discovery.graphs import reading
from service.discovery.graphs.schemas import GraphRow
from service.kit import ids, jobs, paging
from service.kit.db import Connection
from service.kit.jobs import Job


class Target(NamedTuple):
    """A graph that has a version to compute on."""

    workspace_id: UUID
    row: GraphRow
    graph: Graph


class Part(NamedTuple):
    """A result, and the row of it at which a page begins."""

    row: ResultRow
    first: int


async def target(db: Connection, workspace_id: UUID, graph_id: str) -> Target:
    """Raises graphs' UnknownGraph, NoArcs, GraphChanged."""
    row = await reading.get_ready(db, workspace_id, ids.read("gra", graph_id))
    return Target(workspace_id, row, await reading.load(db, workspace_id, row.id, row.version))


async def part(
    db: Connection, to: Target, operation: str, params: msgspec.Struct, cursor: str | None
) -> Part | Job:
    """The page's part of the stored result, or the job that computes it. Raises BadCursor, PageGone."""
    after = paging.decode(cursor, After)
    if after is not None:
        row = await store.find_result(db, to.workspace_id, after[0])
        asked = (to.row.id, to.row.version, operation)
        if row is None or row.result is None or (row.graph_id, row.version, row.operation) != asked:
            raise PageGone("begin with the first page")
        return Part(row, after[1])
    found = await keeping.answer(db, to.workspace_id, Question(to.row, operation, params))
    return found if isinstance(found, Job) else Part(found, 0)


def accepted(job: Job) -> Response[Any]:
    """202: it is being computed; where to look, and when to ask again."""
    headers = {"Location": f"/v1/jobs/{ids.show('job', job.id)}", "Retry-After": "1"}
    return Response(jobs.show(job), status_code=202, headers=headers)


def head(row: ResultRow) -> dict[str, Any]:
    """The members of every answer that say which result it is."""
    made = Head(
        result_id=ids.show("gcr", row.id),
        graph_id=ids.show("gra", row.graph_id),
        version=row.version,
        computed_at=row.computed_at or row.created_at,
        seconds=row.seconds or 0.0,
    )
    return msgspec.structs.asdict(made)


def following(at: Part, shown: int, rows: int) -> dict[str, Any]:
    """`next_cursor` and `has_more` after a page of so many rows."""
    last = at.first + shown
    more = last < rows
    return {"next_cursor": paging.encode((at.row.id, last)) if more else None, "has_more": more}


async def places_named(db: Connection, to: Target, parameter: str, asked: list[str]) -> list[int]:
    """Places of what a query names. Raises UnfitParameters with all that is not in the graph."""
    known = await nodes.places_of(db, to.workspace_id, to.row, to.graph, asked)
    unknown = [each for each in asked if each not in known]
    if unknown:
        message = "is no node of the graph, nor an influencer who is in it"
        errors = [{"path": parameter, "message": f"{each[:60]!r} {message}"} for each in unknown]
        raise UnfitParameters(
            f"{len(unknown)} of {parameter} not in the graph", errors=errors, unknown=unknown
        )
    return sorted({place for each in asked for place in known[each]})
