"""Reach graphs for what is computed on them: the graph itself, and who its nodes are."""

import asyncio
from collections.abc import Mapping, Sequence
from uuid import UUID

import numpy as np

from graph.build import Graph
from service.discovery.graphs import store
from service.discovery.graphs.cache import Graphs
from service.discovery.graphs.naming import named, spellings
from service.discovery.graphs.packing import Buffer, unpack
from service.discovery.graphs.problems import GraphChanged, NoArcs
from service.discovery.graphs.schemas import GraphRow, Member, MemberRow, NodeId, OwnAccount
from service.influencers.bulk.suppression import left
from service.influencers.identity import workspace_key
from service.kit.db import Connection, Database
from service.settings import Settings

_CACHE = Graphs()


async def get_graph(db: Connection, workspace_id: UUID, graph_id: UUID) -> GraphRow:
    """The graph's row: version, nodes, arcs, kind, status, reverse, ... Raises UnknownGraph."""
    return await store.get_graph(db, workspace_id, graph_id)


async def get_ready(db: Connection, workspace_id: UUID, graph_id: UUID) -> GraphRow:
    """The row of a graph that has arcs to compute on. Raises UnknownGraph, NoArcs."""
    row = await store.get_graph(db, workspace_id, graph_id)
    if row.arcs == 0:
        why = "upload edges first" if row.source == "upload" else "the workspace knows of no such edges"
        if row.nodes:
            why = "its files have no edge between two nodes"
        raise NoArcs("its edges are being read" if row.status == "building" else why, graph_status=row.status)
    return row


async def load(source: Database | Connection, workspace_id: UUID, graph_id: UUID, version: int) -> Graph:
    """A version of the graph, from this process's memory or the database.

    Its arcs stand as they were given: where the row's `reverse` is true they lead from who hears to who is
    heard, and influence is computed on `graph.reversed()`. The arrays are shared: nobody writes into them.
    The two newest versions are kept. Raises GraphChanged where the version is gone.
    """
    key = workspace_id, graph_id, version
    found = _CACHE.get(key)
    if found is not None:
        return found
    if isinstance(source, Database):
        async with source.transaction(workspace_id) as db:
            arrays = await _arrays(db, workspace_id, graph_id, version)
    else:
        arrays = await _arrays(source, workspace_id, graph_id, version)
    graph = await asyncio.to_thread(unpack, arrays)
    _CACHE.put(key, graph)
    return graph


async def _arrays(db: Connection, workspace_id: UUID, graph_id: UUID, version: int) -> dict[str, Buffer]:
    sizes = await store.part_sizes(db, workspace_id, graph_id, version)
    if not sizes:
        raise GraphChanged("a newer version has taken its place: ask again")
    return {
        each.name: await _array(db, workspace_id, graph_id, version, each.name, each.size) for each in sizes
    }


async def _array(
    db: Connection, workspace_id: UUID, graph_id: UUID, version: int, name: str, size: int
) -> bytearray:
    """One array, part by part into the place where it stays."""
    made, at, part = bytearray(size), 0, 0
    while at < size:
        data = await store.find_part(db, workspace_id, graph_id, version, name, part)
        if data is None:
            raise GraphChanged("a newer version has taken its place: ask again")
        made[at : at + len(data)] = data
        at, part = at + len(data), part + 1
    return made


async def members(
    db: Connection, workspace_id: UUID, graph_id: UUID, nodes: Sequence[NodeId]
) -> dict[NodeId, Member]:
    """Which nodes are influencers of the workspace: not who opted out; for a merged profile the kept one."""
    row = await store.get_graph(db, workspace_id, graph_id)
    if row.source == "edges":
        return _found(nodes, await store.members_by_node(db, workspace_id, [int(each) for each in nodes]))
    told = [(node, who) for node in nodes if (who := named(node, row.platform)) is not None]
    own = [(node, who.influencer_id) for node, who in told if who.influencer_id is not None]
    accounts = [(node, who) for node, who in told if who.influencer_id is None]
    by_id = await store.members_by_id(db, workspace_id, [each for _, each in own])
    by_account = await store.members_by_account(
        db,
        workspace_id,
        [who.platform or "" for _, who in accounts],
        [who.handle_folded for _, who in accounts],
        [who.platform_id for _, who in accounts],
    )
    return {
        **_found([node for node, _ in own], by_id),
        **_found([node for node, _ in accounts], by_account),
    }


