"""What macros are filled with: the partner's own part of an event, and nobody's identity. Pure."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from msgspec import Struct

from service.kit.ids import read, show, show_or_none
from service.kit.money import Money, to_decimal
from service.partner.conversions import parts
from service.partner.conversions.parts import Part
from service.partner.postbacks.schemas import FamilyRow, LinkRow, OrderRow, PayoutRow

Values = dict[str, str]
NO_SUBS: list[str | None] = [None] * 5
# What an order's event says its status is, where that isn't the order's own.
_STATUS = {"conversion.refunded": "refunded", "conversion.reversed": "reversed"}


class Sources(Struct, frozen=True):
    """What the partner's parts are credited by: links, coupons' codes, sub ids of clicks."""

    links: Mapping[UUID, LinkRow]
    coupons: Mapping[UUID, str]
    clicks: Mapping[UUID, list[str | None]]


def order(row: OrderRow, own: Sequence[Part], sources: Sources) -> Values:
    """Of an order: the partner's part of its amounts, and what credits it."""
    found = {
        "conversion_id": show("cnv", row.id),
        "transaction_id": show("cnv", row.id),
        "kind": row.kind,
        "status": row.status,
        "amount_minor": str(parts.of(row.amount, own)),
        "amount": _major(parts.of(row.amount, own), row.currency),
        "net": _major(parts.of(row.net, own), row.currency),
        "refunded": _major(parts.of(min(row.refunded, row.amount), own), row.currency),
        "currency": row.currency,
    }
    return found | (_evidence(own[0], sources) if own else {})


def gone(conversion_id: UUID) -> Values:
    """Of an order that is no longer the partner's: its id alone."""
    return {name: show("cnv", conversion_id) for name in ("conversion_id", "transaction_id")}


def _evidence(one: Part, sources: Sources) -> Values:
    """The first of the partner's contacts: a receiver has one place for a click."""
    share = one.share
    link = sources.links.get(read("lnk", share["link_id"])) if share["link_id"] else None
    coupon = sources.coupons.get(read("cpn", share["coupon_id"])) if share["coupon_id"] else None
    subs = sources.clicks.get(read("clk", share["click_id"])) if share["click_id"] else None
    if subs is None or not any(subs):
        subs = NO_SUBS if link is None else link.subs
    found = {
        "click_id": share["click_id"],
        "link_id": share["link_id"] if link else None,
        "link_code": link.code if link else None,
        "campaign": show_or_none("cmp", link.campaign_id) if link else None,
        "coupon": coupon,
        **{f"sub{n}": value for n, value in enumerate(subs, 1)},
    }
    return {name: value for name, value in found.items() if value}


def commission(row: FamilyRow) -> Values:
    """Of a commission: what is left of it."""
    return _earned(row.net, row.currency) | {
        "commission_id": show("com", row.id),
        "commission_status": row.status,
        "status": row.status,
        "kind": row.kind,
    }


def earned(rows: Sequence[FamilyRow]) -> Values:
    """What all commissions of an order come to, in the currency of the first."""
    mine = [row for row in rows if row.kind != "override"]
    if not mine:
        return {}
    currency = mine[0].currency
    net = sum(row.net for row in mine if row.currency == currency)
    return _earned(net, currency) | {
        "commission_id": show("com", mine[0].id),
        "commission_status": mine[0].status,
    }


def payout(row: PayoutRow) -> Values:
    """Of a payout."""
    return {
        "payout_id": show("pay", row.id),
        "amount": _major(row.amount, row.currency),
        "amount_minor": str(row.amount),
        "currency": row.currency,
        "status": row.status,
    }


def named(event: str, values: Values) -> Values:
    """An order's values as its event says them."""
    return values | ({"status": _STATUS[event]} if event in _STATUS else {})


def _earned(net: int, currency: str) -> Values:
    major = _major(net, currency)
    return {
        "commission": major,
        "payout": major,
        "commission_minor": str(net),
        "commission_currency": currency,
    }


def _major(amount: int, currency: str) -> str:
    """
    >>> _major(-12990, "TRY"), _major(0, "JPY")
    ('-129.90', '0')
    """
    return format(to_decimal(Money(amount, currency)), "f")


SAMPLE: Values = {
    "conversion_id": "cnv_" + "0" * 26,
    "transaction_id": "cnv_" + "0" * 26,
    "kind": "sale",
    "status": "test",
    "amount": "129.90",
    "amount_minor": "12990",
    "net": "108.25",
    "refunded": "0.00",
    "currency": "TRY",
    "commission": "10.83",
    "payout": "10.83",
    "commission_minor": "1083",
    "commission_currency": "TRY",
    "commission_status": "pending",
    "click_id": "clk_" + "0" * 26,
    "sub1": "test",
}
