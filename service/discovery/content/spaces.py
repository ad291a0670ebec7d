"""A workspace's space: read once by each process, and learnt anew where much has changed."""

from collections import OrderedDict
from collections.abc import Sequence
from uuid import UUID

import structlog

from scoring.content import space
from scoring.content.space import SpaceRefused
from service.discovery.content import store
from service.discovery.content.problems import BrokenSpace
from service.discovery.content.schemas import SpaceRow
from service.kit.db import Connection

log = structlog.get_logger("elci.content")

# Beyond a fifth, the rarity of words and the topics are another catalogue's.
CHANGED_SHARE = 0.2
# A few megabytes each.
MOST_HELD = 8
_held: OrderedDict[tuple[UUID, UUID, str], space.Space] = OrderedDict()


async def usable(db: Connection, workspace_id: UUID) -> tuple[SpaceRow, space.Space] | None:
    """The same; None where it is broken, too: a ranking goes on without content, and the job learns anew."""
    try:
        return await find(db, workspace_id)
    except BrokenSpace:
        log.error("content space refused", workspace=str(workspace_id))
        return None


async def find(db: Connection, workspace_id: UUID) -> tuple[SpaceRow, space.Space] | None:
    """The newest space that is ready. Raises BrokenSpace where its bytes are not those that were written."""
    row = await store.find_space(db, workspace_id)
    return None if row is None else (row, await read(db, workspace_id, row))


async def read(db: Connection, workspace_id: UUID, row: SpaceRow) -> space.Space:
    """The space of a row, from memory where this process has read it. Raises BrokenSpace."""
    key = (workspace_id, row.id, row.sha256)
    if key in _held:
        _held.move_to_end(key)
        return _held[key]
    stored = await store.find_artefact(db, workspace_id, row.id)
    if stored is None:
        raise BrokenSpace("the space is gone; ask again")
    try:
        made = space.read(stored.artefact, stored.sha256)
    except (SpaceRefused, ValueError, KeyError) as error:
        raise BrokenSpace(
            "what was learnt from texts is not what was stored; let it be learnt anew"
        ) from error
    _held[key] = made
    while len(_held) > MOST_HELD:
        _held.popitem(last=False)
    return made


async def is_readable(db: Connection, workspace_id: UUID, row: SpaceRow) -> bool:
    """Whether the stored bytes are those that were written."""
    try:
        await read(db, workspace_id, row)
    except BrokenSpace:
        return False
    return True


def is_due(row: SpaceRow | None, topics: int) -> bool:
    """Whether texts have to be learnt anew: never learnt, other topics, or a fifth has changed since."""
    if row is None or row.topics != topics:
        return True
    return row.changed > CHANGED_SHARE * row.influencers


def unfinished(rows: Sequence[SpaceRow], topics: int) -> SpaceRow | None:
    """A space that was learnt and not filled to its end: a worker was stopped."""
    return next((row for row in rows[:1] if row.ready_at is None and row.topics == topics), None)
