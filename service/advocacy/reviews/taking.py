"""Reviews in: kept as mentions, with what a mention doesn't know beside them.

All intake goes through `take`, the API's and files'. It converges: told again, a review is the same.
"""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from msgspec import Struct

from service.advocacy.reviews import rewarding, store
from service.advocacy.reviews.schemas import ReviewSettings
from service.advocacy.reviews.told import Told
from service.advocacy.reviews.verifying.actions import verify
from service.kit.db import Connection
from service.mentions import taking as mentions
from service.mentions.dating import dated
from service.settings import Settings

INITIAL = {"none": "approved", "all": "pending"}


class Taken(Struct, frozen=True):
    """What became of a review."""

    status: Literal["created", "updated", "unchanged"]
    review_id: UUID


async def settings_of(db: Connection, workspace_id: UUID) -> ReviewSettings:
    """How new reviews are moderated."""
    return await store.settings(db, workspace_id) or ReviewSettings()


async def take(
    db: Connection, settings: Settings, workspace_id: UUID, told: Sequence[Told], by: str
) -> list[Taken]:
    """Takes reviews in, in the caller's transaction; what became of each, in their order."""
    if not told:
        return []
    undated = [at for at, each in enumerate(told) if each.undated]
    reports = await dated(db, workspace_id, [each.report for each in told], undated)
    said = await mentions.take(db, settings, workspace_id, reports)
    # Of a review that a batch tells twice the later counts.
    of = {each.mention_id: one for each, one in zip(said, told, strict=True)}
    otherwise = INITIAL[(await settings_of(db, workspace_id)).moderation]
    written = await store.put(db, workspace_id, of, by, otherwise)
    gone = set(await store.erased(db, workspace_id, list(of)))
    await _know(db, workspace_id, of)
    changed = [each for each in of if each in written]
    await verify(db, workspace_id, changed)
    await rewarding.look(db, workspace_id, changed)
    # Only the first of a batch's tellings of a review makes it.
    first = {each.mention_id: at for at, each in reversed(list(enumerate(said)))}
    again = {at for at, each in enumerate(said) if first[each.mention_id] != at or each.mention_id in gone}
    return [
        Taken("unchanged" if at in again else _status(each, written), each.mention_id)
        for at, each in enumerate(said)
    ]


async def _know(db: Connection, workspace_id: UUID, of: dict[UUID, Told]) -> None:
    """Notes the customers' keys."""
    pairs = [(review_id, key) for review_id, told in of.items() for key in told.keys]
    if pairs:
        await store.add_keys(db, workspace_id, [each[0] for each in pairs], [each[1] for each in pairs])


def _status(said: mentions.Taken, written: dict[UUID, bool]) -> Literal["created", "updated", "unchanged"]:
    """A mention that was known may be a new review."""
    created = written.get(said.mention_id)
    return said.status if created is None else "created" if created else "updated"
