"""A new version of a graph, in the transaction that switches to it."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from graph.build import Graph
from service.discovery.graphs import store
from service.discovery.graphs.packing import pack
from service.discovery.graphs.schemas import GraphRow, SourceFile
from service.kit.db import Connection


async def put(
    db: Connection,
    workspace_id: UUID,
    row: GraphRow,
    graph: Graph,
    sources: Sequence[SourceFile],
    *,
    edges_version: int | None = None,
    forget: bool = False,
) -> int:
    """Writes arrays and switches to them; the version's number. The caller holds `store.lock_arrays`.

    The version before stays for those who are reading it, unless `forget`: somebody was erased from it.
    """
    version = row.version + 1
    for name, part, data in pack(graph):
        await store.add_part(db, workspace_id, row.id, version, name, part, data)
    await store.set_version(
        db,
        workspace_id,
        row.id,
        version,
        graph.size,
        graph.arcs,
        graph.loops,
        graph.nodes.dtype.kind in "iu",
        msgspec.to_builtins(list(sources)),
        edges_version,
    )
    await store.drop_before(db, workspace_id, row.id, version if forget else version - 1)
    return version
