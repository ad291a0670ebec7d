"""Orders that a claim may be about."""

from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from service.conversions.orders import show
from service.conversions.orders import store as orders
from service.conversions.orders.schemas import Listed
from service.conversions.rows import ConversionRow
from service.conversions.settled.store import timezone
from service.kit import ids
from service.kit.db import Connection
from service.partner.claims.brand import store
from service.partner.claims.brand.schemas import Suggestion
from service.partner.claims.schemas import ClaimRow

MOST = 10


async def candidates(db: Connection, workspace_id: UUID, claim: ClaimRow) -> list[ConversionRow]:
    """Orders that bear the claimed number; of the claimed shop alone, where one of them is."""
    if claim.order_key is None:
        return []
    wanted = Listed(external_id=claim.order_key, test=False)
    found = await orders.list_conversions(db, workspace_id, wanted, None, MOST)
    return [row for row in found if row.shop == claim.shop] or found


async def suggestions(db: Connection, workspace_id: UUID, claim: ClaimRow) -> list[Suggestion]:
    """The same with what speaks for and against each."""
    found = await candidates(db, workspace_id, claim)
    parts = await store.parts(db, workspace_id, [row.id for row in found])
    zone = ZoneInfo(await timezone(db, workspace_id))
    return [
        judged(row, claim, [each.partner_id for each in parts if each.conversion_id == row.id], zone)
        for row in found
    ]


def judged(row: ConversionRow, claim: ClaimRow, credited: list[UUID], zone: ZoneInfo) -> Suggestion:
    """An order beside what the partner says of it. Pure."""
    day = row.occurred_at.astimezone(zone).date()
    near = claim.ordered_on is not None and abs(day - claim.ordered_on) <= timedelta(days=1)
    return Suggestion(
        conversion=show.shown(row),
        credited_to=[ids.show("prt", each) for each in credited],
        same_amount=(row.amount, row.currency) == (claim.amount, claim.currency),
        same_day=near,
        same_shop=row.shop == (claim.shop or ""),
    )
