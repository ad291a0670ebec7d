"""Shares of integer amounts, rounded half to even, and exchange between currencies. Exact."""

from decimal import ROUND_HALF_EVEN, Decimal, localcontext

from service.kit.money import exponent


def share(amount: int, part: int, whole: int) -> int:
    """`amount` x `part` / `whole`, rounded half to even; `part` counts as no more than the whole, and
    of nothing there is no share.

    >>> share(125, 1, 2), share(135, 1, 2), share(-125, 1, 2), share(7, 9, 3), share(7, 0, 0)
    (62, 68, -62, 7, 0)
    """
    if whole <= 0:
        return 0
    down, rest = divmod(amount * max(0, min(part, whole)), whole)
    return down + (1 if 2 * rest > whole or (2 * rest == whole and down % 2) else 0)


def exchanged(amount: int, currency: str, into: str, rate: Decimal) -> int:
    """Minor units of `currency` as minor units of `into`: 1 of the one is `rate` of the other.

    >>> exchanged(1000, "EUR", "TRY", Decimal("48.125")), exchanged(1050, "USD", "JPY", Decimal(150))
    (48125, 1575)
    """
    with localcontext() as context:
        context.prec = 80
        value = Decimal(amount).scaleb(exponent(into) - exponent(currency)) * rate
        return int(value.to_integral_value(ROUND_HALF_EVEN))