def _found(nodes: Sequence[NodeId], rows: Sequence[MemberRow]) -> dict[NodeId, Member]:
    return {
        nodes[row.n - 1]: Member(
            row.influencer_id, row.account_id, row.name, row.platform, row.handle, row.category
        )
        for row in rows
    }


async def labels(
    db: Connection, settings: Settings, row: GraphRow, workspace_id: UUID, nodes: Sequence[NodeId]
) -> dict[NodeId, str]:
    """How to show nodes. Those of people who opted out or were erased are absent: they are shown to nobody.

    Of a derived graph `platform:handle`; of an uploaded one what the file called them.
    """
    if row.source == "edges":
        rows = await store.name_nodes(db, workspace_id, [int(each) for each in nodes])
        return {each.id: f"{each.platform}:{each.handle}" for each in rows}
    gone = await hidden(db, settings, workspace_id, row.platform, nodes)
    return {node: str(node) for node in nodes if node not in gone}


async def hidden(
    db: Connection, settings: Settings, workspace_id: UUID, platform: str | None, nodes: Sequence[NodeId]
) -> set[NodeId]:
    """Nodes of an uploaded graph that are people who opted out or were erased."""
    told = [(node, who) for node in nodes if (who := named(node, platform)) is not None]
    known = [(node, who.identity) for node, who in told if who.identity is not None]
    key = workspace_key(settings, workspace_id)
    gone = await left(db, workspace_id, key, [identity for _, identity in known if identity is not None])
    own = {who.influencer_id: node for node, who in told if who.influencer_id is not None}
    out = await store.opted_out(db, workspace_id, list(own)) if own else []
    return {known[at][0] for at in gone} | {own[each] for each in out}


async def nodes_of(
    db: Connection, workspace_id: UUID, row: GraphRow, graph: Graph, influencer_ids: Sequence[UUID]
) -> dict[UUID, list[NodeId]]:
    """The nodes of influencers in a loaded graph: none, or one for each account that is in it."""
    if row.source == "edges":
        asked: list[tuple[UUID, NodeId]] = [
            (each.influencer_id, each.node) for each in await store.nodes_of(db, workspace_id, influencer_ids)
        ]
    else:
        asked = _asked(await store.accounts_of(db, workspace_id, influencer_ids), influencer_ids, row)
    inside = present(graph, [node for _, node in asked])
    found: dict[UUID, list[NodeId]] = {each: [] for each in influencer_ids}
    for influencer_id, node in asked:
        if str(node) in inside:
            found[influencer_id].append(inside[str(node)])
    return found


def _asked(
    accounts: Sequence[OwnAccount], influencer_ids: Sequence[UUID], row: GraphRow
) -> list[tuple[UUID, NodeId]]:
    own: dict[UUID, list[OwnAccount]] = {each: [] for each in influencer_ids}
    for account in accounts:
        own[account.influencer_id].append(account)
    return [(each, name) for each, theirs in own.items() for name in spellings(each, theirs, row.platform)]


def present(graph: Graph, nodes: Sequence[NodeId]) -> Mapping[str, NodeId]:
    """Those of these ids that are nodes, by their text, as the graph calls them: `"42"` finds 42."""
    if not graph.size:
        return {}
    if graph.nodes.dtype.kind in "iu":
        texts = [each for each in map(str, nodes) if each.isascii() and each.isdigit() and len(each) <= 18]
        asked = np.array([int(each) for each in texts], dtype=np.int64)
    else:
        # In the nodes' own width: a longer text is none of them, and would widen all of them to be compared.
        width = graph.nodes.dtype.itemsize // np.dtype("U1").itemsize
        fitting = [text for each in nodes if len(text := str(each)) <= width]
        asked = np.array(fitting, dtype=graph.nodes.dtype)
    if not len(asked):
        return {}
    places = np.minimum(np.searchsorted(graph.nodes, asked), graph.size - 1)
    return {str(node): node for node in asked[graph.nodes[places] == asked].tolist()}
