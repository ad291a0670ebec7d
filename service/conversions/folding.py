"""An order as it stands, from everything that was told of it, in whatever order it came. Pure.

Who is verified is believed before who isn't, then a shop's webhook before our API, a file and a postback. Of
one source, what it states later counts. What another source says otherwise is kept as a conflict.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID

from msgspec import Struct

from service.conversions.reports import Cancellation, ConversionKind, Line, Order, Payment, Ref

Status = Literal["open", "confirmed", "cancelled"]
TRUST = {"webhook": 3, "api": 2, "import": 1, "postback": 0}
_MONEY = (
    "amount",
    "currency",
    "tax_included",
    "tax",
    "shipping",
    "shipping_tax",
    "fees",
    "discount",
    "lines",
)
_OTHER = ("country", "referrer", "landing", "campaign", "paid", "occurred_at", "delivered_at", "cancelled_at")
BEFORE = datetime.min.replace(tzinfo=UTC)


class Told(Struct, frozen=True):
    """A report of an order, and who told it. `digest`: the same report again has the same."""

    channel: str
    verified: bool
    integration_id: UUID | None
    report: Order | Cancellation | Payment
    received_at: datetime
    digest: bytes

    @property
    def source(self) -> tuple[bool, int, str, str]:
        """The higher, the more it is believed."""
        integration = "" if self.integration_id is None else self.integration_id.hex
        return (self.verified, TRUST.get(self.channel, 0), self.channel, integration)

    @property
    def stated_at(self) -> datetime | None:
        """When its source says that this became so."""
        return self.report.stated_at if isinstance(self.report, Order) else self.report.at


class Conflict(Struct, frozen=True, order=True):
    """What a source said otherwise, and isn't believed."""

    field: str
    kept: str
    told: str
    channel: str


class State(Struct, frozen=True):
    """An order as it stands. Amounts are minor units of `currency`."""

    kind: ConversionKind
    status: Status
    test: bool
    amount: int | None
    currency: str | None
    tax_included: bool | None
    tax: int | None
    shipping: int | None
    shipping_tax: int | None
    fees: int | None
    discount: int | None
    lines: tuple[Line, ...] | None
    clicks: tuple[str, ...]
    coupons: tuple[str, ...]
    refs: tuple[Ref, ...]
    country: str | None
    referrer: str | None
    landing: dict[str, str]
    is_new: bool | None
    channel: str
    integration_id: UUID | None
    verified: bool
    conflicts: tuple[Conflict, ...]
    occurred_at: datetime
    delivered_at: datetime | None
    cancelled_at: datetime | None
    paid_at: datetime | None


def fold(told: Sequence[Told]) -> State | None:
    """The order that these reports tell of; None as long as none of them makes one: a sale needs an amount
    with its currency."""
    orders = [each for each in told if isinstance(each.report, Order)]
    sources = [_overlaid(each) for each in _by_source(orders)]
    if not sources:
        return None
    best = sources[0]
    said = best.said
    for other in sources[1:]:
        agrees = _agrees(said, other.said)
        for name in (*(_MONEY if agrees else ()), *_OTHER, "is_new"):
            if said.get(name) is None:
                said[name] = other.said.get(name)
    if best.kind == "sale" and (said.get("amount") is None or said.get("currency") is None):
        return None
    cancelled_at = _cancelled_at(told, orders, said.get("cancelled_at"))
    paid = _paid(told, said.get("paid"))
    occurred_at = said.get("occurred_at") or min(each.received_at for each in told)
    ranked = [each for one in sources for each in one.told]
    return State(
        kind=best.kind,
        status="cancelled" if cancelled_at else "open" if paid is False else "confirmed",
        test=best.test,
        **{name: said.get(name) for name in _MONEY},
        clicks=_all(each.report.clicks for each in ranked if isinstance(each.report, Order)),
        coupons=_all(each.report.coupons for each in ranked if isinstance(each.report, Order)),
        refs=_all(each.report.refs for each in ranked if isinstance(each.report, Order)),
        country=said.get("country"),
        referrer=said.get("referrer"),
        landing={**(said.get("campaign") or {}), **(said.get("landing") or {})},
        is_new=said.get("is_new"),
        channel=best.told[0].channel,
        integration_id=best.told[0].integration_id,
        verified=best.told[0].verified,
        conflicts=_conflicts(said, orders),
        occurred_at=occurred_at,
        delivered_at=said.get("delivered_at"),
        cancelled_at=cancelled_at,
        paid_at=None if paid is False else _paid_at(told, occurred_at),
    )


class _Source(Struct):
    """What one source says in all. `told`: from what counts least to what counts most."""

    told: list[Told]
    kind: ConversionKind
    test: bool
    said: dict[str, Any]


