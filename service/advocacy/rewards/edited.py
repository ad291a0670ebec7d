"""What an edited order makes of rewards that are a rate of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from service.advocacy.rewards import rating, store
from service.advocacy.rewards.schemas import RewardRow
from service.advocacy.terms import store as terms
from service.kit.db import Connection
from service.kit.money import Price


async def edited(
    db: Connection,
    workspace_id: UUID,
    stored: Sequence[RewardRow],
    wanted: Sequence[RewardRow],
    nets: Mapping[UUID, Price],
    now: datetime,
) -> list[RewardRow]:
    """The rewards of a referral, `wanted` of those `stored`, with the amounts that their orders' `nets` (by
    reward) give; what grows beyond the budget is held. The caller holds the program."""
    may = [row.id for row in wanted if row.id in nets and rating.is_open(row, now)]
    rates = {row.id: row.rate for row in await store.rates(db, workspace_id, may)} if may else {}
    after = [rating.rated(row, rates[row.id], nets[row.id]) if row.id in rates else row for row in wanted]
    grown = [new for old, new in zip(wanted, after, strict=True) if new.amount > old.amount]
    if not grown:
        return after
    agreed = await terms.terms_at(db, workspace_id, grown[0].program_id, grown[0].earned_at)
    budgets = {each.currency: each.amount for each in agreed.terms.budgets} if agreed else {}
    rows = await store.spent(db, workspace_id, grown[0].program_id)
    spent = rating.moved(stored, wanted)
    spent.update({row.name: row.amount for row in rows})
    return rating.within(wanted, after, budgets, spent)
