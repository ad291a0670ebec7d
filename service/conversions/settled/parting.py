"""What of an order is a partner's, as the partner's figures count it. Pure."""

from collections import defaultdict
from fractions import Fraction

from service.conversions.earning import back
from service.conversions.facts import Facts
from service.ledger.shares import share


def sales(facts: Facts, weight: Fraction) -> int:
    """The part of the net, in minor units, that is left after refunds; of a cancelled order nothing."""
    mine = round(facts.net * weight)
    return mine - share(mine, *back(facts))


def products(facts: Facts) -> dict[str, int]:
    """The net of the lines by product (its id, else its SKU), of those that have both."""
    found: defaultdict[str, int] = defaultdict(int)
    for line in facts.lines:
        name = line.product_id or line.sku
        if name and line.net is not None and line.net > 0:
            found[name[:200]] += line.net
    return dict(found)
