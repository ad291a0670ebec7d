"""What people decide of a reward."""

from uuid import UUID

from msgspec import structs

from service.advocacy.problems import NotRedeemable
from service.advocacy.rewards import bringing, store
from service.advocacy.rewards.bringing import Owner
from service.advocacy.rewards.schemas import RewardDecision, RewardRow
from service.kit.db import Connection


async def decide(
    db: Connection, workspace_id: UUID, reward_id: UUID, data: RewardDecision, by: str
) -> RewardRow:
    """The reward as somebody decided. Raises UnknownReward; NotRedeemable where a thing was given already and
    so can't be held, or a discount taken back."""
    there = await store.get_reward(db, workspace_id, reward_id)
    if there.delivered_at is not None and (data.status == "on_hold" or there.kind == "discount"):
        raise NotRedeemable("it was given already", reward_status=there.status)
    await store.take_programs(db, workspace_id, [there.program_id])
    await bringing.bring(
        db,
        workspace_id,
        [Owner(there.advocate_id, there.partner_id)],
        by,
        named=[reward_id],
        decide=lambda row: decided(row, data) if row.id == reward_id else row,
    )
    return await store.get_reward(db, workspace_id, reward_id)


def decided(row: RewardRow, data: RewardDecision) -> RewardRow:
    """A released reward is not held for the same again; a rejection that is released is taken back."""
    if data.status == "on_hold":
        return structs.replace(row, held=data.reason)
    if data.status == "rejected":
        return structs.replace(row, rejected=data.reason)
    cleared = sorted({*row.cleared, *([row.held] if row.held else [])})
    return structs.replace(row, held=None, rejected=None, cleared=cleared)
