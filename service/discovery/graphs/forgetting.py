"""People who opted out or were erased, in graphs that were uploaded: they are taken out, with their arcs."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

from graph.build import Graph, without
from service.discovery.graphs import reading, store
from service.discovery.graphs.naming import named
from service.discovery.graphs.writing import put
from service.influencers.bulk.suppression import left
from service.influencers.identity import workspace_key
from service.influencers.removals.store import has_tombstones
from service.kit import ids
from service.kit.db import Connection
from service.kit.jobs import Work

# Marks of so many ids are made between two looks at the clock: some tens of milliseconds.
BATCH = 5_000


async def departed(work: Work, db: Connection, platform: str | None, graph: Graph) -> list[int]:
    """The places of nodes who left. Costs nothing where nobody ever did, or no id can mean anybody."""
    if platform is None and graph.nodes.dtype.kind in "iu":
        return []
    if not graph.size or not await has_tombstones(db, work.workspace_id):
        return []
    key = workspace_key(work.settings, work.workspace_id)
    found: list[int] = []
    for begin in range(0, graph.size, BATCH):
        nodes = graph.nodes[begin : begin + BATCH].tolist()
        told = [(begin + at, who) for at, node in enumerate(nodes) if (who := named(node, platform))]
        known = [(at, who.identity) for at, who in told if who.identity]
        gone = await left(db, work.workspace_id, key, [identity for _, identity in known])
        found += [known[at][0] for at in gone]
        await work.progress(work.done)
    return sorted(found)


async def forget(work: Work, influencer_ids: Sequence[UUID]) -> None:
    """Takes people who were erased out of all uploaded graphs; a graph that knew them has a new version."""
    async with work.transaction() as db:
        graphs = await store.uploaded(db, work.workspace_id)
    texts = [ids.show("inf", each) for each in influencer_ids]
    for done, graph_id in enumerate(graphs):
        await work.progress(done, len(graphs))
        async with work.transaction() as db:
            await _forget(work, db, graph_id, texts)


async def _forget(work: Work, db: Connection, graph_id: UUID, texts: Sequence[str]) -> None:
    await store.lock_arrays(db, work.workspace_id, graph_id)
    row = await store.find_graph(db, work.workspace_id, graph_id)
    if row is None:
        return
    graph = await reading.load(db, work.workspace_id, graph_id, row.version)
    own = list(reading.present(graph, texts).values())
    gone = {*await departed(work, db, row.platform, graph), *graph.places(own).tolist()}
    if gone:
        remaining = await asyncio.to_thread(without, graph, sorted(gone))
        await put(db, work.workspace_id, row, remaining, row.sources, forget=True)
