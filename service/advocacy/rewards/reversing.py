"""Taking redemptions back: an error at the till, a basket that was cancelled."""

from uuid import UUID

from msgspec import structs

from service.advocacy.problems import UnknownReward
from service.advocacy.rewards import bringing, store
from service.advocacy.rewards.placing import Why, lot, placed, with_lot
from service.advocacy.rewards.schemas import RedemptionRow
from service.advocacy.rewards.wallet import GRACE, returned
from service.advocacy.terms.shapes import WALLET
from service.advocacy.vouchers.giving import actions as vouchers
from service.kit import ids
from service.kit.db import Connection
from service.ledger import settling


async def reverse(
    db: Connection, workspace_id: UUID, redemption_id: UUID, reason: str, by: str
) -> RedemptionRow:
    """The redemption, taken back; a second time nothing does.

    Raises UnknownRedemption; VoucherUsed where a shop took the code that was given.
    """
    there = await store.get_redemption(db, workspace_id, redemption_id)
    await settling.take_turn(db, workspace_id, [there.partner_id])
    row = await store.get_redemption(db, workspace_id, redemption_id)
    if row.reversed_at is not None:
        return row
    if row.reward_id is None:
        await _return(db, workspace_id, row, by)
    else:
        await _take_back(db, workspace_id, row, row.reward_id, by)
    return await store.mark_reversed(db, workspace_id, row.id, by, reason)


async def _return(db: Connection, workspace_id: UUID, row: RedemptionRow, by: str) -> None:
    """So much goes back to the lots that redemptions draw from last."""
    now = await settling.take_turn(db, workspace_id, [row.partner_id])
    unit = row.currency or ""
    named = await store.drawn(db, workspace_id, row.advocate_id, unit, row.amount)
    before = await store.lots(db, workspace_id, [row.advocate_id], named)
    mine = [each for each in before if each.kind in WALLET and each.currency == unit]
    lots = returned([lot(each) for each in mine], row.amount, now)
    wanted = [with_lot(each, one, now) for each, one in zip(mine, lots, strict=True)]
    await bringing.write(db, workspace_id, mine, wanted, now, by, _why(row))


async def _take_back(
    db: Connection, workspace_id: UUID, row: RedemptionRow, reward_id: UUID, by: str
) -> None:
    """The thing is there again, with another code the next time; a discount goes by the advocate's own."""
    now = await settling.take_turn(db, workspace_id, [row.partner_id])
    before = await store.lots(db, workspace_id, [row.advocate_id], [reward_id])
    thing = next((each for each in before if each.id == reward_id), None)
    if thing is None:
        raise UnknownReward
    if thing.pool_id is not None:
        await vouchers.take_back(db, workspace_id, reward_id)
    until = None if thing.expires_at is None else max(thing.expires_at, now + GRACE)
    wanted = structs.replace(thing, delivered_at=None, expires_at=until)
    await bringing.write(db, workspace_id, [thing], placed([wanted], now), now, by, _why(row))


def _why(row: RedemptionRow) -> Why:
    return Why("redemption_reversal", {"redemption_id": ids.show("rdm", row.id)})
