"""Every contact of a customer with a partner that speaks for an order."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from service.conversions.attribution import store
from service.conversions.attribution.deciding import SLACK
from service.conversions.attribution.schemas import Earlier, SeenClick, SeenCoupon
from service.conversions.attribution.touches import Touch
from service.conversions.facts import Facts
from service.kit import ids
from service.kit.db import Connection
from service.kit.problems import NotFound
from service.links.coupons.codes import folded
from service.links.front.click_ids import clicked_at

# The longest window that terms can have.
WINDOW: Final = timedelta(days=365)


async def gather(db: Connection, workspace_id: UUID, facts: Facts) -> list[Touch]:
    """The touches of an order, the earliest first: clicks that it names, or that its cart's page named;
    other clicks of the same visitor on the day of such a click; coupons; the clicks of the customer's
    earlier orders, and the orders that may have bound the customer to a partner.

    Programs' windows and bonds are not looked at, only how long they can be.
    """
    clicks = await _clicks(db, workspace_id, facts)
    coupons = await _coupons(db, workspace_id, facts)
    earlier = await _earlier(db, workspace_id, facts, {touch.click_id for touch in clicks})
    return sorted([*earlier, *clicks, *coupons], key=lambda touch: touch.at)


def click_ids(texts: Iterable[str]) -> list[UUID]:
    """Those that are ids of our clicks; others are other systems'.

    >>> click_ids(["gclid-1", "clk_01jd0000000000000000000000", "clk_zzz"])
    [UUID('01934d00-0000-0000-0000-000000000000')]
    """
    found: dict[UUID, None] = {}
    for text in texts:
        try:
            found[ids.read("clk", text.strip().lower())] = None
        except NotFound:
            continue
    return list(found)


async def _clicks(db: Connection, workspace_id: UUID, facts: Facts) -> list[Touch]:
    named = click_ids(facts.clicks)
    if facts.tokens:
        named += await store.clicks_of_tokens(db, workspace_id, facts.tokens)
    until = facts.occurred_at + SLACK
    times = {click_id: at for click_id in named if (at := time_of(click_id)) is not None}
    near = {click_id: at for click_id, at in times.items() if until - WINDOW - 2 * SLACK <= at}
    if not near:
        return []
    seen = await store.clicks(db, workspace_id, list(near.values()), list(near))
    visits = [click for click in seen if click.visitor is not None and not click.foreign]
    others = await _same_visitor(db, workspace_id, facts, visits)
    return [_click(click, named=True) for click in seen] + [_click(click, named=False) for click in others]


def time_of(click_id: UUID) -> datetime | None:
    """When a click was made; None where an id that was made up says a time that there isn't."""
    try:
        return clicked_at(click_id)
    except (OverflowError, ValueError, OSError):
        return None


async def _same_visitor(
    db: Connection, workspace_id: UUID, facts: Facts, visits: Sequence[SeenClick]
) -> list[SeenClick]:
    """Other clicks of those visitors. Their numbers are a day's: salts change at midnight, UTC."""
    if not visits:
        return []
    days = [click.at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) for click in visits]
    until = min(facts.occurred_at, max(days) + timedelta(days=1))
    visitors = [click.visitor for click in visits if click.visitor is not None]
    beside = [click.id for click in visits]
    return await store.clicks_of_visitors(db, workspace_id, visitors, min(days), until, beside)


def _click(click: SeenClick, *, named: bool) -> Touch:
    return Touch(
        "click",
        click.at,
        click.partner_id,
        program_id=click.program_id,
        link_id=click.link_id,
        click_id=click.id,
        campaign_id=click.campaign_id,
        sub1=click.sub1,
        name=ids.show("clk", click.id),
        named=named,
        void="foreign_origin" if click.foreign else "",
    )


async def _coupons(db: Connection, workspace_id: UUID, facts: Facts) -> list[Touch]:
    """A touch for each coupon of the order that is known, as the order has them."""
    codes = list(dict.fromkeys(code for text in facts.coupons if (code := folded(text))))
    if not codes:
        return []
    found: dict[str, list[SeenCoupon]] = {}
    for coupon in await store.coupons(db, workspace_id, codes, facts.occurred_at):
        found.setdefault(coupon.folded, []).append(coupon)
    touches = []
    for code in codes:
        if code in found:
            coupon = at_the_time(found[code], facts.occurred_at)
            void = flaw(coupon, facts.occurred_at)
            if not void and coupon.limit is not None:
                used = await store.times_used(db, workspace_id, coupon.id, facts.occurred_at, facts.id)
                void = "coupon_used_up" if used >= coupon.limit else ""
            touches.append(_coupon(coupon, facts.occurred_at, void))
    return touches


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


async def _earlier(db: Connection, workspace_id: UUID, facts: Facts, known: set[UUID | None]) -> list[Touch]:
    """What earlier orders of the customer tell: clicks that this one may rest on too, and bonds."""
    if facts.customer_id is None:
        return []
    found = await store.earlier_touches(db, workspace_id, facts.customer_id, facts.occurred_at, facts.id)
    touches = []
    for each in found:
        if each.kind == "click" and each.click_id not in known and each.at >= facts.occurred_at - WINDOW:
            known.add(each.click_id)
            touches.append(_earlier_click(each))
    bonds = {(each.conversion_id, each.partner_id): _bond(each) for each in found if each.credited}
    return [*touches, *bonds.values()]


def _earlier_click(each: Earlier) -> Touch:
    return Touch(
        "click",
        each.at,
        each.partner_id,
        program_id=each.program_id,
        link_id=each.link_id,
        click_id=each.click_id,
        campaign_id=each.campaign_id,
        sub1=each.sub1,
        name=ids.show_or_none("clk", each.click_id) or "",
    )


def _bond(each: Earlier) -> Touch:
    return Touch(
        "bond",
        each.occurred_at,
        each.partner_id,
        program_id=each.program_id,
        link_id=each.link_id,
        campaign_id=each.campaign_id,
        sub1=each.sub1,
        name=ids.show("cnv", each.conversion_id),
        sales=each.sales,
    )
