"""What each partner earns by an order: the ledger's targets. Pure, given where partners stand."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from service.conversions.attribution.touches import Decision, Share
from service.conversions.explaining import weight_of
from service.conversions.facts import Facts, Flag
from service.conversions.holding import due_at
from service.ledger.rates import earn
from service.ledger.rules.shapes import Earned, Exchange, Item, Sold, Standing
from service.ledger.targets import Target
from service.programs.reading import Agreed, Payee
from service.programs.terms import Per

GOODS = ("sale",)


def sold_of(facts: Facts, first_at_known: "Before") -> Sold:
    """The order as rules look at it."""
    return Sold(
        kind=facts.kind,
        net=facts.net,
        currency=facts.currency,
        occurred_at=facts.occurred_at,
        lines=tuple(
            Item(line.product_id, line.sku, line.category, line.quantity, line.net) for line in facts.lines
        ),
        country=facts.country,
        is_new=facts.is_new,
        sales_before=facts.sales_before,
        first_at=first_at_known,
    )
