"""The rows of an order as what they report of it. Pure."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from service.conversions.inbound.files import states
from service.conversions.inbound.files.cells import Cash, minor, placed
from service.conversions.inbound.files.rows import OrderFileRow
from service.conversions.reports import Buyer, Line, Order, Ref, Refund
from service.conversions.shops.evidence import arrival, clicks_in, host_of
from service.imports.rejects import Unfit

_SEPARATORS = re.compile(r"[,;|\n]")


class Frame(Struct, frozen=True):
    """What holds for the whole file: the currency and the zone of what names none; `as_of`: the time of what
    happened at a time that no column tells."""

    currency: str
    zone: ZoneInfo
    as_of: datetime


class BadOrder(ValueError):
    """An order that its cells don't make: a code of rejects.REASONS, and the column."""

    def __init__(self, reason: str, column: str) -> None:
        super().__init__(reason)
        self.reason, self.column = reason, column


def grouped(rows: Iterable[OrderFileRow]) -> list[list[OrderFileRow]]:
    """Rows by order, in the order of their first rows: an order's lines may stand apart."""
    found: dict[str, list[OrderFileRow]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return list(found.values())


def key(row: OrderFileRow) -> str:
    """What an order is known by within a file."""
    return f"id {row.order_id}" if row.order_id else f"number {row.number or row.code}"


def reports(rows: Sequence[OrderFileRow], frame: Frame) -> list[Order | Refund]:
    """The order of these rows, and the refund that they tell of. Raises BadOrder."""
    order = _order(rows, frame)
    refund = _refund(rows, frame, order)
    return [order] if refund is None else [order, refund]


def _order(rows: Sequence[OrderFileRow], frame: Frame) -> Order:
    told = _Told(rows, frame)
    kind = states.kind(told.text("kind"))
    if kind is None:
        raise BadOrder("not_a_code", "kind")
    state = states.state(told.text("status"), told.text("payment_status"))
    amount = told.money("amount") if told.first("amount_minor") is None else told.first("amount_minor")
    if amount is not None and amount < 0:
        raise BadOrder("negative", "amount")
    if amount is None and kind in ("sale", "booking"):
        raise BadOrder("missing_value", "amount")
    page = arrival(told.text("landing"))
    cancelled_at = told.time("cancelled_at")
    if cancelled_at is None and state == "cancelled":
        cancelled_at = told.time("updated_at") or frame.as_of
    return Order(
        refs=_refs(rows),
        kind=kind,
        amount=amount,
        currency=told.currency,
        tax_included=told.first("tax_included"),
        tax=told.money("tax"),
        shipping=told.money("shipping"),
        shipping_tax=told.money("shipping_tax"),
        fees=told.money("fees"),
        discount=told.money("discount"),
        lines=_lines(rows, told),
        clicks=_clicks(rows, page.clicks),
        coupons=_coupons(rows),
        buyer=_buyer(told),
        country=told.text("country"),
        referrer=host_of(told.text("referrer")),
        campaign=page.campaign
        or ({"source": told.text("campaign") or ""} if told.text("campaign") else None),
        landing=page.landing or None,
        paid={"unpaid": False, "paid": True, "returned": True}.get(state or ""),
        occurred_at=told.time("occurred_at") or frame.as_of,
        delivered_at=told.time("delivered_at"),
        cancelled_at=cancelled_at,
        # An order that a batch cuts is told twice: the whole of it is later than its beginning.
        stated_at=(told.time("updated_at") or frame.as_of) + timedelta(microseconds=len(rows)),
    )


class _Told:
    """The first value of each column among an order's rows: its further lines leave them empty."""

    def __init__(self, rows: Sequence[OrderFileRow], frame: Frame) -> None:
        self._rows, self._frame = rows, frame
        cash = self.first("amount")
        self.currency: str = self.first("currency") or (cash and cash.currency) or frame.currency

    def first(self, name: str) -> Any:
        return next((value for row in self._rows if (value := getattr(row, name)) is not None), None)

    def text(self, name: str) -> str | None:
        found = self.first(name)
        return found if isinstance(found, str) and found else None

    def money(self, name: str) -> int | None:
        found = self.first(name)
        return self.minor(name, found) if isinstance(found, Cash) else None

    def minor(self, name: str, cash: Cash | None) -> int | None:
        if cash is None:
            return None
        if cash.currency not in (None, self.currency):
            raise BadOrder("conflict", name)
        try:
            return minor(cash, self.currency)
        except Unfit as unfit:
            raise BadOrder(unfit.reason, name) from unfit

    def time(self, name: str) -> datetime | None:
        found = self.first(name)
        return placed(found, self._frame.zone) if isinstance(found, datetime) else None


def _refs(rows: Sequence[OrderFileRow]) -> tuple[Ref, ...]:
    """The id of an export may be the shop's inner one or the one that people read: it is of any kind."""
    found: dict[Ref, None] = {}
    for row in rows:
        for number in (row.number, row.code):
            if number:
                found[Ref("number", number.lstrip("#"))] = None
        if row.order_id:
            found[Ref("id" if row.number else "any", row.order_id)] = None
    return tuple(found)


def _lines(rows: Sequence[OrderFileRow], told: _Told) -> tuple[Line, ...] | None:
    """The lines of an order; None where no column tells of any, which leaves what is known of them."""
    found = []
    for row in rows:
        if not any((row.sku, row.product_id, row.category, row.line_net, row.line_total)):
            continue
        net, tax = told.minor("line_net", row.line_net), told.minor("line_tax", row.line_tax)
        total = told.minor("line_total", row.line_total)
        if net is None and total is not None and tax is not None:
            net = total - tax
        found.append(
            Line(
                sku=row.sku,
                product_id=row.product_id,
                category=row.category,
                quantity=1 if row.quantity is None else float(row.quantity),
                net=net,
                tax=tax,
                discount=told.minor("line_discount", row.line_discount),
            )
        )
    return tuple(found) or None


def _clicks(rows: Sequence[OrderFileRow], landed: tuple[str, ...]) -> tuple[str, ...]:
    pairs = [("click_id", row.click_id) for row in rows]
    pairs += [("note", text) for row in rows for text in (row.extra or ())]
    pairs += [("note", text) for row in rows for text in (row.referrer, row.campaign)]
    return tuple(dict.fromkeys((*clicks_in(pairs), *landed)))


def _coupons(rows: Sequence[OrderFileRow]) -> tuple[str, ...]:
    codes = [code.strip() for row in rows for code in _SEPARATORS.split(row.coupon or "")]
    return tuple(dict.fromkeys(code for code in codes if code))


def _buyer(told: _Told) -> Buyer | None:
    is_new = told.first("is_new")
    found = Buyer(told.text("customer_id"), told.text("email"), is_new if isinstance(is_new, bool) else None)
    return None if found == Buyer() else found


def _refund(rows: Sequence[OrderFileRow], frame: Frame, order: Order) -> Refund | None:
    """What went back: an amount is all that did so far, unless the refund has an id of its own; a returned
    order without an amount went back whole."""
    told = _Told(rows, frame)
    amount = told.money("refunded")
    returned = states.state(told.text("status"), told.text("payment_status")) == "returned"
    if not amount and returned:
        amount = order.amount
    if not amount:
        return None
    own = told.text("refund_id")
    return Refund(
        order=order.refs,
        external_id=own or f"{order.refs[0].value} refunded",
        amount=abs(amount),
        currency=told.currency,
        occurred_at=told.time("refunded_at") or told.time("updated_at") or frame.as_of,
        cumulative=own is None,
    )
