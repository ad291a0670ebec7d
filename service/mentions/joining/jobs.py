"""Joins mentions to influencers who became known later, and makes edges of whom they name."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from service.discovery.edges.putting import put_edges
from service.discovery.edges.schemas import EdgeRow, End
from service.imports.outcomes import Origin
from service.kit import clock
from service.kit.db import Connection
from service.kit.jobs import Work, job
from service.mentions import store as mentions
from service.mentions.joining import store
from service.mentions.joining.following import JOB, Join
from service.mentions.joining.naming import handles

STEP = 2_000
SOURCE = "mentions"


class Joined(Struct):
    """How many mentions were joined to an influencer."""

    mentions: int


@job(JOB)
async def join_mentions(work: Work, payload: Join) -> Joined:
    """A batch a transaction; what is cut short is done the next time."""
    done = 0
    async with work.transaction() as db:
        await store.unname(db, work.workspace_id, payload.influencers)
        moved = await store.realign(db, work.workspace_id, payload.influencers)
        await mentions.follow_searched(db, work.workspace_id, moved)
        await _tell(db, work, payload.mentions)
    while payload.influencers:
        async with work.transaction() as db:
            joined = await store.join_older(db, work.workspace_id, payload.influencers, STEP)
            await mentions.follow_searched(db, work.workspace_id, joined)
            await _tell(db, work, joined)
        done += len(joined)
        await work.progress(done)
        if len(joined) < STEP:
            break
    return Joined(done)


async def _tell(db: Connection, work: Work, ids: Sequence[UUID]) -> None:
    """Puts an edge for each known handle that these mentions name; told again, it changes nothing."""
    said = await store.said(db, work.workspace_id, ids) if ids else []
    named = [(one, handle) for one in said for handle in handles(one.text)]
    known = await store.known_handles(
        db, work.workspace_id, [one.platform for one, _ in named], [handle for _, handle in named]
    )
    rows = [
        EdgeRow(
            at,
            End(one.platform, one.handle, one.platform_id),
            End(one.platform, handle, None),
            "mention",
            1.0,
            one.published_at,
        )
        for at, (one, handle) in enumerate(named[each.n - 1] for each in known)
    ]
    if rows:
        now = await clock.now(db)
        origin = Origin(work.settings, work.workspace_id, work.job_id, SOURCE, "", "", now, now)
        await put_edges(db, origin, rows)
