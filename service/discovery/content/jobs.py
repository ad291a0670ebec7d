"""Reading texts: what is new or changed becomes vectors, and words of lists are looked for."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import msgspec
from msgspec import Struct

from scoring.content import space
from scoring.content.text import Document
from scoring.safety import Matcher, WordList
from service.discovery.content import spaces, store, texts
from service.discovery.content.schemas import SpaceRow
from service.discovery.content.texts import Said
from service.discovery.word_lists import lists
from service.discovery.word_lists import store as word_lists
from service.kit import ids
from service.kit.db import Connection, Database
from service.kit.jobs import Work, enqueue, job, list_jobs, scheduled
from service.settings import Settings

READ_TEXTS = "discovery.read_texts"
# A batch is a second or so of work, after which others get at the rows and a cancel is heard.
BATCH = 500
# Of more texts the words and topics are the same, and the memory is not.
MOST_LEARNT = 8_000
AGAIN = timedelta(seconds=5)
NOBODY = UUID(int=0)


class ReadTexts(Struct, frozen=True):
    """`learn`: learn anew, whatever has changed."""

    learn: bool = False


class TextsRead(Struct):
    """How many influencers' texts were read, how many of them had changed, and whether was learnt anew."""

    read: int = 0
    changed: int = 0
    learnt: bool = False


class Reading(Struct, frozen=True):
    """What texts are read with: the space, and the word lists."""

    row: SpaceRow
    space: space.Space
    matcher: Matcher
    lists: bytes


@job(READ_TEXTS)
async def read_texts(work: Work, payload: ReadTexts) -> TextsRead:
    """Reads what is new or changed; a batch a transaction, so what was read stays read."""
    if await _somebody_reads(work, payload):
        return TextsRead()
    async with work.transaction() as db:
        await store.drop_gone(db, work.workspace_id, None)
        chosen = lists.effective(await word_lists.changed_lists(db, work.workspace_id))
        influencers = await store.count_influencers(db, work.workspace_id)
    if not influencers:
        return TextsRead()
    row, learnt = await _space(work, payload.learn, influencers)
    done = TextsRead(learnt=learnt)
    due = await _read_into(work, row, chosen, done)
    if due is not None and not learnt:
        # Reading has shown how much is new: a space of bios alone would judge posts that came a minute later.
        done.learnt = True
        await _read_into(work, await _learn(work, due, influencers), chosen, done)
    async with work.transaction() as db:
        await work.finish(db, done)
    return done


async def _read_into(work: Work, row: SpaceRow, chosen: list[WordList], done: TextsRead) -> int | None:
    """Reads everybody into a space, which is in use then; topics to learn where it is due to be anew."""
    before = done.changed
    await _read_all(work, await _reading(work, row, chosen), done)
    async with work.transaction() as db:
        await store.make_ready(db, work.workspace_id, row.id)
        await store.drop_other_spaces(db, work.workspace_id, row.id)
        if row.ready_at is not None:
            await store.count_changes(db, work.workspace_id, done.changed - before)
        topics = await store.find_topics(db, work.workspace_id) or space.TOPICS
        newest = await store.find_space(db, work.workspace_id)
        return topics if spaces.is_due(newest, topics) else None


async def _somebody_reads(work: Work, payload: ReadTexts) -> bool:
    """Two at once would do everything twice: the younger one comes back later."""
    async with work.transaction() as db:
        running = await list_jobs(
            db, work.workspace_id, kind=READ_TEXTS, status="running", after=None, limit=10
        )
        if all(each.id >= work.job_id for each in running):
            return False
        later = f"later {payload.learn}"
        await enqueue(db, work.workspace_id, READ_TEXTS, payload, delay=AGAIN, dedupe=later)
        return True


async def _space(work: Work, learn: bool, influencers: int) -> tuple[SpaceRow, bool]:
    """The space to read into, and whether it was learnt just now."""
    async with work.transaction() as db:
        topics = await store.find_topics(db, work.workspace_id) or space.TOPICS
        rows = await store.spaces(db, work.workspace_id)
        kept = None if learn else _kept(rows, topics)
        # What can't be read is learnt anew.
        if kept is not None and await spaces.is_readable(db, work.workspace_id, kept):
            return kept, False
    return await _learn(work, topics, influencers), True


