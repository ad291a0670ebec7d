"""The plan that a forecast is of (pure; loads the kernels of graph)."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from graph.estimates import Estimate, missing
from service.discovery.forecasts.schemas import Publishing
from service.discovery.plans.costs import Cost
from service.discovery.plans.facts import Everybody
from service.discovery.plans.making import make
from service.discovery.plans.schemas import Asked, Made, Objective
from service.discovery.plans.sorting import Facts
from service.discovery.reach.planned import of_account
from service.discovery.reach.schemas import Planned
from service.kit.money import Price

# Who is kept out of a plan for one of these alone can be paid and publish all the same.
AUDIENCE_REASONS = frozenset(("no_audience_set", "uniform_sample", "sample_too_small", "no_reach_rate"))


class PlanOfBudget(Struct, frozen=True):
    """Who publishes, for how much, and how many people that reaches once. also: those of unknown audience."""

    made: Made
    objective: Objective
    publishing: list[Publishing]
    costs: list[int]
    followers: Estimate
    reach: Estimate
    also: int

    @property
    def spend(self) -> int:
        """Minor units of the plan's currency."""
        return sum(self.costs)


def objective_of(everybody: Everybody) -> Objective:
    """Unique reach; where nobody's reach rate is known, unique followers."""
    return "unique_reach" if any(each.presence for each in everybody.facts) else "unique_followers"


def plan_of(everybody: Everybody, asked: Asked) -> PlanOfBudget:
    """The plan for a budget. Where the budget is enough for everybody with a cost, those whose audience is
    not known are taken too, and reach is not known."""
    asked = replace(asked, objective=objective_of(everybody))
    made = make(everybody, asked)
    facts = {each.influencer_id: each for each in everybody.facts}
    chosen = [facts[each.influencer_id] for each in made.members if each.place is not None]
    able = [facts[each.influencer_id] for each in made.members if each.place is None and not each.reason]
    unknown = [facts[each.influencer_id] for each in made.members if each.reason in AUDIENCE_REASONS]
    priced = [each for each in unknown if isinstance(each.cost, Cost)]
    also = priced if _spent([*chosen, *able, *priced]) <= asked.budget.amount else []
    taken = [*chosen, *also]
    return PlanOfBudget(
        made=made,
        objective=asked.objective,
        publishing=publishing(
            [(each.influencer_id, each.account_id, each.platform) for each in taken], asked.posts
        ),
        costs=[_cost(each) for each in taken],
        followers=missing("sizes", "no_audience_set") if also else made.totals.unique_followers,
        reach=missing("reach_rates", "no_audience_set") if also else made.totals.unique_reach,
        also=len(also),
    )


def publishing(taken: Iterable[tuple[UUID, UUID, str]], posts: Sequence[Planned]) -> list[Publishing]:
    """Influencer, account and platform with the posts that are planned."""
    return [
        Publishing(one, account, platform, of_account(posts, one, platform))
        for one, account, platform in taken
    ]


def curve(everybody: Everybody, asked: Asked, budgets: Sequence[int]) -> list[Made]:
    """The plan for each budget."""
    currency, objective = asked.budget.currency, objective_of(everybody)
    return [
        make(everybody, replace(asked, objective=objective, budget=Price(amount, currency)))
        for amount in budgets
    ]


def _spent(each: Sequence[Facts]) -> int:
    return sum(_cost(one) for one in each)


def _cost(facts: Facts) -> int:
    return facts.cost.amount if isinstance(facts.cost, Cost) else 0
