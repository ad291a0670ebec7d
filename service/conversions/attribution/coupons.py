"""Coupons that orders name, of many orders at once."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from service.conversions.attribution import store
from service.conversions.attribution.schemas import SeenCoupon
from service.conversions.attribution.touches import Gathered, Touch
from service.conversions.facts import Facts
from service.kit.db import Connection
from service.links.coupons.codes import folded


async def gather_coupons(db: Connection, workspace_id: UUID, orders: Sequence[Facts]) -> list[Gathered]:
    """A touch for each coupon of an order that is known, as the order has them."""
    codes = [
        (n, code, facts.occurred_at)
        for n, facts in enumerate(orders)
        for code in dict.fromkeys(map(folded, facts.coupons))
        if code
    ]
    if not codes:
        return [Gathered([], frozenset()) for _ in orders]
    found: dict[tuple[int, str], list[SeenCoupon]] = {}
    for coupon in await store.coupons(db, workspace_id, *map(list, zip(*codes, strict=True))):
        found.setdefault((coupon.n, coupon.folded), []).append(coupon)
    had = [(n, at_the_time(found[n, code], at)) for n, code, at in codes if (n, code) in found]
    used_up = await _used_up(db, workspace_id, orders, had)
    touches: list[list[Touch]] = [[] for _ in orders]
    for n, coupon in had:
        at = orders[n].occurred_at
        void = flaw(coupon, at) or ("coupon_used_up" if (n, coupon.id) in used_up else "")
        touches[n].append(_coupon(coupon, at, void))
    limited: list[set[str]] = [set() for _ in orders]
    for (n, code), coupons in found.items():
        if any(coupon.limit is not None for coupon in coupons):
            limited[n].add(code)
    return [Gathered(mine, frozenset(of)) for mine, of in zip(touches, limited, strict=True)]


async def _used_up(
    db: Connection, workspace_id: UUID, orders: Sequence[Facts], had: Sequence[tuple[int, SeenCoupon]]
) -> set[tuple[int, UUID]]:
    """The coupons, by order, that had been used as often as they may when it came."""
    limited = [
        (n, coupon, coupon.limit)
        for n, coupon in had
        if coupon.limit is not None and not flaw(coupon, orders[n].occurred_at)
    ]
    if not limited:
        return set()
    used = await store.times_used(
        db,
        workspace_id,
        [coupon.id for _, coupon, _ in limited],
        [orders[n].occurred_at for n, *_ in limited],
        [orders[n].id for n, *_ in limited],
    )
    return {(n, coupon.id) for (n, coupon, limit), times in zip(limited, used, strict=True) if times >= limit}


def at_the_time(coupons: Sequence[SeenCoupon], at: datetime) -> SeenCoupon:
    """Of coupons that had the same code one after the other, the one that had it then, else the newest."""
    standing = [each for each in coupons if each.archived_at is None or each.archived_at > at]
    if not standing:
        return max(coupons, key=lambda each: each.archived_at or at)
    return min(standing, key=lambda each: (each.archived_at is None, each.archived_at or at))


def flaw(coupon: SeenCoupon, at: datetime) -> str:
    """Why a coupon doesn't speak for an order of that time; empty where it does."""
    if coupon.starts_at is not None and at < coupon.starts_at:
        return "coupon_not_started"
    ends = [end for end in (coupon.ends_at, coupon.archived_at) if end is not None]
    return "coupon_ended" if ends and min(ends) <= at else ""


def _coupon(coupon: SeenCoupon, at: datetime, void: str) -> Touch:
    return Touch(
        "coupon",
        at,
        coupon.partner_id,
        program_id=coupon.program_id,
        link_id=coupon.link_id,
        coupon_id=coupon.id,
        campaign_id=coupon.campaign_id,
        public=coupon.public,
        name=coupon.code,
        named=True,
        void=void,
    )