def _kept(rows: Sequence[SpaceRow], topics: int) -> SpaceRow | None:
    """A space that a stopped worker has begun to fill, else the one in use while it does."""
    begun = spaces.unfinished(rows, topics)
    ready = next((row for row in rows if row.ready_at is not None), None)
    return begun or (None if spaces.is_due(ready, topics) else ready)


async def _learn(work: Work, topics: int, influencers: int) -> SpaceRow:
    documents = await _sample(work)
    made, digest = await asyncio.to_thread(lambda: space.write(space.fit(documents, topics=topics)))
    space_id = ids.new()
    async with work.transaction() as db:
        await store.add_space(db, work.workspace_id, space_id, topics, influencers, digest, made)
        return next(row for row in await store.spaces(db, work.workspace_id) if row.id == space_id)


async def _sample(work: Work) -> list[Document]:
    """The texts that are learnt from, in an order of their own."""
    async with work.transaction() as db:
        chosen = await store.sample(db, work.workspace_id, MOST_LEARNT)
    documents: list[Document] = []
    for start in range(0, len(chosen), BATCH):
        async with work.transaction() as db:
            said = await said_by(db, work.workspace_id, chosen[start : start + BATCH])
        documents += await asyncio.to_thread(lambda batch: [each.document() for each in batch], said)
        await work.progress(len(documents))
    return documents


async def _reading(work: Work, row: SpaceRow, chosen: list[WordList]) -> Reading:
    async with work.transaction() as db:
        made = await spaces.read(db, work.workspace_id, row)
    return Reading(row, made, Matcher(chosen), lists.digest(chosen))


async def _read_all(work: Work, reading: Reading, done: TextsRead) -> None:
    async with work.transaction() as db:
        counts = await store.count(db, work.workspace_id, reading.row.id, reading.lists)
    after = NOBODY
    await work.progress(0, counts.pending)
    while True:
        async with work.transaction() as db:
            found = await store.stale(db, work.workspace_id, reading.row.id, reading.lists, after, BATCH)
            if not found:
                return
            done.changed += await _read_batch(db, work.workspace_id, found, reading)
        done.read, after = done.read + len(found), found[-1]
        await work.progress(done.read, max(done.read, counts.pending))


async def _read_batch(db: Connection, workspace_id: UUID, found: list[UUID], reading: Reading) -> int:
    """Writes what these influencers say; how many of their texts are other than before."""
    said = await said_by(db, workspace_id, found)
    keys = [each.person.id for each in said]
    documents = [each.document() for each in said]
    digests = await asyncio.to_thread(lambda: [texts.digest(each) for each in documents])
    known = set(await store.digests(db, workspace_id, reading.row.id, keys))
    new = [
        at
        for at, (key, digest) in enumerate(zip(keys, digests, strict=True))
        if digest + str(key).encode() not in known
    ]
    vectors = await asyncio.to_thread(
        lambda: reading.space.project([documents[at] for at in new]).encode() if new else []
    )
    hits = await asyncio.to_thread(lambda: [each.hits(reading.matcher) for each in said])
    encoded = [msgspec.json.encode(found).decode() for found in hits]
    paces = [each.pace() for each in said]
    seen_at = [each.person.seen_at for each in said]
    await store.put_texts(db, workspace_id, keys, seen_at, digests, reading.lists, encoded, paces)
    chosen = [keys[at] for at in new]
    await store.put_vectors(db, workspace_id, reading.row.id, chosen, [digests[at] for at in new], vectors)
    return len(new)


async def said_by(db: Connection, workspace_id: UUID, found: list[UUID]) -> list[Said]:
    """What influencers say; who has left meanwhile is left out."""
    people = await store.people(db, workspace_id, found)
    posts = await store.posts(db, workspace_id, [each.id for each in people], texts.NEWEST_POSTS)
    return texts.gathered(people, posts)


@scheduled("discovery.read_texts_nightly", "50 1 * * *")
async def read_all(settings: Settings, database: Database) -> None:
    """Asks for reading in every workspace: a new version may bring other word lists, a worker was away."""
    async with database.connection() as db:
        found = await store.workspaces(db)
    for workspace_id in found:
        async with database.transaction(workspace_id) as db:
            await enqueue(db, workspace_id, READ_TEXTS, ReadTexts(), dedupe="read")
