"""How an order's net is spread over its lines, and a whole over its shares. Pure, to the minor unit."""

from collections.abc import Sequence
from fractions import Fraction

from service.ledger.rules.shapes import Item


def spread(net: int, lines: Sequence[Item]) -> list[int]:
    """The part of `net` that falls to each line; they add up to it.

    In proportion to what the lines say; lines that say nothing share by quantity what the others leave.

    >>> spread(1000, [Item(net=300), Item(net=100)]), spread(900, [Item(net=300), Item(quantity=2)])
    ([750, 250], [300, 600])
    """
    known = sum(line.net for line in lines if line.net is not None)
    pieces = sum((_quantity(line) for line in lines if line.net is None), Fraction(0))
    left = max(net - known, 0)
    weights = [
        Fraction(max(line.net, 0)) if line.net is not None else left * _quantity(line) / pieces
        for line in lines
    ]
    if not any(weights):
        weights = [Fraction(1)] * len(lines)
    return shares(net, weights)


def _quantity(line: Item) -> Fraction:
    # Half a kilogram counts; nothing, and what was given back, still is a line.
    return Fraction(line.quantity) if line.quantity > 0 else Fraction(1)


def shares(total: int, weights: Sequence[Fraction]) -> list[int]:
    """A total in proportion to weights, not all 0: rounded down, and what is left goes to the largest
    remainders, the first of equals.

    >>> shares(100, [Fraction(1)] * 3), shares(-5, [Fraction(1), Fraction(1)])
    ([34, 33, 33], [-2, -3])
    """
    whole = sum(weights, Fraction(0))
    exact = [total * weight / whole for weight in weights]
    found = [part.numerator // part.denominator for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda at: (found[at] - exact[at], at))
    for at in by_remainder[: total - sum(found)]:
        found[at] += 1
    return found


def part(total: int, before: Fraction, weight: Fraction) -> int:
    """The share of a total that lies from `before` to `before + weight`: shares side by side add up.

    >>> [part(100, Fraction(at, 3), Fraction(1, 3)) for at in range(3)]
    [33, 34, 33]
    """
    return round(total * (before + weight)) - round(total * before)
