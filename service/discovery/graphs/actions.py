"""Making a graph, and having it made of the workspace's edges."""

from collections.abc import Sequence
from uuid import UUID

from service.accounts import audit
from service.accounts.callers import Caller
from service.discovery.graphs import store
from service.discovery.graphs.jobs import DERIVE, DeriveGraph
from service.discovery.graphs.problems import BadGraph, WrongSource
from service.discovery.graphs.schemas import REVERSED, GraphRow, NewGraph, Options, Source
from service.kit import ids, jobs
from service.kit.db import Connection

_PLATFORM = ("platform", "is for uploaded graphs; `platforms` narrows the workspace's edges")


async def create(db: Connection, caller: Caller, data: NewGraph) -> GraphRow:
    """A new graph; a derived one is already being made. Raises BadGraph."""
    _check(data)
    graph_id = ids.new()
    await store.add_graph(
        db,
        caller.workspace_id,
        graph_id,
        data.name,
        data.kind,
        data.directed,
        data.source,
        REVERSED[data.kind] if data.reverse is None else data.reverse,
        data.platform,
        sorted(set(data.kinds)),
        sorted(set(data.platforms)),
        data.since,
        caller.name,
    )
    await audit.record(db, caller, "graph.created", ids.show("gra", graph_id), {"kind": data.kind})
    if data.source == "edges":
        await _make(db, caller, graph_id)
    return await store.get_graph(db, caller.workspace_id, graph_id)


async def refresh(db: Connection, caller: Caller, row: GraphRow) -> UUID:
    """Has a derived graph made anew; the job's id. Raises WrongSource."""
    if row.source != "edges":
        raise WrongSource("it is made of files: upload edges")
    await audit.record(db, caller, "graph.refreshed", ids.show("gra", row.id))
    return await _make(db, caller, row.id)


async def delete(db: Connection, caller: Caller, row: GraphRow) -> None:
    """Deletes a graph with its edges, and stops whoever is writing into it."""
    if row.job_id is not None and row.status == "building":
        await jobs.cancel(db, caller.workspace_id, row.job_id)
    await store.delete_graph(db, caller.workspace_id, row.id)
    await audit.record(db, caller, "graph.deleted", ids.show("gra", row.id), {"kind": row.kind})


async def _make(db: Connection, caller: Caller, graph_id: UUID) -> UUID:
    job_id = await jobs.enqueue(db, caller.workspace_id, DERIVE, DeriveGraph(graph_id), dedupe=str(graph_id))
    await store.set_job(db, caller.workspace_id, graph_id, job_id)
    return job_id


def _check(data: NewGraph) -> None:
    """Raises BadGraph with every field that does not fit."""
    wrong = []
    if data.source == "upload":
        given = (("kinds", data.kinds), ("platforms", data.platforms), ("since", data.since))
        wrong += [
            (name, "is for graphs that are made of the workspace's edges") for name, said in given if said
        ]
    elif data.platform is not None:
        wrong.append(_PLATFORM)
    if data.kind == "referral" and not data.directed:
        wrong.append(("directed", "is always true for referrals: one refers the other"))
    _refuse(wrong)


def check_platform(source: Source, platform: str | None) -> None:
    """Raises BadGraph where a derived graph is given a platform."""
    _refuse([_PLATFORM] if source == "edges" and platform is not None else [])


def check_options(options: Options) -> None:
    """Raises BadGraph where a file is asked for in two ways at once."""
    both = options.closed and options.names == "label"
    _refuse([("closed", "goes with names=id: labels are known when the file has been read")] if both else [])


def _refuse(wrong: Sequence[tuple[str, str]]) -> None:
    if wrong:
        errors = [{"path": path, "message": message} for path, message in wrong]
        raise BadGraph("fields do not fit each other", errors=errors)
