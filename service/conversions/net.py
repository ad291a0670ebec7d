"""What a percentage is taken of: an order's goods, after discounts, without tax and shipping. Pure."""

from collections.abc import Sequence

from msgspec import Struct

from service.conversions.folding import State
from service.conversions.reports import Line


class Net(Struct, frozen=True):
    """`amount` in minor units, and the way to it: "lines" or "order". `by_lines` and `by_order` are what each
    way leads to, None where it can't be gone."""

    amount: int
    basis: str
    by_lines: int | None = None
    by_order: int | None = None


def net_of(state: State) -> Net:
    """The net base of an order as it stands."""
    return net_base(
        amount=state.amount,
        tax=state.tax,
        tax_included=state.tax_included,
        shipping=state.shipping,
        shipping_tax=state.shipping_tax,
        fees=state.fees,
        lines=state.lines,
    )


def net_base(
    *,
    amount: int | None,
    tax: int | None = None,
    tax_included: bool | None = None,
    shipping: int | None = None,
    shipping_tax: int | None = None,
    fees: int | None = None,
    lines: Sequence[Line] | None = None,
) -> Net:
    """The net base of an order in minor units; all amounts are in its currency.

    By lines: the sum of their nets. By order: the amount without tax, shipping and fees; `shipping` is with
    its tax, which `tax` holds as well. `tax_included` False: the amount is without tax already. Where both
    are known the smaller one counts, for each may hold something that is no sale (a fee among the lines, an
    edit that left the lines). An order paid by gift card may come out below zero: then the lines count.

    >>> net_base(amount=3120, tax=120, fees=12550, lines=[Line(net=3000), Line(net=0)]).amount
    3000
    >>> net_base(amount=120990, tax=20165, shipping=3990, shipping_tax=665).amount
    97500
    """
    by_lines = _by_lines(lines)
    by_order = None
    if amount is not None:
        taxed = 0 if tax_included is False else tax or 0
        # Where a shop's own figures contradict each other, shipping takes nothing off rather than adding.
        carried = max(0, (shipping or 0) - (shipping_tax or 0))
        by_order = amount - taxed - carried - (fees or 0)
    if by_lines is None or (by_order is not None and 0 <= by_order < by_lines):
        return Net(max(by_order or 0, 0), "order", by_lines, by_order)
    return Net(max(by_lines, 0), "lines", by_lines, by_order)


def _by_lines(lines: Sequence[Line] | None) -> int | None:
    nets = [line.net for line in lines or ()]
    known = [net for net in nets if net is not None]
    return sum(known) if known and len(known) == len(nets) else None
