"""A query's matches among the mentions that are stored already."""

from uuid import UUID

from msgspec import Struct

from service.kit.jobs import Work, job
from service.mentions.queries import store
from service.mentions.queries.matching import follow_rules, tree
from service.mentions.searching import Found, asked, newest

MATCH = "match_query"
STEP = 5_000


class Match(Struct):
    query_id: UUID
    version: int


class Matched(Struct):
    """How many mentions match."""

    mentions: int


@job(MATCH)
async def match_query(work: Work, payload: Match) -> Matched:
    """Finds all mentions that a query matches, the newest first; nothing where it has changed since."""
    async with work.transaction() as db:
        await store.wait_for_intake(db, work.workspace_id)
        query = await store.lock_query(db, work.workspace_id, payload.query_id)
        if query.version != payload.version:
            return Matched(0)
        await store.forget_matches(db, work.workspace_id, query.id)
    done = 0
    last: Found | None = None
    while True:
        search = asked(work.workspace_id, tree(query.expression))
        before = None if last is None else (last.published_at, last.mention_id)
        found = await newest(work.database, search, before, STEP)
        ids = [one.mention_id for one in found]
        async with work.transaction() as db:
            current = await store.get_query(db, work.workspace_id, query.id)
            if current.version != payload.version:
                return Matched(done)
            await store.add_matches(db, work.workspace_id, query.id, ids)
            await follow_rules(db, work.workspace_id, ids)
            done += len(ids)
            if len(found) < STEP:
                await store.set_matched(db, work.workspace_id, query.id, payload.version)
                await work.finish(db, Matched(done))
                return Matched(done)
        last = found[-1]
        await work.progress(done)
