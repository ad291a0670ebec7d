"""What is done with reviews by people."""

from typing import Any
from uuid import UUID

from msgspec import structs

from service.accounts import audit
from service.accounts.callers import Caller
from service.advocacy.reviews import rewarding, store
from service.advocacy.reviews.moderating import decide, faults
from service.advocacy.reviews.reading import read_items, read_review
from service.advocacy.reviews.schemas import NewReview, ReviewFault, ReviewPatch, ReviewRow, ReviewSettings
from service.advocacy.reviews.taking import Taken, take
from service.advocacy.reviews.told import Told
from service.kit import clock, ids
from service.kit.db import Connection
from service.kit.problems import InvalidInput
from service.mentions import actions as mentions
from service.mentions import store as said
from service.mentions.schemas import MentionPatch
from service.settings import Settings


async def take_one(
    db: Connection, settings: Settings, caller: Caller, data: NewReview
) -> tuple[Taken, ReviewRow]:
    """Takes one review in. Raises InvalidInput with every fault."""
    told = read_review(caller.workspace_id, data, await clock.now(db))
    if isinstance(told, list):
        errors = [{"path": fault.path, "message": fault.message} for fault in told]
        raise InvalidInput("a review that can't be", errors=errors)
    taken = (await take(db, settings, caller.workspace_id, [told], caller.name))[0]
    return taken, await store.get_review(db, caller.workspace_id, taken.review_id)


async def take_items(
    db: Connection, settings: Settings, caller: Caller, items: list[dict[str, Any]]
) -> list[Taken | list[ReviewFault]]:
    """Takes the good items in and says of each what became of it."""
    read = read_items(caller.workspace_id, items, await clock.now(db))
    good = [one for one in read if isinstance(one, Told)]
    taken = iter(await take(db, settings, caller.workspace_id, good, caller.name))
    return [next(taken) if isinstance(one, Told) else one for one in read]


async def change(db: Connection, caller: Caller, review_id: UUID, patch: ReviewPatch) -> ReviewRow:
    """Decides on a review, and answers it. Raises UnknownReview, InvalidInput.

    An answer is an answer to the mention, too: response times count it.
    """
    row = await _locked(db, caller.workspace_id, review_id)
    if wrong := faults(row, patch):
        errors = [{"path": path, "message": message} for path, message in wrong]
        raise InvalidInput("a decision that can't be", errors=errors)
    made = decide(row, patch, caller.name, await clock.now(db))
    changed = [name for name, value in structs.asdict(made).items() if value != getattr(row, name)]
    if not changed:
        return row
    await store.save(db, caller.workspace_id, review_id, *structs.astuple(made))
    if made.answered_at is not None and row.answered_at is None:
        await mentions.change(db, caller, review_id, MentionPatch(answered_at=made.answered_at))
    if made.status == "approved" and row.status != "approved":
        await rewarding.look(db, caller.workspace_id, [review_id])
    await audit.record(db, caller, "review.changed", ids.show("rev", review_id), {"fields": changed})
    return await store.get_review(db, caller.workspace_id, review_id)


async def _locked(db: Connection, workspace_id: UUID, review_id: UUID) -> ReviewRow:
    """Locked as intake locks it, the mention first: else the two would wait for each other."""
    await store.get_review(db, workspace_id, review_id)
    await said.lock_mention(db, workspace_id, review_id)
    return await store.lock_review(db, workspace_id, review_id)


async def configure(db: Connection, caller: Caller, data: ReviewSettings) -> ReviewSettings:
    """Says how new reviews are moderated."""
    await store.save_settings(db, caller.workspace_id, data.moderation, caller.name)
    details = {"moderation": data.moderation}
    await audit.record(db, caller, "reviews.configured", ids.show("ws", caller.workspace_id), details)
    return data
