"""All SQL of voucher pools and their codes, but for what gives and takes back (giving/store.py)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from service.advocacy.vouchers.problems import UnknownPool, UnknownVoucher
from service.advocacy.vouchers.schemas import ListedVouchers, LowPool, PoolRow, StockRow, VoucherRow
from service.kit.db import Connection, fetch, sql

POOL_STATUS = """case when closed_at is not null then 'closed'
        when expires_at <= elci_now() then 'expired' else 'open' end"""
_POOL = f"""
    id, name, kind, value, currency, rate, expires_at, low_stock, recipients, {POOL_STATUS} as status,
    version, created_at, updated_at
"""
VOUCHER = """
    v.id, v.pool_id, v.sealed, v.hint, v.status, v.reward_id, v.reference, v.given_at, v.order_ref,
    v.redeemed_at, v.void_reason, v.voided_at, v.replaced_by, v.created_at, p.expires_at,
    coalesce(p.expires_at <= elci_now(), false) as is_past
"""
FROM = """vouchers v
    join voucher_pools p on p.workspace_id = v.workspace_id and p.id = v.pool_id"""
_FRAGMENTS = {
    "ids": "v.id = any(${})",
    "reference": "v.reference = ${}",
    "code_key": "v.code_key = ${}",
}
_IN_STATUS = {
    "free": "v.status = 'free' and (p.expires_at is null or p.expires_at > elci_now())",
    "given": "v.status = 'given' and (p.expires_at is null or p.expires_at > elci_now())",
    "expired": "v.status in ('free', 'given') and p.expires_at <= elci_now()",
    "redeemed": "v.status = 'redeemed'",
    "void": "v.status = 'void'",
}


class FoundCode(Struct):
    """A code that is there already."""

    code_key: bytes
    pool_id: UUID


@sql(f"""
    insert into voucher_pools (workspace_id, id, name, kind, value, currency, rate, expires_at, low_stock,
        recipients, created_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    returning {_POOL}
""")
async def add_pool(
    db: Connection,
    workspace_id: UUID,
    pool_id: UUID,
    name: str,
    kind: str,
    value: int | None,
    currency: str | None,
    rate: float | None,
    expires_at: datetime | None,
    low_stock: int | None,
    recipients: Sequence[str],
    created_by: str,
) -> PoolRow: ...


@sql(f"select {_POOL} from voucher_pools where workspace_id = $1 and id = $2", missing=UnknownPool)
async def get_pool(db: Connection, workspace_id: UUID, pool_id: UUID) -> PoolRow: ...


@sql(f"select {_POOL} from voucher_pools where workspace_id = $1 and id = $2 for update", missing=UnknownPool)
async def lock_pool(db: Connection, workspace_id: UUID, pool_id: UUID) -> PoolRow: ...


async def list_pools(
    db: Connection,
    workspace_id: UUID,
    asked: Sequence[UUID] | None,
    status: str | None,
    before: UUID | None,
    limit: int,
) -> list[PoolRow]:
    """The newest first, older than `before`."""
    values: list[Any] = [workspace_id, limit]
    conditions = ["workspace_id = $1"]
    fragments = ("id = any(${})", asked), (f"{POOL_STATUS} = ${{}}", status), ("id < ${}", before)
    for fragment, value in fragments:
        if value is not None:
            values.append(value)
            conditions.append(fragment.format(len(values)))
    where = " and ".join(conditions)
    text = f"select {_POOL} from voucher_pools where {where} order by id desc limit $2"
    return await fetch(db, PoolRow, text, *values)


@sql(f"""
    update voucher_pools set name = $3, expires_at = $4, low_stock = $5, recipients = $6,
        closed_at = case when $7 then coalesce(closed_at, elci_now()) end,
        low_told_at = case when low_stock is distinct from $5 then null else low_told_at end,
        version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = $2
    returning {_POOL}
""")
async def save_pool(
    db: Connection,
    workspace_id: UUID,
    pool_id: UUID,
    name: str,
    expires_at: datetime | None,
    low_stock: int | None,
    recipients: Sequence[str],
    is_closed: bool,
) -> PoolRow: ...


@sql("""
    select pool_id, status, count(*) as codes from vouchers
    where workspace_id = $1 and pool_id = any($2)
    group by pool_id, status
""")
async def stock(db: Connection, workspace_id: UUID, pool_ids: Sequence[UUID]) -> list[StockRow]: ...


@sql("""
    insert into vouchers (workspace_id, id, pool_id, code_key, sealed, hint)
    select $1, line.id, $2, line.code_key, line.sealed, line.hint
    from unnest($3::uuid[], $4::bytea[], $5::bytea[], $6::text[]) as line(id, code_key, sealed, hint)
    on conflict on constraint vouchers_code do nothing
    returning id
""")
async def add_codes(
    db: Connection,
    workspace_id: UUID,
    pool_id: UUID,
    voucher_ids: Sequence[UUID],
    code_keys: Sequence[bytes],
    sealed: Sequence[bytes],
    hints: Sequence[str],
) -> list[UUID]: ...


@sql("select code_key, pool_id from vouchers where workspace_id = $1 and code_key = any($2)")
async def found_codes(db: Connection, workspace_id: UUID, code_keys: Sequence[bytes]) -> list[FoundCode]: ...


@sql("""
    update voucher_pools p set low_told_at = null
    where p.workspace_id = $1 and p.id = $2 and p.low_told_at is not null and p.low_stock < (
        select count(*) from vouchers v
        where v.workspace_id = $1 and v.pool_id = $2 and v.status = 'free'
    )
""")
async def is_stocked_again(db: Connection, workspace_id: UUID, pool_id: UUID) -> None: ...


@sql(
    f"select {VOUCHER} from {FROM} where v.workspace_id = $1 and v.id = $2",
    missing=UnknownVoucher,
)
async def get_voucher(db: Connection, workspace_id: UUID, voucher_id: UUID) -> VoucherRow: ...


async def list_vouchers(
    db: Connection, workspace_id: UUID, wanted: ListedVouchers, after: UUID | None, limit: int
) -> list[VoucherRow]:
    """In the order in which they came in, behind `after`."""
    values: list[Any] = [workspace_id, wanted.pool_id, limit]
    conditions = ["v.workspace_id = $1", "v.pool_id = $2"]
    if wanted.status is not None:
        conditions.append(_IN_STATUS[wanted.status])
    for name, fragment in _FRAGMENTS.items():
        if (value := getattr(wanted, name)) is not None:
            values.append(value)
            conditions.append(fragment.format(len(values)))
    if after is not None:
        values.append(after)
        conditions.append(f"v.id > ${len(values)}")
    where = " and ".join(conditions)
    return await fetch(
        db, VoucherRow, f"select {VOUCHER} from {FROM} where {where} order by v.id limit $3", *values
    )


@sql("select entry.voucher_workspaces()")
async def watched_workspaces(db: Connection) -> list[UUID]: ...


@sql("""
    update voucher_pools p set low_told_at = elci_now()
    from (
        select w.id, (
            select count(*)::int from vouchers v
            where v.workspace_id = w.workspace_id and v.pool_id = w.id and v.status = 'free'
        ) as free
        from voucher_pools w
        where w.workspace_id = $1 and w.low_stock is not null and w.low_told_at is null
            and w.closed_at is null and (w.expires_at is null or w.expires_at > elci_now())
    ) seen
    where p.workspace_id = $1 and p.id = seen.id and p.low_told_at is null and seen.free <= p.low_stock
    returning p.id, p.name, seen.free, p.low_stock, p.recipients
""")
async def running_low(db: Connection, workspace_id: UUID) -> list[LowPool]: ...


class ReferenceRow(Struct):
    """What a code was given for, in its caller's words."""

    id: UUID
    reference: str


@sql("""
    select id, reference from vouchers
    where workspace_id = $1 and reference is not null and ($2::uuid is null or id > $2) order by id limit $3
""")
async def references(
    db: Connection, workspace_id: UUID, after: UUID | None, limit: int
) -> list[ReferenceRow]: ...


@sql("update vouchers set reference = 'erased:' || id where workspace_id = $1 and id = any($2)")
async def forget_references(db: Connection, workspace_id: UUID, voucher_ids: Sequence[UUID]) -> None: ...
