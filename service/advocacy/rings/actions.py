"""What people decide of many referrals at once."""

from collections.abc import Sequence
from uuid import UUID

from service.advocacy.problems import UnknownReferral
from service.advocacy.referrals import following
from service.advocacy.referrals import store as referrals
from service.advocacy.referrals.actions import decided
from service.advocacy.referrals.schemas import ReferralDecision, ReferralRow
from service.advocacy.rewards import store as rewards
from service.advocacy.rings import store
from service.advocacy.rings.problems import UnknownRing
from service.advocacy.rings.schemas import RingDecision
from service.kit.db import Connection

# One transaction holds a program's turn: so many are decided in a few seconds.
AT_ONCE = 500


async def decide_ring(
    db: Connection, workspace_id: UUID, ring_id: UUID, data: RingDecision, by: str
) -> tuple[list[UUID], int]:
    """Decides of all that is held of a ring: those that changed, and how many are left. Raises
    UnknownRing."""
    if not await store.is_ring(db, workspace_id, ring_id):
        raise UnknownRing
    held = await store.held_in(db, workspace_id, ring_id)
    decision = ReferralDecision(data.status, data.reason)
    changed = await decide_many(db, workspace_id, held[:AT_ONCE], decision, by)
    return changed, len(held[AT_ONCE:])


async def decide_many(
    db: Connection, workspace_id: UUID, referral_ids: Sequence[UUID], data: ReferralDecision, by: str
) -> list[UUID]:
    """Decides of referrals in one go, their rewards follow; those that changed: a second time none. Raises
    UnknownReferral, where one of them is none."""
    wanted = sorted(set(referral_ids))
    there = await referrals.by_ids(db, workspace_id, wanted)
    if len(there) < len(wanted):
        raise UnknownReferral("not all of them are there")
    await rewards.take_programs(db, workspace_id, sorted({row.program_id for row in there}))
    before = await store.lock_referrals(db, workspace_id, wanted)
    after = [(row, decided(row, data)) for row in before]
    changed = [new for row, new in after if _status(new) != _status(row)]
    if changed:
        await following.settle(db, workspace_id, changed, by)
    for row in changed:
        if row.state == "rejected":
            await referrals.date_rejection(db, workspace_id, row.id)
    return [row.id for row in changed]


def _status(row: ReferralRow) -> tuple[bool, str | None, frozenset[str]]:
    """What a decision is about; its words alone change nothing."""
    return row.state == "rejected", row.held, frozenset(row.cleared)
