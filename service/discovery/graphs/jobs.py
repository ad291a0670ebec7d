"""The work of graphs: reading files into them, making them of the workspace's edges, forgetting people."""

from uuid import UUID

from msgspec import Struct

from service.discovery.graphs import store
from service.discovery.graphs.deriving import derive
from service.discovery.graphs.forgetting import forget
from service.discovery.graphs.schemas import Derived, Read
from service.discovery.graphs.taking import take_in
from service.kit.away import AWAY
from service.kit.db import Database
from service.kit.jobs import Superseded, Work, job, scheduled
from service.settings import Settings

READ = "discovery.read_edges"
DERIVE = "discovery.derive_graph"
FORGET = "discovery.forget_nodes"


class ReadEdges(Struct):
    upload_id: UUID


class DeriveGraph(Struct):
    graph_id: UUID


class ForgetNodes(Struct):
    """Influencers who were erased: uploaded graphs may hold their ids, and their handles."""

    influencer_ids: list[UUID]


@job(READ)
async def read_edges(work: Work, payload: ReadEdges) -> Read:
    """Takes a file into a graph: all of it or nothing. A worker that dies leaves it to the next."""
    try:
        return await take_in(work, payload.upload_id)
    except (Superseded, *AWAY):
        raise
    except Exception:
        # The file is of no more use: it may name people, and whoever wants it in uploads it again.
        async with work.database.transaction(work.workspace_id) as db:
            await store.drop_upload(db, work.workspace_id, payload.upload_id)
        raise


@job(DERIVE)
async def derive_graph(work: Work, payload: DeriveGraph) -> Derived:
    """Makes a graph of the workspace's edges as they are now."""
    return await derive(work, payload.graph_id)


@job(FORGET)
async def forget_nodes(work: Work, payload: ForgetNodes) -> None:
    """Takes people who were erased out of uploaded graphs, a graph a transaction."""
    await forget(work, payload.influencer_ids)


@scheduled("discovery.sweep_graphs", "47 * * * *")
async def sweep(settings: Settings, database: Database) -> None:
    """Drops files whose upload was broken off or whose job has ended."""
    async with database.connection() as db:
        await store.sweep(db)
