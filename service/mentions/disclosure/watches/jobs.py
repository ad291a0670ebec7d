"""The job behind watches: new posts, and all posts where a watch or the rules are new."""

from uuid import UUID

from service.kit import clock
from service.kit.db import Database
from service.kit.jobs import Work, enqueue, job, scheduled
from service.mentions.disclosure import rules
from service.mentions.disclosure.found import store as found
from service.mentions.disclosure.found.looking import FIRST, Looked, look
from service.mentions.disclosure.packs import Pack
from service.mentions.disclosure.watches import store
from service.mentions.disclosure.watches.following import JOB
from service.mentions.disclosure.watches.schemas import WatchRow
from service.settings import Settings

INFLUENCERS = 100


@job(JOB)
async def check_disclosure(work: Work, payload: None) -> Looked:
    """Looks at what waits, a batch a transaction, so that what is cut short goes on where it was."""
    known, counts = rules.of(work.settings), Looked()
    async with work.transaction() as db:
        stamp = rules.stamp(known, await clock.now(db))
        waiting = await store.active_watches(db, work.workspace_id, stamp)
    for watch in waiting:
        await _all_posts(work, watch, known, stamp, counts)
    while await _marked(work, known, counts):
        pass
    return counts


async def _all_posts(
    work: Work, watch: WatchRow, known: tuple[Pack, ...], stamp: str, counts: Looked
) -> None:
    after: UUID | None = FIRST
    whose = None if watch.influencer_id is None else [watch.influencer_id]
    async with work.transaction() as db:
        await found.drop_outside(db, work.workspace_id, watch.id, watch.starts_at, watch.ends_at)
    while after is not None:
        async with work.transaction() as db:
            after = await look(db, work.workspace_id, watch, known, whose, after, counts)
            if after is None:
                # Only what was looked at whole: a watch that was changed meanwhile waits on.
                await store.note_rules(db, work.workspace_id, watch.id, watch.version, stamp)
        await work.progress(counts.posts)


async def _marked(work: Work, known: tuple[Pack, ...], counts: Looked) -> bool:
    """Whether there may be more; the marks of a batch go with its findings."""
    async with work.transaction() as db:
        marked = await store.take_marks(db, work.workspace_id, INFLUENCERS)
        for watch in await store.active_watches(db, work.workspace_id, None) if marked else ():
            whose = [one for one in marked if watch.influencer_id in (None, one)]
            after = FIRST if whose else None
            while after is not None:
                after = await look(db, work.workspace_id, watch, known, whose, after, counts)
    await work.progress(counts.posts)
    return len(marked) == INFLUENCERS


@scheduled("mentions.disclosure_rules", "17 * * * *")
async def follow_rules(settings: Settings, database: Database) -> None:
    """Looks where posts were judged by other rules than now's: a pack is new, or has come into force."""
    known = rules.of(settings)
    async with database.connection() as db:
        workspaces = await store.disclosing_workspaces(db, rules.stamp(known, await clock.now(db)))
    for workspace_id in workspaces:
        async with database.transaction(workspace_id) as db:
            await enqueue(db, workspace_id, JOB, dedupe="rules")
