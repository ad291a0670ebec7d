"""Orders that an older one makes others, when it is told of later than they were.

Who is new and who is bound follows from a customer's older orders, and a tier from a partner's.
"""

from collections.abc import Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from service.conversions.rows import ConversionRow
from service.conversions.settled import store
from service.kit import ids
from service.kit.db import Connection
from service.programs.periods import span
from service.programs.reading import agreed_at


async def later_than(db: Connection, workspace_id: UUID, row: ConversionRow) -> list[UUID]:
    """The orders that come after this one, which was just settled, and may be others now."""
    if row.merged_into is not None:
        return []
    later = dict.fromkeys(await _of_customer(db, workspace_id, row))
    later |= dict.fromkeys(await _of_partners(db, workspace_id, row))
    return list(later)


async def _of_customer(db: Connection, workspace_id: UUID, row: ConversionRow) -> list[UUID]:
    if row.customer_id is None:
        return []
    return await store.later_of_customer(db, workspace_id, row.customer_id, row.occurred_at, row.id)


async def _of_partners(db: Connection, workspace_id: UUID, row: ConversionRow) -> Sequence[UUID]:
    """Those of the same periods, where a tier may be reached sooner now."""
    shares = [] if row.attribution is None else row.attribution["shares"]
    partner_ids = [ids.read("prt", share["partner_id"]) for share in shares]
    if not partner_ids:
        return []
    agreed = await agreed_at(db, workspace_id, partner_ids, row.occurred_at)
    periods = {rule.tiers_per for each in agreed.values() for rule in each.terms.rules if rule.tiers}
    if not periods:
        return []
    zone = ZoneInfo(await store.timezone(db, workspace_id))
    until = max(span(per, row.occurred_at, zone).until for per in periods)
    return await store.later_of_partners(db, workspace_id, partner_ids, row.occurred_at, row.id, until)
