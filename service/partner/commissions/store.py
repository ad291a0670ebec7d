"""All SQL of a partner's commissions: what the ledger's lists leave open."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from service.kit.db import Connection, fetch, sql
from service.ledger.commissions.schemas import ListedCommissions
from service.ledger.schemas import CommissionRow
from service.ledger.store import COLUMNS, OF_PARTNER
from service.partner.commissions.narrowing import FRAGMENTS


async def list_commissions(
    db: Connection,
    workspace_id: UUID,
    partner_id: UUID,
    wanted: ListedCommissions,
    before: UUID | None,
    limit: int,
) -> list[CommissionRow]:
    """The newest first, older than `before`: of the partner, and of each record that was merged into it.

    A page of each record, and of those the newest: in one condition over all of them the index gives no
    order, and 20,000 rows are sorted for a page of 50.
    """
    values: list[Any] = [workspace_id, partner_id, limit]
    conditions = ["workspace_id = $1", "partner_id = r.id"]
    for name, fragment in FRAGMENTS.items():
        if (value := getattr(wanted, name)) is not None:
            values.append(value)
            conditions.append(fragment.format(len(values)))
    if before is not None:
        values.append(before)
        conditions.append(f"id < ${len(values)}")
    text = f"""
        select {COLUMNS} from (
            select c.* from partners r
            cross join lateral (
                select * from commissions where {" and ".join(conditions)} order by id desc limit $3
            ) c
            where r.workspace_id = $1 and $2 in (r.id, r.merged_into)
        ) found
        order by id desc limit $3
    """
    return await fetch(db, CommissionRow, text, *values)


@sql(f"""
    select {COLUMNS} from commissions
    where workspace_id = $1 and partner_id = {OF_PARTNER.format(2)} and id = any($3)
""")
async def by_ids(
    db: Connection, workspace_id: UUID, partner_id: UUID, commission_ids: Sequence[UUID]
) -> list[CommissionRow]: ...


@sql(f"""
    select {COLUMNS} from commissions
    where workspace_id = $1 and partner_id = {OF_PARTNER.format(2)} and (id = $3 or corrects = $3)
    order by n
""")
async def family(
    db: Connection, workspace_id: UUID, partner_id: UUID, first_id: UUID
) -> list[CommissionRow]: ...
