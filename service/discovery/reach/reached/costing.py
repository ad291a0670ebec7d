"""What a list's planned posts cost, and 1,000 people reached once (pure)."""

from collections.abc import Collection, Sequence

from graph.estimates import Estimate
from service.discovery.reach.reached.schemas import ReachCost, UniqueCost
from service.discovery.reach.schemas import Candidate
from service.kit import ids
from service.kit.money import Money


def cost(
    candidates: Sequence[Candidate], counted: Collection[int], reach: Estimate, currency: str
) -> ReachCost:
    """counted: places of the influencers whom the reach is of."""
    planned = [each for each in candidates if each.planned]
    without = [ids.show("inf", each.influencer_id) for each in planned if each.cost.amount is None]
    total = sum(each.cost.amount or 0 for each in planned)
    return ReachCost(
        total=Money(total, currency),
        without_price=without,
        cost_per_1000_unique=per_1000([candidates[place] for place in sorted(counted)], reach, currency),
    )


def per_1000(counted: Sequence[Candidate], reach: Estimate, currency: str) -> UniqueCost:
    """Spend / (reach / 1000): where more are reached it is less, so the ends change places."""
    prices = [each.cost.amount for each in counted]
    spent = sum(price or 0 for price in prices)
    if not counted or any(price is None for price in prices):
        return UniqueCost(None, None, None, currency, "without_price" if counted else "nobody_in_figure")
    ends = (_divided(spent, reach.high), _divided(spent, reach.low))
    value = _divided(spent, reach.value)
    nobody = "cost_too_large" if reach.value else "nobody_reached"
    reason = None if value is not None else reach.reason or nobody
    return UniqueCost(value, *ends, currency, reason)


def _divided(spent: int, people: float | None) -> int | None:
    from graph.coverage import per_thousand  # loads numba

    return per_thousand(spent, people or 0.0)