def _by_source(orders: Iterable[Told]) -> list[list[Told]]:
    found: dict[tuple[bool, int, str, str], list[Told]] = {}
    for each in orders:
        found.setdefault(each.source, []).append(each)
    return [sorted(found[source], key=_counts) for source in sorted(found, reverse=True)]


def _counts(told: Told) -> tuple[bool, datetime, float, bytes]:
    """What is stated later counts more. Without a time, what came first: a second one is no correction."""
    stated = told.stated_at
    return (stated is not None, stated or BEFORE, -told.received_at.timestamp(), told.digest)


def _overlaid(told: list[Told]) -> _Source:
    said: dict[str, Any] = {}
    kind: ConversionKind = "sale"
    test = False
    paid: Told | None = None
    for each in told:
        order = each.report
        if not isinstance(order, Order):
            continue
        test = test or order.test
        if order.amount is not None or order.kind != "sale":
            kind = order.kind
        if order.paid and order.amount is not None:
            # The whole order, paid: a shop that called an unpaid one off has taken that back.
            said.pop("cancelled_at", None)
        for name in (*_MONEY, *_OTHER):
            if (value := getattr(order, name)) is not None and not (name == "paid" and _older(each, paid)):
                said[name] = value
        paid = each if order.paid else paid
        if order.buyer is not None and order.buyer.is_new is not None:
            said["is_new"] = order.buyer.is_new
    return _Source(told, kind, test, said)


def _older(told: Told, paid: Told | None) -> bool:
    """Whether this is the state before it was paid. Networks tell of one sale as pending and then as
    approved, without a time or with the sale's own: what is no later doesn't take a payment back."""
    if paid is None or not isinstance(told.report, Order) or told.report.paid is not False:
        return False
    return told.stated_at is None or (paid.stated_at is not None and told.stated_at <= paid.stated_at)


def _agrees(said: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two sources speak of the same sum, so that one may complete what the other leaves out."""
    return all(
        said.get(name) is None or other.get(name) is None or said[name] == other[name]
        for name in ("amount", "currency")
    )


def _conflicts(said: dict[str, Any], orders: Sequence[Told]) -> tuple[Conflict, ...]:
    found = set()
    for each in orders:
        for name in ("amount", "currency"):
            value = getattr(each.report, name)
            if value is not None and value != said.get(name) and not _superseded(each, name, orders):
                found.add(Conflict(name, str(said.get(name)), str(value), each.channel))
    return tuple(sorted(found))


def _superseded(told: Told, name: str, orders: Sequence[Told]) -> bool:
    """Whether its own source has said something else since: an edit is no conflict."""
    return any(
        other.source == told.source
        and other.stated_at is not None
        and (told.stated_at is not None or told.received_at <= other.received_at)
        and _counts(other) > _counts(told)
        and getattr(other.report, name) is not None
        for other in orders
    )


def _cancelled_at(told: Sequence[Told], orders: Sequence[Told], said: datetime | None) -> datetime | None:
    """When the order was called off; None where its source has said since that it is paid after all."""
    off = [each for each in told if isinstance(each.report, Cancellation)]
    times = [each.report.at for each in off if isinstance(each.report, Cancellation)]
    if said is not None:
        return min([said, *times])
    standing = [
        each.report.at
        for each in off
        if isinstance(each.report, Cancellation) and not any(_revives(order, each) for order in orders)
    ]
    return min(standing, default=None)


def _revives(order: Told, off: Told) -> bool:
    return (
        isinstance(order.report, Order)
        and isinstance(off.report, Cancellation)
        and order.source == off.source
        and order.report.paid is True
        and order.report.cancelled_at is None
        and order.report.stated_at is not None
        and order.report.stated_at > off.report.at
    )


def _paid(told: Sequence[Told], said: bool | None) -> bool | None:
    """Whether it is paid, by the order's own source or a payment system's word."""
    words = [each.report.succeeded for each in told if isinstance(each.report, Payment)]
    if any(words):
        return True
    return False if said is None and words else said


def _paid_at(told: Sequence[Told], occurred_at: datetime) -> datetime:
    times = [each.report.at for each in told if isinstance(each.report, Payment) and each.report.succeeded]
    times += [
        each.report.stated_at
        for each in told
        if isinstance(each.report, Order) and each.report.paid and each.report.stated_at is not None
    ]
    return max(min(times, default=occurred_at), occurred_at)


def _all(parts: Iterable[tuple[Any, ...]]) -> tuple[Any, ...]:
    """Each once, in their order."""
    return tuple(dict.fromkeys(value for part in parts for value in part))
