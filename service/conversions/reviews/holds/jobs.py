"""The rest of what a decision on a hold brings along."""

from uuid import UUID

from msgspec import Struct

from service.conversions.reviews.holds import actions, store
from service.kit.jobs import Work, job

FOLLOW = "conversions.hold_decided"
# An order that was being settled while somebody decided knew nothing of it: it is settled again.
SOON_S = 5


class Follow(Struct, frozen=True):
    """The hold that was decided on."""

    hold_id: UUID


class Followed(Struct):
    """How many conversions were settled."""

    conversions: int = 0


@job(FOLLOW, lane="quick")
async def follow(work: Work, payload: Follow) -> Followed:
    """Settles a hold's conversions, so many a transaction."""
    followed, after = Followed(), actions.FIRST
    while True:
        async with work.transaction() as db:
            page = await store.standing(db, work.workspace_id, payload.hold_id, after, actions.AT_ONCE)
            await actions.follow(db, work.workspace_id, payload.hold_id, page)
        if not page:
            return followed
        followed.conversions += len(page)
        after = page[-1]
        await work.progress(followed.conversions)
