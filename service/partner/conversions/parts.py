"""Which part of an order is a partner's. Pure, to the minor unit."""

from collections.abc import Collection, Sequence
from fractions import Fraction
from typing import Any

from msgspec import Struct

from service.ledger.rules.bases import part


class Part(Struct, frozen=True):
    """A share that lies from `before` to `before + weight` of the order."""

    before: Fraction
    weight: Fraction
    share: dict[str, Any]


def own(shares: Sequence[dict[str, Any]], partner_ids: Collection[str]) -> list[Part]:
    """The partner's shares of all that are credited; `partner_ids`: its record's, and the merged ones'."""
    found, before = [], Fraction(0)
    for share in shares:
        weight = Fraction(share["weight"])
        if share["partner_id"] in partner_ids:
            found.append(Part(before, weight, share))
        before += weight
    return found


def of(total: int, parts: Sequence[Part]) -> int:
    """The partner's part of an amount; the parts of all partners add up to it.

    >>> thirds = [{"partner_id": name, "weight": "1/3"} for name in "abc"]
    >>> [of(100, own(thirds, {name})) for name in "abc"]
    [33, 34, 33]
    """
    return sum(part(total, one.before, one.weight) for one in parts)


def weight(parts: Sequence[Part]) -> Fraction:
    """All of them together."""
    return sum((one.weight for one in parts), Fraction(0))
