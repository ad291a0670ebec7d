"""All SQL that gives codes, and takes them back."""

from datetime import datetime
from uuid import UUID

from service.advocacy.vouchers.problems import UnknownVoucher
from service.advocacy.vouchers.schemas import VoucherRow
from service.advocacy.vouchers.store import FROM, VOUCHER
from service.kit.db import Connection, sql


@sql("""
    select pg_advisory_xact_lock(
        hashtextextended(concat('voucher ', $1::uuid, ' ', $2::text), 0)
    ) -- workspace_id
""")
async def wait_for_turn(db: Connection, workspace_id: UUID, whose: str) -> None: ...


@sql(f"""
    select {VOUCHER} from {FROM}
    where v.workspace_id = $1 and v.reward_id = $2 and v.replaced_by is null
""")
async def of_reward(db: Connection, workspace_id: UUID, reward_id: UUID) -> VoucherRow | None: ...


@sql(f"""
    select {VOUCHER} from {FROM}
    where v.workspace_id = $1 and v.pool_id = $2 and v.reference = $3 and v.replaced_by is null
""")
async def of_reference(
    db: Connection, workspace_id: UUID, pool_id: UUID, reference: str
) -> VoucherRow | None: ...


@sql("""
    select id from vouchers
    where workspace_id = $1 and pool_id = $2 and status = 'free'
    order by id limit 1 for update skip locked
""")
async def next_free(db: Connection, workspace_id: UUID, pool_id: UUID) -> UUID | None: ...


@sql("""
    select id from vouchers
    where workspace_id = $1 and pool_id = $2 and status = 'free'
    order by id limit 1 for update
""")
async def last_free(db: Connection, workspace_id: UUID, pool_id: UUID) -> UUID | None:
    """As `next_free`, but waits for those who hold the last ones: one of them may yet give up."""
    ...


@sql("""
    update vouchers set status = 'given', reward_id = $3, reference = $4, given_at = elci_now()
    where workspace_id = $1 and id = $2 and status = 'free'
    returning id
""")
async def hand_out(
    db: Connection, workspace_id: UUID, voucher_id: UUID, reward_id: UUID | None, reference: str | None
) -> UUID | None: ...


@sql(
    f"select {VOUCHER} from {FROM} where v.workspace_id = $1 and v.id = $2 for update of v",
    missing=UnknownVoucher,
)
async def lock_voucher(db: Connection, workspace_id: UUID, voucher_id: UUID) -> VoucherRow: ...


@sql(
    f"select {VOUCHER} from {FROM} where v.workspace_id = $1 and v.code_key = $2 for update of v",
    missing=UnknownVoucher,
)
async def lock_by_code(db: Connection, workspace_id: UUID, code_key: bytes) -> VoucherRow: ...


@sql("""
    update vouchers set status = 'redeemed', order_ref = $3, redeemed_at = $4
    where workspace_id = $1 and id = $2 and status in ('free', 'given')
""")
async def redeem(
    db: Connection, workspace_id: UUID, voucher_id: UUID, order: str, redeemed_at: datetime
) -> None: ...


@sql("""
    update vouchers set status = 'void', void_reason = $3, voided_at = elci_now(), replaced_by = $4
    where workspace_id = $1 and id = $2 and status in ('free', 'given')
""")
async def void(
    db: Connection, workspace_id: UUID, voucher_id: UUID, reason: str, replaced_by: UUID | None
) -> None: ...


@sql("""
    update vouchers set replaced_by = $3
    where workspace_id = $1 and id = $2 and status = 'void' and replaced_by is null
""")
async def replaced(db: Connection, workspace_id: UUID, voucher_id: UUID, by: UUID) -> None: ...


@sql("""
    with voided as (
        update vouchers set status = 'void', void_reason = $3, voided_at = elci_now()
        where workspace_id = $1 and pool_id = $2 and status = 'free'
        returning id
    )
    select count(*) from voided
""")
async def void_free(db: Connection, workspace_id: UUID, pool_id: UUID, reason: str) -> int: ...
