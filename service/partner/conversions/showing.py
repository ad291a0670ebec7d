"""Conversions as a partner sees them: the partner's own part. Pure."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from uuid import UUID

from msgspec import Struct

from service.kit import ids
from service.kit.money import Money
from service.ledger.schemas import CommissionRow
from service.partner.commissions.declining import declined
from service.partner.conversions import parts
from service.partner.conversions.parts import Part
from service.partner.conversions.schemas import (
    ConversionRow,
    CouponNameRow,
    Earned,
    Evidence,
    LinkNameRow,
    PartnerConversion,
    Product,
)
from service.partner.conversions.wording import credited
from service.partner.words import told

NO_SUBS: list[str | None] = [None] * 5


class Known(Struct, frozen=True):
    """What rows are shown with: the partner's ids (outer), and what its evidence and commissions are."""

    partner_ids: Collection[str]
    links: Mapping[UUID, LinkNameRow]
    coupons: Mapping[UUID, CouponNameRow]
    clicks: Mapping[UUID, list[str | None]]
    commissions: Mapping[UUID, Sequence[CommissionRow]]


def shown(row: ConversionRow, known: Known) -> PartnerConversion:
    """The partner's part of an order."""
    own = parts.own(row.shares, known.partner_ids)

    def money(total: int) -> Money:
        return Money(parts.of(total, own), row.currency)

    return PartnerConversion(
        id=ids.show("cnv", row.id),
        kind=row.kind,
        status=row.status,
        text=told("conversion_status", row.status).text,
        share=str(parts.weight(own)),
        amount=money(row.amount),
        net=money(row.net),
        refunded=money(min(row.refunded, row.amount)),
        is_new=row.is_new,
        country=row.country,
        products=[
            Product(line.get("sku"), line.get("product_id"), line.get("category"), line.get("quantity", 1))
            for line in row.lines
        ],
        evidence=[_evidence(one, known) for one in own],
        commissions=earned(known.commissions.get(row.id, ())),
        occurred_at=row.occurred_at,
        paid_at=row.paid_at,
        delivered_at=row.delivered_at,
        cancelled_at=row.cancelled_at,
        settled=row.settled,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def _evidence(one: Part, known: Known) -> Evidence:
    share = one.share
    link = known.links.get(ids.read("lnk", share["link_id"])) if share["link_id"] else None
    coupon = known.coupons.get(ids.read("cpn", share["coupon_id"])) if share["coupon_id"] else None
    subs = known.clicks.get(ids.read("clk", share["click_id"])) if share["click_id"] else None
    if subs is None or not any(subs):
        subs = NO_SUBS if link is None else link.subs
    name = coupon.code if coupon and share["kind"] == "coupon" else link.name if link else None
    return Evidence(
        kind=share["kind"],
        share=str(one.weight),
        link_id=share["link_id"],
        link=None if link is None else link.name,
        coupon_id=share["coupon_id"],
        coupon=None if coupon is None else coupon.code,
        click_id=share["click_id"],
        at=datetime.fromisoformat(share["at"]),
        sub1=subs[0],
        sub2=subs[1],
        sub3=subs[2],
        sub4=subs[3],
        sub5=subs[4],
        text=credited(share["kind"], name, one.weight),
    )


def earned(rows: Sequence[CommissionRow]) -> list[Earned]:
    """Commissions, each with what is left of it; `rows` of one commission follow each other."""
    found = []
    for _, group in groupby(rows, lambda row: row.corrects or row.id):
        family = list(group)
        first = family[0]
        net = sum(row.amount for row in family if row.status != "rejected")
        # What a refund took says more than that the first row is paid.
        reasons = [reason for row in reversed(family) if (reason := declined(row, first)) is not None]
        found.append(
            Earned(
                ids.show("com", first.id),
                first.kind,
                first.status,
                Money(net, first.currency),
                reasons[0] if reasons else None,
            )
        )
    return found
