"""A partner's coupons."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from service.links.coupons.schemas import CouponKind, CouponStatus


class PartnerCoupon(Struct):
    """A code of the partner's. `conversions`: orders, leads and the like that are credited by it; those that
    were cancelled don't count. `limit`: how many orders it may be used for."""

    id: str
    code: str
    kind: CouponKind
    status: CouponStatus
    link_id: str | None
    starts_at: datetime | None
    ends_at: datetime | None
    limit: int | None
    conversions: int
    created_at: datetime
    updated_at: datetime


class UsedRow(Struct):
    """How many conversions a coupon brought."""

    coupon_id: UUID
    conversions: int
