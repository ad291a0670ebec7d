"""A code for a reward or a reference: each code once, and the same code whenever the same is asked."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from service.advocacy.vouchers import store as vouchers
from service.advocacy.vouchers.giving import store
from service.advocacy.vouchers.problems import (
    PoolClosed,
    PoolEmpty,
    VoucherNotGiven,
    VoucherUsed,
    VoucherVoid,
)
from service.advocacy.vouchers.schemas import PoolRow, VoucherRow
from service.advocacy.vouchers.sealing import Sealer
from service.kit import ids
from service.kit.db import Connection

TAKEN_BACK = "redemption_reversed"


class Given(Struct, frozen=True):
    """A code that was given, in full, with its pool. `repeated`: it had been given for the same before."""

    voucher: VoucherRow
    pool: PoolRow
    code: str
    repeated: bool

    @property
    def expires_at(self) -> datetime | None:
        """When the code is good no more."""
        return self.voucher.expires_at


class Asked(Struct, frozen=True):
    """What a code is for: a reward, or a caller's own reference. One of them."""

    reward_id: UUID | None = None
    reference: str | None = None

    def name(self, pool_id: UUID) -> str:
        """What two askers of the same have in common: a reward has one code, of whatever pool."""
        return f"reward {self.reward_id}" if self.reward_id else f"{pool_id} {self.reference}"


async def give(db: Connection, workspace_id: UUID, pool_id: UUID, reward_id: UUID) -> Given:
    """The code of a reward, in the caller's transaction: the next free one, or the one that it has.

    Raises UnknownPool, PoolEmpty, PoolClosed, and VoucherVoid where the reward's code was voided.
    """
    return await give_for(db, workspace_id, pool_id, Asked(reward_id=reward_id))


async def give_for(db: Connection, workspace_id: UUID, pool_id: UUID, asked: Asked) -> Given:
    """As `give`, for a reward or a reference."""
    # Who asks for the same waits here, and then sees what the first was given. The indexes on rewards and
    # references stand behind.
    await store.wait_for_turn(db, workspace_id, asked.name(pool_id))
    there = await _found(db, workspace_id, pool_id, asked)
    if there is not None:
        if there.status == "void" and there.void_reason == TAKEN_BACK:
            return await _instead(db, workspace_id, there)
        if there.status == "void":
            raise VoucherVoid(voucher_id=ids.show("vch", there.id), reason=there.void_reason)
        return await _opened(db, workspace_id, there, repeated=True)
    await _must_be_open(db, workspace_id, pool_id)
    return await _take(db, workspace_id, pool_id, asked)


async def withdraw(db: Connection, workspace_id: UUID, reward_id: UUID, reason: str) -> VoucherRow | None:
    """Voids the code of a reward that is taken back; None where the reward has none.

    A code that was used stays as it is: what it cost is the ledger's to carry. The row tells by `status`.
    """
    there = await store.of_reward(db, workspace_id, reward_id)
    if there is None:
        return None
    row = await store.lock_voucher(db, workspace_id, there.id)
    if row.status in ("free", "given"):
        await store.void(db, workspace_id, row.id, reason, None)
    return await vouchers.get_voucher(db, workspace_id, row.id)


async def take_back(db: Connection, workspace_id: UUID, reward_id: UUID) -> None:
    """Voids the code of a reward whose redemption is taken back: the next one gives another code. Raises
    VoucherUsed where a shop took it."""
    there = await store.of_reward(db, workspace_id, reward_id)
    if there is None:
        return
    row = await store.lock_voucher(db, workspace_id, there.id)
    if row.status == "redeemed":
        raise VoucherUsed(voucher_id=ids.show("vch", row.id))
    await store.void(db, workspace_id, row.id, TAKEN_BACK, None)


async def void(db: Connection, workspace_id: UUID, voucher_id: UUID, reason: str) -> tuple[VoucherRow, bool]:
    """The voucher, void, and whether it was not before. Raises UnknownVoucher, VoucherUsed."""
    row = await store.lock_voucher(db, workspace_id, voucher_id)
    if row.status == "redeemed":
        raise VoucherUsed(voucher_id=ids.show("vch", row.id))
    if row.status == "void":
        return row, False
    await store.void(db, workspace_id, row.id, reason, None)
    return await vouchers.get_voucher(db, workspace_id, voucher_id), True


