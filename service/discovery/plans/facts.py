"""What is known of influencers as a plan takes it (pure)."""

from collections.abc import Mapping, Sequence, Set
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from service.discovery.plans.costs import GivenPrice, cost_of
from service.discovery.plans.demands import Known
from service.discovery.plans.schemas import Asked, Reason
from service.discovery.plans.sorting import Facts, LeftOut, reason_of
from service.discovery.reach.schemas import Inputs
from service.influencers.rates.schemas import RateRow
from service.kit.text import fold_tr

# What reach says of those without a candidate; who is unknown was refused before, or is erased by now.
_GONE: Mapping[str, Reason] = {
    "archived": "archived",
    "opted_out": "opted_out",
    "no_account": "no_account",
}


class Everybody(NamedTuple):
    """Those with an account, and those without one or gone. linked: pairs of platforms."""

    facts: list[Facts]
    gone: list[LeftOut]
    linked: Set[frozenset[str]] = frozenset()


def gather(
    inputs: Inputs, asked: Asked, cards: Sequence[RateRow], targets: Mapping[UUID, float | None]
) -> Everybody:
    """Everybody who is asked about. cards: prices, one influencer's together; targets: by influencer."""
    priced = {key: list(rows) for key, rows in groupby(cards, key=lambda row: row.influencer_id)}
    given = {line.influencer_id: GivenPrice(line.price, line.per) for line in asked.costs}
    facts = [
        Facts(
            influencer_id=each.influencer_id,
            account_id=each.account_id,
            platform=each.platform,
            categories=tuple(dict.fromkeys(fold_tr(name) for name in each.categories)),
            planned=bool(each.planned),
            audience=each.audience,
            presence=each.presence,
            cost=cost_of(
                given.get(each.influencer_id),
                priced.get(each.influencer_id, []),
                each.platform,
                each.planned,
                asked.budget.currency,
                inputs.as_of.date(),
            ),
            target=targets.get(each.influencer_id),
        )
        for each in inputs.candidates
    ]
    gone = [
        LeftOut(each.influencer_id, None, _GONE[each.reason])
        for each in inputs.left_out
        if each.reason in _GONE
    ]
    return Everybody(facts, gone, inputs.linked)


def known(everybody: Everybody, objective: str) -> dict[UUID, Known]:
    """What demands on those who must be included are checked against."""
    found = {each.influencer_id: Known(None, (), None, each.reason) for each in everybody.gone}
    for each in everybody.facts:
        cost = None if isinstance(each.cost, str) else each.cost.amount
        reason = reason_of(each, objective)
        found[each.influencer_id] = Known(cost, each.categories, each.platform, reason)
    return found
