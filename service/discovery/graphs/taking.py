"""A file of edges from its chunks to a new version of its graph, in one transaction: all of it or nothing."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple
from uuid import UUID

from graph import collecting
from graph.build import Graph, joined, without
from graph.collecting import EdgeList
from service.discovery.graphs import reading, store
from service.discovery.graphs.forgetting import departed
from service.discovery.graphs.parsing import check, parse, refused_line
from service.discovery.graphs.problems import GraphTooLarge, NoArcs
from service.discovery.graphs.schemas import GraphRow, Read, SourceFile, UploadRow
from service.discovery.graphs.writing import put
from service.imports.problems import FileGone
from service.imports.source import Source
from service.kit import clock, ids
from service.kit.db import Connection
from service.kit.jobs import Work

# Of the files that a graph was put together from, so many are told.
MOST_SOURCES = 50


class _Made(NamedTuple):
    """What the file makes of the graph."""

    graph: Graph
    left_out: int


async def take_in(work: Work, upload_id: UUID) -> Read:
    """Reads the file and switches the graph to it. Raises UnreadableEdges, GraphTooLarge, NoForest, ..."""
    async with work.database.transaction(work.workspace_id) as db:
        upload = await store.find_upload(db, work.workspace_id, upload_id)
        if upload is None:
            raise FileGone("upload it again")
        row = await store.get_graph(db, work.workspace_id, upload.graph_id)
        known = await _known(db, work.workspace_id, row) if upload.options.closed else None
    source = Source(partial(_chunk, work, upload_id))
    try:
        found = await asyncio.to_thread(_read, work, source, row, upload, known)
    finally:
        source.stop()
    async with work.transaction() as db:
        await store.lock_arrays(db, work.workspace_id, upload.graph_id)
        row = await store.get_graph(db, work.workspace_id, upload.graph_id)
        made = await _made(work, db, row, upload, found)
        version = (
            None if upload.options.dry_run else await _keep(db, work.workspace_id, row, upload, found, made)
        )
        result = _result(row, upload, found, made, version)
        await store.drop_upload(db, work.workspace_id, upload_id)
        work.report(found.lines, found.lines)
        await work.finish(db, result)
    return result


async def _known(db: Connection, workspace_id: UUID, row: GraphRow) -> list[str]:
    if row.version == 0:
        raise NoArcs("there are no nodes that the file could keep to: upload without `closed` first")
    graph = await reading.load(db, workspace_id, row.id, row.version)
    return [str(each) for each in graph.nodes.tolist()]


async def _chunk(work: Work, upload_id: UUID, position: int) -> bytes | None:
    async with work.database.transaction(work.workspace_id) as db:
        return await store.find_chunk(db, work.workspace_id, upload_id, position)


def _read(
    work: Work, source: Source, row: GraphRow, upload: UploadRow, known: Sequence[str] | None
) -> EdgeList:
    def progress(lines: int) -> None:
        # There will be as many lines in the rest of the bytes as in those that were read.
        work.report(lines, max(lines, round(lines * upload.size / max(1, source.taken))))

    return parse(source.chunks(), row, upload.options, known, progress)


async def _made(work: Work, db: Connection, row: GraphRow, upload: UploadRow, found: EdgeList) -> _Made:
    """The file's edges, with those that are there already where it adds to them, without people who left."""
    gone = await departed(work, db, row.platform, found.graph)
    graph = await asyncio.to_thread(without, found.graph, gone) if gone else found.graph
    if upload.options.mode == "add" and row.version:
        base = await reading.load(db, work.workspace_id, row.id, row.version)
        graph = await asyncio.to_thread(_added, base, graph)
    await asyncio.to_thread(check, graph, row)
    return _Made(graph, len(gone))


def _added(base: Graph, more: Graph) -> Graph:
    """Both graphs as one, which is held to what one file is held to. Raises GraphTooLarge."""
    # Each of the lines that one file may have can be an edge both ways.
    most = 2 * collecting.MOST_EDGES
    widest = max(each.nodes.itemsize for each in (base, more))
    if (base.size + more.size) * widest > 2 * collecting.MOST_ID_BYTES:
        raise GraphTooLarge("the ids of both take too much room", limit=collecting.MOST_ID_BYTES)
    made = joined(base, more)
    if made.arcs > most:
        raise GraphTooLarge(f"{made.arcs:,} arcs with those of before, {most:,} at most", limit=most)
    return made


async def _keep(
    db: Connection, workspace_id: UUID, row: GraphRow, upload: UploadRow, found: EdgeList, made: _Made
) -> int:
    read_at = await clock.now(db)
    told = SourceFile("upload", upload.filename, found.lines, found.refused, read_at)
    before = row.sources if upload.options.mode == "add" else []
    return await put(db, workspace_id, row, made.graph, [*before, told][-MOST_SOURCES:])


def _result(row: GraphRow, upload: UploadRow, found: EdgeList, made: _Made, version: int | None) -> Read:
    return Read(
        graph_id=ids.show("gra", row.id),
        lines=found.lines,
        refused=found.refused,
        refusals=[refused_line(each) for each in found.refusals],
        loops=found.graph.loops,
        parallel=found.parallel,
        left_out=made.left_out,
        nodes=made.graph.size,
        arcs=made.graph.arcs,
        version=version,
        dry_run=upload.options.dry_run,
    )