async def replace(db: Connection, workspace_id: UUID, voucher_id: UUID, reason: str) -> Given:
    """Voids a code that was given and doesn't work, and gives another of its pool for the same.

    Asked again, the one that replaced it. Raises UnknownVoucher, VoucherUsed, VoucherVoid, VoucherNotGiven,
    PoolEmpty, PoolClosed.
    """
    row = await store.lock_voucher(db, workspace_id, voucher_id)
    if row.replaced_by is not None:
        newer = await vouchers.get_voucher(db, workspace_id, row.replaced_by)
        return await _opened(db, workspace_id, newer, repeated=True)
    if row.status == "redeemed":
        raise VoucherUsed(voucher_id=ids.show("vch", row.id))
    if row.status == "void":
        raise VoucherVoid(voucher_id=ids.show("vch", row.id), reason=row.void_reason)
    if row.status == "free":
        raise VoucherNotGiven(voucher_id=ids.show("vch", row.id), voucher_status=row.status)
    await _must_be_open(db, workspace_id, row.pool_id)
    newer_id = await _free(db, workspace_id, row.pool_id)
    await store.void(db, workspace_id, row.id, reason, newer_id)
    await store.hand_out(db, workspace_id, newer_id, row.reward_id, row.reference)
    return await _opened(
        db, workspace_id, await vouchers.get_voucher(db, workspace_id, newer_id), repeated=False
    )


async def _must_be_open(db: Connection, workspace_id: UUID, pool_id: UUID) -> None:
    pool = await vouchers.get_pool(db, workspace_id, pool_id)
    if pool.status != "open":
        raise PoolClosed(pool_id=ids.show("vpl", pool_id), pool_status=pool.status)


async def _instead(db: Connection, workspace_id: UUID, there: VoucherRow) -> Given:
    """Another code of the same pool, for the one that was taken back."""
    await _must_be_open(db, workspace_id, there.pool_id)
    newer_id = await _free(db, workspace_id, there.pool_id)
    await store.replaced(db, workspace_id, there.id, newer_id)
    await store.hand_out(db, workspace_id, newer_id, there.reward_id, there.reference)
    newer = await vouchers.get_voucher(db, workspace_id, newer_id)
    return await _opened(db, workspace_id, newer, repeated=False)


async def _found(db: Connection, workspace_id: UUID, pool_id: UUID, asked: Asked) -> VoucherRow | None:
    if asked.reward_id is not None:
        return await store.of_reward(db, workspace_id, asked.reward_id)
    assert asked.reference is not None
    return await store.of_reference(db, workspace_id, pool_id, asked.reference)


async def _take(db: Connection, workspace_id: UUID, pool_id: UUID, asked: Asked) -> Given:
    voucher_id = await _handed_out(db, workspace_id, pool_id, asked)
    row = await vouchers.get_voucher(db, workspace_id, voucher_id)
    return await _opened(db, workspace_id, row, repeated=False)


async def _handed_out(db: Connection, workspace_id: UUID, pool_id: UUID, asked: Asked) -> UUID:
    """The next free code, given. A code that somebody else wrote to meanwhile is passed over."""
    while True:
        found = await _free(db, workspace_id, pool_id)
        if await store.hand_out(db, workspace_id, found, asked.reward_id, asked.reference):
            return found


async def _free(db: Connection, workspace_id: UUID, pool_id: UUID) -> UUID:
    """A free code, locked for this transaction. Raises PoolEmpty."""
    found = await store.next_free(db, workspace_id, pool_id)
    if found is None:
        found = await store.last_free(db, workspace_id, pool_id)
    if found is None:
        raise PoolEmpty("every code of the pool was given", pool_id=ids.show("vpl", pool_id), free=0)
    return found


async def _opened(db: Connection, workspace_id: UUID, row: VoucherRow, *, repeated: bool) -> Given:
    pool = await vouchers.get_pool(db, workspace_id, row.pool_id)
    code = Sealer(workspace_id).opened(row.id, row.sealed)
    return Given(row, pool, code, repeated)
