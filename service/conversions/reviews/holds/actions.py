"""Deciding on a hold, and what the ledger is brought to by it."""

from collections.abc import Sequence
from uuid import UUID

from service.conversions import store as orders
from service.conversions.reviews.holds import store
from service.conversions.reviews.holds.schemas import DecisionStatus, HoldRow
from service.conversions.settling import settle
from service.kit.db import Connection
from service.ledger import settling as ledger

FIRST = UUID(int=0)
AT_ONCE = 50


async def decide(
    db: Connection, workspace_id: UUID, hold_id: UUID, status: DecisionStatus, reason: str, by: str
) -> HoldRow:
    """The hold as it is then, with its first conversions brought along. Raises UnknownHold.

    What is decided so already stays as it is.
    """
    await store.take_turn(db, workspace_id, hold_id)
    row = await store.get_hold(db, workspace_id, hold_id)
    if row.status == status:
        return row
    await store.add_decision(db, workspace_id, hold_id, status, reason, by)
    first = await store.standing(db, workspace_id, hold_id, FIRST, AT_ONCE)
    await follow(db, workspace_id, hold_id, first)
    return await store.get_hold(db, workspace_id, hold_id)


async def follow(db: Connection, workspace_id: UUID, hold_id: UUID, conversion_ids: Sequence[UUID]) -> None:
    """Brings what is earned by these conversions to what was decided of the hold. Repeated, it changes
    nothing."""
    made = await store.decisions(db, workspace_id, hold_id)
    if not made or not conversion_ids:
        return
    row = await store.get_hold(db, workspace_id, hold_id)
    # All rows, then all turns: whoever settles one order does so in this order, too.
    await orders.lock_all(db, workspace_id, conversion_ids)
    partners = await store.partners(db, workspace_id, conversion_ids)
    await ledger.take_turn(db, workspace_id, [*partners, row.partner_id])
    last = made[0]
    before = next((each for each in made if each.status == "confirmed"), None)
    if last.status == "released" and before is not None:
        # What was rejected for another reason stays rejected.
        rejected = await store.commissions(db, workspace_id, conversion_ids, row.partner_id, before.reason)
        await ledger.reinstate(db, workspace_id, rejected, last.created_by)
    for conversion_id in conversion_ids:
        await settle(db, workspace_id, conversion_id, last.created_by)
    if last.status == "confirmed":
        earned = await store.commissions(db, workspace_id, conversion_ids, row.partner_id, None)
        await ledger.reject(db, workspace_id, earned, last.reason, last.created_by)
