"""Redeeming rewards: so much of a balance, or one thing; each asked for once."""

from uuid import UUID

from msgspec import structs

from service.advocacy.members import store as members
from service.advocacy.members.schemas import AdvocateBrief
from service.advocacy.problems import (
    AdvocateInactive,
    NotEnough,
    NotRedeemable,
    RedeemedOtherwise,
    RedemptionReversed,
    UnknownReward,
)
from service.advocacy.rewards import bringing, store
from service.advocacy.rewards.placing import lot, placed, with_lot
from service.advocacy.rewards.schemas import Redeeming, RedemptionRow, RewardRow
from service.advocacy.rewards.wallet import TooLittle, redeemed
from service.advocacy.terms.shapes import WALLET
from service.advocacy.vouchers.giving import actions as vouchers
from service.kit import ids
from service.kit.db import Connection
from service.kit.money import Units
from service.kit.problems import InvalidInput
from service.ledger import settling


async def redeem(
    db: Connection, workspace_id: UUID, data: Redeeming, by: str
) -> tuple[RedemptionRow, str | None]:
    """The redemption with its code; one that was asked for before is given again.

    Raises InvalidInput, UnknownAdvocate, AdvocateInactive where they were erased, UnknownReward, NotEnough,
    NotRedeemable, RedeemedOtherwise, RedemptionReversed;
    PoolEmpty, PoolClosed and VoucherVoid where no code can be given, and nothing is taken then.
    """
    if (data.amount is None) == (data.reward_id is None):
        errors = [{"path": "", "message": "either amount or reward_id is needed"}]
        raise InvalidInput("what is redeemed isn't clear", errors=errors)
    if data.amount is not None and data.amount.amount <= 0:
        raise InvalidInput("nothing", errors=[{"path": "amount.amount", "message": "has to be above 0"}])
    advocate = await members.get_brief(db, workspace_id, ids.read("adv", data.advocate_id))
    if advocate.erased_at is not None:
        raise AdvocateInactive("they were erased")
    reward_id = None if data.reward_id is None else ids.read("rwd", data.reward_id)
    # Whoever asks for the same at the same time waits here, and finds what was redeemed.
    await settling.take_turn(db, workspace_id, [advocate.partner_id])
    done = await store.redemption(db, workspace_id, advocate.id, data.external_id)
    if done is not None:
        if done.reversed_at is not None:
            raise RedemptionReversed(redemption_id=ids.show("rdm", done.id))
        return _same(done, data, reward_id), await _code_again(db, workspace_id, advocate, done)
    if data.amount is not None:
        return await _draw(db, workspace_id, advocate, data.external_id, data.amount, by), None
    if reward_id is None:
        raise UnknownReward
    return await _give(db, workspace_id, advocate, data.external_id, reward_id, by)


async def _code_again(
    db: Connection, workspace_id: UUID, advocate: AdvocateBrief, done: RedemptionRow
) -> str | None:
    if done.reward_id is None:
        return None
    row = await store.get_reward(db, workspace_id, done.reward_id)
    return await _code(db, workspace_id, advocate, row)


def _same(done: RedemptionRow, data: Redeeming, reward_id: UUID | None) -> RedemptionRow:
    asked = (reward_id,) if data.amount is None else (data.amount.amount, data.amount.currency)
    was = (done.reward_id,) if done.reward_id is not None else (done.amount, done.currency)
    if asked != was:
        raise RedeemedOtherwise
    return done


async def _draw(
    db: Connection, workspace_id: UUID, advocate: AdvocateBrief, external_id: str, amount: Units, by: str
) -> RedemptionRow:
    now = await settling.take_turn(db, workspace_id, [advocate.partner_id])
    before = await store.lots(db, workspace_id, [advocate.id], [])
    mine = [row for row in before if row.kind in WALLET and row.currency == amount.currency]
    ready = placed(mine, now)
    try:
        lots = redeemed([lot(row) for row in ready], amount.amount, now)
    except TooLittle as error:
        there = error.available
        raise NotEnough(f"{there} {amount.currency} can be redeemed", available=there) from error
    wanted = [with_lot(row, one, now) for row, one in zip(ready, lots, strict=True)]
    await bringing.write(db, workspace_id, mine, wanted, now, by)
    return await _note(db, workspace_id, advocate, external_id, by, amount=amount)


async def _give(
    db: Connection, workspace_id: UUID, advocate: AdvocateBrief, external_id: str, reward_id: UUID, by: str
) -> tuple[RedemptionRow, str | None]:
    now = await settling.take_turn(db, workspace_id, [advocate.partner_id])
    before = await store.lots(db, workspace_id, [advocate.id], [reward_id])
    row = next((each for each in before if each.id == reward_id), None)
    if row is None:
        raise UnknownReward
    ready = placed([row], now)[0]
    if ready.kind in (*WALLET, "cash") or ready.status != "available":
        raise NotRedeemable(f"it is {ready.kind}, {ready.status}", reward_status=ready.status)
    code = await _code(db, workspace_id, advocate, row)
    await bringing.write(db, workspace_id, [row], [structs.replace(ready, delivered_at=now)], now, by)
    return await _note(db, workspace_id, advocate, external_id, by, reward_id=row.id), code


async def _code(db: Connection, workspace_id: UUID, advocate: AdvocateBrief, row: RewardRow) -> str | None:
    """A voucher's code, which its pool keeps sealed: asked again, the same. A discount goes by the advocate's
    own code."""
    if row.pool_id is not None:
        return (await vouchers.give(db, workspace_id, row.pool_id, row.id)).code
    return await members.code_of(db, workspace_id, advocate.id)


async def _note(
    db: Connection,
    workspace_id: UUID,
    advocate: AdvocateBrief,
    external_id: str,
    by: str,
    *,
    reward_id: UUID | None = None,
    amount: Units | None = None,
) -> RedemptionRow:
    return await store.add_redemption(
        db,
        workspace_id,
        ids.new(),
        advocate.program_id,
        advocate.id,
        advocate.partner_id,
        external_id,
        reward_id,
        0 if amount is None else amount.amount,
        None if amount is None else amount.currency,
        by,
    )
