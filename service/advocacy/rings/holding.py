"""Holding what is found."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from msgspec import structs

from service.accounts.audit import SYSTEM
from service.advocacy.referrals import following
from service.advocacy.referrals.schemas import Hold, ReferralRow
from service.advocacy.rewards import store as rewards
from service.advocacy.rings import store
from service.kit.db import Connection

if TYPE_CHECKING:
    from service.advocacy.rings.finding import Doubt


async def hold(
    db: Connection, workspace_id: UUID, program_id: UUID, doubts: Sequence["Doubt"]
) -> dict[UUID, str]:
    """Holds those that nobody has let go, and their rewards; which, and as what."""
    wanted = _wanted(doubts)
    await rewards.take_programs(db, workspace_id, [program_id])
    rows = to_hold(await store.lock_holdable(db, workspace_id, sorted(wanted)), wanted)
    if rows:
        await following.settle(db, workspace_id, rows, SYSTEM)
    return {row.id: wanted[row.id] for row in rows}


async def would_hold(db: Connection, workspace_id: UUID, doubts: Sequence["Doubt"]) -> dict[UUID, str]:
    """What `hold` would hold now."""
    wanted = _wanted(doubts)
    rows = to_hold(await store.holdable(db, workspace_id, sorted(wanted)), wanted)
    return {row.id: wanted[row.id] for row in rows}


def to_hold(rows: Sequence[ReferralRow], wanted: dict[UUID, Hold]) -> list[ReferralRow]:
    """The rows as held. What a person let go is not held again for the same."""
    return [
        structs.replace(row, held=wanted[row.id])
        for row in rows
        if row.held is None and row.state != "rejected" and wanted[row.id] not in row.cleared
    ]


def _wanted(doubts: Sequence["Doubt"]) -> dict[UUID, Hold]:
    return {each.referral_id: each.hold for each in doubts if each.hold is not None}
