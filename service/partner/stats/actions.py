"""A partner's figures, asked and answered."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from service.accounts.workspaces.store import get_workspace
from service.kit import clock
from service.kit.db import Connection
from service.partner.stats import show, store
from service.partner.stats.asking import asked
from service.partner.stats.schemas import Asked, Cell, DateBasis, PartnerStats


async def stats(
    db: Connection,
    workspace_id: UUID,
    partner_id: UUID,
    group_by: str,
    basis: DateBasis,
    first: date | None,
    last: date | None,
    tz: str | None,
    limit: int,
) -> PartnerStats:
    """The figures that are asked for, in the workspace's zone where none is named. Raises InvalidInput."""
    zone = tz or (await get_workspace(db, workspace_id)).timezone
    wanted = asked(group_by, basis, first, last, zone, limit, await clock.now(db))
    cells = await store.read(db, workspace_id, partner_id, wanted)
    return show.stats(wanted, cells, await _names(db, workspace_id, wanted, cells))


async def _names(db: Connection, workspace_id: UUID, wanted: Asked, cells: Sequence[Cell]) -> dict[UUID, str]:
    if wanted.dimension not in ("link", "coupon"):
        return {}
    found = {UUID(value) for value in show.values(cells)}
    read = store.link_names if wanted.dimension == "link" else store.coupon_names
    return {row.id: row.name for row in await read(db, workspace_id, sorted(found))}
