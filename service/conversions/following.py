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
from service.programs.reading import agreed_then


async def later_than(db: Connection, workspace_id: UUID, rows: Sequence[ConversionRow]) -> list[UUID]:
    """The orders that come after these, which were just settled, and may be others now."""
    standing = [row for row in rows if row.merged_into is None]
    later = dict.fromkeys(await _of_customers(db, workspace_id, standing))
    later |= dict.fromkeys(await _of_partners(db, workspace_id, standing))
    return list(later)


async def _of_customers(db: Connection, workspace_id: UUID, rows: Sequence[ConversionRow]) -> Sequence[UUID]:
    asked = [row.id for row in rows if row.customer_id is not None]
    return await store.later_of_customers(db, workspace_id, asked) if asked else []


async def _of_partners(db: Connection, workspace_id: UUID, rows: Sequence[ConversionRow]) -> Sequence[UUID]:
    """Those of the same periods, where a tier may be reached sooner now."""
    credited = [(row, _partner_ids(row)) for row in rows]
    moments = {(each, row.occurred_at): None for row, partner_ids in credited for each in partner_ids}
    if not moments:
        return []
    agreed = await agreed_then(db, workspace_id, list(moments))
    periods = {
        moment: {rule.tiers_per for rule in each.terms.rules if rule.tiers} for moment, each in agreed.items()
    }
    if not any(periods.values()):
        return []
    zone = ZoneInfo(await store.timezone(db, workspace_id))
    asked = []
    for row, partner_ids in credited:
        of = {per for each in partner_ids for per in periods.get((each, row.occurred_at), ())}
        if of:
            until = max(span(per, row.occurred_at, zone).until for per in of)
            asked.append({"id": row.id, "partner_ids": partner_ids, "since": row.occurred_at, "until": until})
    return await store.later_of_partners(db, workspace_id, asked)


def _partner_ids(row: ConversionRow) -> list[UUID]:
    shares = [] if row.attribution is None else row.attribution["shares"]
    return [ids.read("prt", share["partner_id"]) for share in shares]
