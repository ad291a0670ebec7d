"""Brings rewards to what was decided of them, and posts the difference."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from msgspec import structs

from service.advocacy.rewards import store
from service.advocacy.rewards.placing import Why, entry, is_gone, placed
from service.advocacy.rewards.schemas import RewardRow
from service.advocacy.terms.shapes import WALLET
from service.advocacy.vouchers.giving import actions as vouchers
from service.kit.db import Connection
from service.kit.ids import show
from service.kit.money import Money
from service.ledger import bringing as ledger
from service.ledger import settling
from service.ledger.targets import Target

Decide = Callable[[RewardRow], RewardRow]
REVIEW = "referral"
_OF_ITSELF = Why()


class Owner(NamedTuple):
    """An advocate, and the partner whose accounts hold what they are given."""

    advocate_id: UUID
    partner_id: UUID


async def bring(
    db: Connection,
    workspace_id: UUID,
    owners: Sequence[Owner],
    by: str,
    *,
    new: Sequence[RewardRow] = (),
    named: Sequence[UUID] = (),
    decide: Decide = lambda row: row,
) -> list[RewardRow]:
    """Decides of the rewards that these advocates have something left of, and of the named ones, adds the
    new ones, and gives those that changed. A second time nothing does.

    Takes the partners' turns in the ledger, so nobody else moves their rewards meanwhile.
    """
    now = await settling.take_turn(db, workspace_id, sorted({owner.partner_id for owner in owners}))
    advocate_ids = sorted({owner.advocate_id for owner in owners})
    before = await store.lots(db, workspace_id, advocate_ids, named)
    return await write(db, workspace_id, before, [*(decide(row) for row in before), *new], now, by)


async def write(
    db: Connection,
    workspace_id: UUID,
    before: Sequence[RewardRow],
    wanted: Sequence[RewardRow],
    now: datetime,
    by: str,
    why: Why = _OF_ITSELF,
) -> list[RewardRow]:
    """Writes rows as they are wanted, and posts. The caller holds the turns, and has locked `before`."""
    stored = {row.id: row for row in before}
    after = placed([await _withdrawn(db, workspace_id, row) for row in wanted], now)
    changed = [
        structs.replace(row, version=row.version + (row.id in stored))
        for row in after
        if row != stored.get(row.id)
    ]
    if new := [row for row in changed if row.id not in stored]:
        await store.add_rewards(db, workspace_id, new)
    if old := [row for row in changed if row.id in stored]:
        await store.save_rewards(db, workspace_id, old)
    entries = [entry(stored.get(row.id), row, why) for row in changed if row.kind in WALLET]
    await ledger.post(db, workspace_id, [each for each in entries if each is not None], by)
    if cash := [_target(row) for row in changed if row.kind == "cash"]:
        await settling.settle_period(db, workspace_id, cash, by)
    return changed


async def _withdrawn(db: Connection, workspace_id: UUID, row: RewardRow) -> RewardRow:
    """A voucher that was given and not used is void when it is taken back."""
    if row.kind != "voucher" or row.delivered_at is None or not is_gone(row):
        return row
    there = await vouchers.withdraw(db, workspace_id, row.id, row.gone or row.rejected or "refunded")
    used = there is not None and there.status == "redeemed"
    return row if used else structs.replace(row, delivered_at=None)


def _target(row: RewardRow) -> Target:
    """A cash reward is a commission of its own: held, taken back and paid as any other."""
    whole = row.gone is not None or row.rejected is not None
    return Target(
        partner_id=row.partner_id,
        program_id=row.program_id,
        kind="bonus",
        key=f"reward:{show('rwd', row.id)}",
        earned=Money(row.amount, row.currency or ""),
        base=None,
        refunded=1 if whole else row.refunded,
        total=1 if whole else row.total,
        occurred_at=row.earned_at,
        due_at=row.due_at,
        rule={"reward_id": show("rwd", row.id), "rule": row.rule, "side": row.side},
        review=REVIEW if row.held is not None else None,
    )
