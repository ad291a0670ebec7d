"""A page of a partner's commissions."""

from uuid import UUID

from service.kit.db import Connection
from service.ledger.commissions.schemas import ListedCommissions
from service.ledger.schemas import CommissionRow
from service.partner.commissions import store
from service.partner.commissions.schemas import PartnerCommission
from service.partner.commissions.showing import shown


async def page(
    db: Connection,
    workspace_id: UUID,
    partner_id: UUID,
    wanted: ListedCommissions,
    before: UUID | None,
    limit: int,
) -> list[tuple[UUID, PartnerCommission]]:
    """The newest first, older than `before`, each with its key."""
    rows = await store.list_commissions(db, workspace_id, partner_id, wanted, before, limit)
    firsts = await _firsts(db, workspace_id, partner_id, rows)
    return [(row.id, shown(row, firsts)) for row in rows]


async def _firsts(
    db: Connection, workspace_id: UUID, partner_id: UUID, rows: list[CommissionRow]
) -> dict[UUID, CommissionRow]:
    named = {row.corrects for row in rows if row.corrects is not None}
    if not named:
        return {}
    found = await store.by_ids(db, workspace_id, partner_id, sorted(named))
    return {row.id: row for row in found}
