"""Computing what authority is made of, in jobs, so that scoring only reads columns."""

import asyncio
from collections.abc import Mapping, Sequence
from uuid import UUID

import numpy as np

from scoring.arrays import floats
from scoring.regularity import irregular
from service.accounts.workspaces.store import get_workspace
from service.discovery.authority import store
from service.discovery.authority.ranking import Network, network, ranks
from service.discovery.authority.schemas import CountRow, Observed, Rank
from service.kit.db import Connection
from service.kit.jobs import Work


async def note_activity(db: Connection, workspace_id: UUID, influencer_ids: Sequence[UUID]) -> None:
    """Keeps of these influencers' accounts since when they are known and how regularly they post."""
    rows = await store.activity(db, workspace_id, influencer_ids)
    flags = irregular(
        np.array([row.gaps for row in rows], dtype=np.float64),
        floats([row.gap_mean for row in rows]),
        floats([row.gap_deviation for row in rows]),
        floats([row.gap_longest for row in rows]),
    )
    await store.put_activity(
        db,
        workspace_id,
        [row.account_id for row in rows],
        [row.first_seen_at for row in rows],
        [row.gaps for row in rows],
        [row.gap_mean for row in rows],
        [row.gap_deviation for row in rows],
        [row.gap_longest for row in rows],
        flags.tolist(),
    )


async def note_standing(
    db: Connection, workspace_id: UUID, influencer_ids: Sequence[UUID], *, changed: bool
) -> None:
    """Asks for new ranks where edges of these influencers have `changed`, or they themselves have."""
    nano = await _nano(db, workspace_id)
    if changed or await store.stand_otherwise(db, workspace_id, influencer_ids, nano):
        await store.mark_stale(db, workspace_id)


async def _nano(db: Connection, workspace_id: UUID) -> int:
    """So many followers make a creator."""
    return (await get_workspace(db, workspace_id)).tiers.nano


async def rank_accounts(work: Work) -> None:
    """PageRank by topic and the counts of all accounts, if something has changed since the last time."""
    workspace_id = work.workspace_id
    async with work.transaction() as db:
        if not await store.is_stale(db, workspace_id):
            return
        nano = await _nano(db, workspace_id)
        groups = await store.members(db, workspace_id)
        arcs = await store.arcs(db, workspace_id, nano)
        known = {each.platform: each for each in await store.observed(db, workspace_id, nano)}
        made = await asyncio.to_thread(network, groups, arcs, known.keys())
        found = await asyncio.to_thread(ranks, made)
        counted = await store.count_sources(db, workspace_id, nano)
        await _keep(db, workspace_id, made, found, known, counted, nano)


async def _keep(
    db: Connection,
    workspace_id: UUID,
    made: Network,
    found: Sequence[Rank],
    known: Mapping[str, Observed],
    counted: Sequence[CountRow],
    nano: int,
) -> None:
    graph = made.graph
    version = await store.new_version(db, workspace_id, graph.size, graph.arcs, made.topics)
    counts = {row.account_id: row for row in counted}
    platforms = {
        account_id: platform
        for (platform, _), members in made.members.items()
        for account_id in members.account_ids
    }
    mentioners: list[int | None] = []
    creators: list[int | None] = []
    for rank in found:
        row, what = counts.get(rank.account_id), known[platforms[rank.account_id]]
        mentioners.append((row.mentioners if row else 0) if what.mentions else None)
        creators.append((row.creators if row else 0) if what.endorsements else None)
    await store.put_authority(
        db,
        workspace_id,
        [rank.account_id for rank in found],
        [rank.topic for rank in found],
        [rank.pagerank for rank in found],
        mentioners,
        creators,
        version,
        nano,
    )
    await store.drop_others(db, workspace_id, version)
