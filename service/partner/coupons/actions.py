"""A page of a partner's coupons."""

from uuid import UUID

from service.accounts.callers import Caller
from service.kit import ids
from service.kit.db import Connection
from service.links.coupons.schemas import CouponRow, ListedCoupons
from service.links.coupons.store import list_coupons
from service.partner.coupons import store
from service.partner.coupons.schemas import PartnerCoupon


async def page(
    db: Connection, caller: Caller, wanted: ListedCoupons, before: UUID | None, limit: int
) -> list[tuple[UUID, PartnerCoupon]]:
    """The newest first, older than `before`, each with its key."""
    rows = await list_coupons(db, caller.workspace_id, wanted, before, limit)
    used = await store.used(db, caller.workspace_id, caller.partner, [row.id for row in rows])
    by_id = {each.coupon_id: each.conversions for each in used}
    return [(row.id, _shown(row, by_id.get(row.id, 0))) for row in rows]


def _shown(row: CouponRow, conversions: int) -> PartnerCoupon:
    return PartnerCoupon(
        id=ids.show("cpn", row.id),
        code=row.code,
        kind=row.kind,
        status=row.status,
        link_id=ids.show_or_none("lnk", row.link_id),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        limit=row.limit,
        conversions=conversions,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
