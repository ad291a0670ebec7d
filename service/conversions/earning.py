"""What each partner earns by an order: the targets of the ledger. Pure."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from service.conversions.attribution.touches import Decision, Share
from service.conversions.facts import Facts, Flag
from service.conversions.holding import due_at
from service.ledger.rates import earn
from service.ledger.rules.shapes import Earned, Exchange, Item, Sold, Standing
from service.ledger.targets import Target
from service.programs.reading import Agreed, Payee
from service.programs.terms import Per

Standings = Mapping[UUID, Mapping[Per, Standing]]
Exchanges = Mapping[str, Exchange]


def sold_of(facts: Facts, first_at: datetime | None) -> Sold:
    """The order as rules look at it; `first_at`: the customer's first sale, before this one."""
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
        first_at=first_at,
    )


def targets(
    facts: Facts,
    sold: Sold,
    decision: Decision,
    agreed: Mapping[UUID, Agreed],
    payees: Mapping[UUID, Payee],
    standings: Standings,
    exchanges: Exchanges,
    flags: Sequence[Flag],
) -> list[Target]:
    """A target for each commission. `exchanges`: rates out of the order's currency, by the other one."""
    found = []
    before = Fraction(0)
    for share in decision.shares:
        terms, payee = agreed.get(share.partner_id), payees.get(share.partner_id)
        if terms is not None and payee is not None:
            exchange = exchanges.get(terms.terms.currency or "")
            standing = standings.get(share.partner_id, {})
            make = _maker(facts, share, terms, flags)
            earned = earn(sold, share.weight, terms, payee, standing, before, exchange)
            found += [make(one) for one in earned]
        before += share.weight
    return found


def _maker(facts: Facts, share: Share, agreed: Agreed, flags: Sequence[Flag]) -> Callable[[Earned], Target]:
    refunded, total = back(facts)
    due = due_at(
        agreed.terms.hold,
        goods=facts.kind == "sale",
        paid_at=facts.paid_at,
        occurred_at=facts.occurred_at,
        delivered_at=facts.delivered_at,
    )
    review = next((flag.code for flag in flags if flag.partner_id == share.partner_id), None)

    def make(one: Earned) -> Target:
        return Target(
            partner_id=one.partner_id,
            program_id=agreed.program_id,
            kind=one.kind,
            key=one.key,
            earned=one.amount,
            base=one.base,
            base_currency=facts.currency,
            refunded=refunded,
            total=total,
            occurred_at=facts.occurred_at,
            due_at=due,
            rule=one.rule,
            review=review,
            link_id=share.touch.link_id,
            coupon_id=share.touch.coupon_id,
            click_id=share.touch.click_id,
        )

    return make


def back(facts: Facts) -> tuple[int, int]:
    """How much of how much is taken back; of an order that is called off, everything."""
    total = max(facts.amount, 1)
    return (total, total) if facts.status == "cancelled" else (min(facts.refunded, total), total)
