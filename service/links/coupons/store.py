"""All SQL of coupons."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from service.kit.db import Connection, fetch, sql
from service.links.coupons.schemas import CouponRow, ListedCoupons
from service.links.problems import UnknownCoupon

_STATUS = """
    case when archived_at is not null then 'archived'
        when starts_at > elci_now() then 'scheduled'
        when ends_at <= elci_now() then 'ended'
        else 'active' end
"""
_COLUMNS = f"""
    id, code, kind, partner_id, link_id, starts_at, ends_at, "limit", {_STATUS} as status, version,
    created_at, updated_at
"""
_FRAGMENTS = {
    "ids": "id = any(${})",
    "partner_id": "partner_id = ${}",
    "link_id": "link_id = ${}",
    "kind": "kind = ${}",
    "status": f"{_STATUS} = ${{}}",
    "code": "folded = ${}",
}


@sql(f"""
    insert into coupons
        (workspace_id, id, code, folded, kind, partner_id, link_id, starts_at, ends_at, "limit")
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    returning {_COLUMNS}
""")
async def add_coupon(
    db: Connection,
    workspace_id: UUID,
    coupon_id: UUID,
    code: str,
    folded: str,
    kind: str,
    partner_id: UUID | None,
    link_id: UUID | None,
    starts_at: datetime | None,
    ends_at: datetime | None,
    limit: int | None,
) -> CouponRow: ...


@sql(f"select {_COLUMNS} from coupons where workspace_id = $1 and id = $2", missing=UnknownCoupon)
async def get_coupon(db: Connection, workspace_id: UUID, coupon_id: UUID) -> CouponRow: ...


@sql(f"select {_COLUMNS} from coupons where workspace_id = $1 and id = $2 for update", missing=UnknownCoupon)
async def lock_coupon(db: Connection, workspace_id: UUID, coupon_id: UUID) -> CouponRow: ...


@sql(f"select {_COLUMNS} from coupons where workspace_id = $1 and folded = $2 and archived_at is null")
async def by_code(db: Connection, workspace_id: UUID, folded: str) -> CouponRow | None: ...


@sql(f"select {_COLUMNS} from coupons where workspace_id = $1 and id = any($2)")
async def by_ids(db: Connection, workspace_id: UUID, asked: Sequence[UUID]) -> list[CouponRow]: ...


async def list_coupons(
    db: Connection, workspace_id: UUID, wanted: ListedCoupons, before: UUID | None, limit: int
) -> list[CouponRow]:
    """The newest first, older than `before`; archived ones where they are asked for by id or status."""
    values: list[Any] = [workspace_id, limit]
    conditions = ["workspace_id = $1"]
    if wanted.ids is None and wanted.status is None:
        conditions.append("archived_at is null")
    for name, fragment in _FRAGMENTS.items():
        if (value := getattr(wanted, name)) is not None:
            values.append(value)
            conditions.append(fragment.format(len(values)))
    if before is not None:
        values.append(before)
        conditions.append(f"id < ${len(values)}")
    text = f"select {_COLUMNS} from coupons where {' and '.join(conditions)} order by id desc limit $2"
    return await fetch(db, CouponRow, text, *values)


@sql(f"""
    update coupons
    set kind = $3, partner_id = $4, link_id = $5, starts_at = $6, ends_at = $7, "limit" = $8,
        version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = $2
    returning {_COLUMNS}
""")
async def save_coupon(
    db: Connection,
    workspace_id: UUID,
    coupon_id: UUID,
    kind: str,
    partner_id: UUID | None,
    link_id: UUID | None,
    starts_at: datetime | None,
    ends_at: datetime | None,
    limit: int | None,
) -> CouponRow: ...


@sql("""
    update coupons set archived_at = elci_now(), version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = $2 and archived_at is null
    returning id
""")
async def archive_coupon(db: Connection, workspace_id: UUID, coupon_id: UUID) -> UUID | None: ...


@sql("""
    update coupons set partner_id = $2, version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and partner_id = any($3)
""")
async def hand_over(db: Connection, workspace_id: UUID, to: UUID, partner_ids: Sequence[UUID]) -> None: ...


# A code is often made of a name, and so is shown no more; by the folded one an order of before is known.
@sql("""
    update coupons set code = '-', archived_at = coalesce(archived_at, elci_now()), version = version + 1,
        updated_at = elci_now()
    where workspace_id = $1 and partner_id = any($2)
""")
async def forget(db: Connection, workspace_id: UUID, partner_ids: Sequence[UUID]) -> None: ...
