"""An approved review of an advocate is a deed, and given for as the program's terms say.

Nothing here, and nothing below (deeds, terms, rewards), is told how a review was rated or what it says: a
reward that depends on it would buy good reviews (16 CFR 465.4; Tüketici Değerlendirmeleri Hakkında Kılavuz).
What was given for it is marked, and no page shows a review before that is known.
"""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from service.accounts.audit import SYSTEM
from service.advocacy.members import deeds
from service.advocacy.members import store as members
from service.advocacy.reviews import store
from service.advocacy.reviews.store import Advocating
from service.advocacy.reviews.told import deed_name
from service.kit import ids
from service.kit.db import Connection
from service.kit.jobs import enqueue

REWARD = "advocacy.reviews.reward"


class Written(Struct, frozen=True):
    """Reviews to look at."""

    ids: list[UUID]


async def look(db: Connection, workspace_id: UUID, review_ids: Sequence[UUID]) -> None:
    """Leaves approved reviews of advocates to the job: programs are locked for what they give, and whoever
    tells of reviews waits for none of them."""
    found = await store.advocating(db, workspace_id, review_ids) if review_ids else []
    wanted = list(dict.fromkeys(row.review_id for row in found))
    if wanted:
        await store.settle(db, workspace_id, wanted, False)
        await enqueue(db, workspace_id, REWARD, Written(wanted))


async def reward(db: Connection, workspace_id: UUID, row: Advocating) -> None:
    """The deed, as the shop would tell it itself; told again it is the same."""
    name = deed_name(row.source, row.external_id) or ids.show("rev", row.review_id)
    advocate = await members.get_brief(db, workspace_id, row.advocate_id)
    deed = await deeds.record(db, workspace_id, advocate, "review", name, row.published_at, SYSTEM)
    await store.note_reward(db, workspace_id, row.review_id, deed.id)
