"""Taking a shop's word that a code was used."""

from uuid import UUID

from service.advocacy.vouchers import sealing, showing
from service.advocacy.vouchers import store as vouchers
from service.advocacy.vouchers.giving import store
from service.advocacy.vouchers.giving.redeeming import decide
from service.advocacy.vouchers.problems import VoucherExpired, VoucherUsed, VoucherVoid
from service.advocacy.vouchers.schemas import Redeemed, Redemption
from service.kit import clock, ids
from service.kit.db import Connection
from service.kit.problems import InvalidInput


async def redeem(db: Connection, workspace_id: UUID, data: Redemption) -> Redeemed:
    """The code is used for the order; the same word again changes nothing.

    Raises UnknownVoucher, VoucherVoid, VoucherExpired, VoucherUsed, InvalidInput.
    """
    now = await clock.now(db)
    at, order = data.redeemed_at or now, data.order.strip()
    if at > now:
        errors = [{"path": "redeemed_at", "message": "lies ahead"}]
        raise InvalidInput("a code can't have been used yet", errors=errors)
    row = await store.lock_by_code(db, workspace_id, sealing.code_key(workspace_id, data.code))
    shown = ids.show("vch", row.id)
    outcome = decide(row.status, row.order_ref, row.expires_at, order, at)
    if outcome == "other_order":
        raise VoucherUsed("the code was used for another order", voucher_id=shown)
    if outcome == "void":
        raise VoucherVoid(voucher_id=shown, reason=row.void_reason)
    if outcome == "expired":
        raise VoucherExpired(voucher_id=shown, expires_at=row.expires_at)
    if outcome == "redeem":
        await store.redeem(db, workspace_id, row.id, order, at)
        row = await vouchers.get_voucher(db, workspace_id, row.id)
    return Redeemed(showing.voucher(row), row.given_at is not None, outcome == "repeat")
