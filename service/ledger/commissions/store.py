"""All SQL that reads commissions."""

from typing import Any
from uuid import UUID

from service.kit.db import Connection, fetch, sql
from service.ledger.commissions.schemas import ListedCommissions
from service.ledger.problems import UnknownCommission
from service.ledger.schemas import CommissionRow
from service.ledger.store import COLUMNS, OF_PARTNER

_FRAGMENTS = {
    "ids": "id = any(${})",
    "partner_id": f"partner_id = {OF_PARTNER}",
    "program_id": "program_id = ${}",
    "conversion_id": "conversion_id = ${}",
    "link_id": "link_id = ${}",
    "coupon_id": "coupon_id = ${}",
    "coupon": "coupon_id in (select c.id from coupons c where c.workspace_id = $1 and c.folded = ${})",
    "status": "status = ${}",
    "kind": "kind = ${}",
    "step": "step = ${}",
    "currency": "currency = ${}",
    "updated_since": "updated_at >= ${}",
    "since": "occurred_at >= ${}",
    "until": "occurred_at < ${}",
}


async def list_commissions(
    db: Connection, workspace_id: UUID, wanted: ListedCommissions, before: UUID | None, limit: int
) -> list[CommissionRow]:
    """The newest first, older than `before`."""
    values: list[Any] = [workspace_id, limit]
    conditions = ["workspace_id = $1"]
    for name, fragment in _FRAGMENTS.items():
        if (value := getattr(wanted, name)) is not None:
            values.append(value)
            conditions.append(fragment.format(len(values)))
    if before is not None:
        values.append(before)
        conditions.append(f"id < ${len(values)}")
    text = f"select {COLUMNS} from commissions where {' and '.join(conditions)} order by id desc limit $2"
    return await fetch(db, CommissionRow, text, *values)


@sql(
    f"select {COLUMNS} from commissions where workspace_id = $1 and id = $2",
    missing=UnknownCommission,
)
async def get_commission(db: Connection, workspace_id: UUID, commission_id: UUID) -> CommissionRow: ...


@sql(f"""
    select {COLUMNS} from commissions where workspace_id = $1 and (id = $2 or corrects = $2) order by n
""")
async def family(db: Connection, workspace_id: UUID, first_id: UUID) -> list[CommissionRow]: ...
