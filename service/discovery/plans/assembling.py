"""A plan without its choice: what goes before it, and the whole that is made of it (pure)."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, NoReturn
from uuid import UUID

from graph.constraints import ImpossiblePlan
from service.discovery.plans.candidates import Demands
from service.discovery.plans.costs import Cost
from service.discovery.plans.demands import faults_of_musts
from service.discovery.plans.facts import Everybody, known
from service.discovery.plans.reading import refuse
from service.discovery.plans.schemas import Asked, Chosen, Made, Member, NoteCode, Reason, Totals
from service.discovery.plans.sorting import Facts, LeftOut, sort_out

# Where a request says what no plan keeps to, should a check before have missed it.
_PATHS = {
    "excluded": "exclude",
    "budget": "budget.amount",
    "max_size": "max_size",
    "limit": "limits",
}


class Begun(NamedTuple):
    """Who may be chosen, who may not, and what the choice has to keep to."""

    able: list[Facts]
    out: list[LeftOut]
    demands: Demands


def begin(everybody: Everybody, asked: Asked) -> Begun:
    """Raises ImpossibleDemands with every failing field."""
    objective, budget, limits = asked.objective, asked.budget.amount, asked.limits
    faults = faults_of_musts(
        asked.must_include, known(everybody, objective), budget, limits.per_category, limits.per_platform
    )
    if faults:
        refuse(faults)
    must, exclude = frozenset(asked.must_include), frozenset(asked.exclude)
    able, out = sort_out(everybody.facts, objective, budget, must, exclude)
    demands = Demands(objective, budget, must, asked.max_size, limits.per_category, limits.per_platform)
    return Begun(able, out, demands)


def impossible(error: ImpossiblePlan) -> NoReturn:
    """Raises ImpossibleDemands for what graph/ has refused."""
    refuse([{"path": _PATHS[error.reason], "message": str(error)}])


def whole(everybody: Everybody, asked: Asked, begun: Begun, chosen: Chosen) -> Made:
    """The plan with everybody in it or beside it."""
    by_id = {each.influencer_id: each for each in everybody.facts}
    members = [
        *_chosen(chosen, by_id),
        *_not_chosen(chosen, begun.able),
        *(_left_out(each) for each in [*begun.out, *everybody.gone]),
    ]
    return Made(_totals(chosen, _notes(chosen, asked, members)), members)


def _chosen(chosen: Chosen, facts: dict[UUID, Facts]) -> Iterator[Member]:
    for place, step in enumerate(chosen.steps, 1):
        cost = facts[step.influencer_id].cost
        yield Member(
            influencer_id=step.influencer_id,
            account_id=step.account_id,
            place=place,
            reason=None,
            cost=step.cost,
            cost_basis=cost.basis if isinstance(cost, Cost) else None,
            tax_included=cost.tax_included if isinstance(cost, Cost) else None,
            marginal=step.marginal,
            cumulative=step.cumulative,
            cost_per_1000=step.cost_per_1000,
            assumed=step.influencer_id in chosen.assumed,
        )


def _not_chosen(chosen: Chosen, candidates: Sequence[Facts]) -> Iterator[Member]:
    taken = {step.influencer_id for step in chosen.steps}
    for each in candidates:
        if each.influencer_id not in taken:
            cost = each.cost if isinstance(each.cost, Cost) else None
            reason: Reason | None = "not_in_graph" if each.influencer_id in chosen.absent else None
            yield _beside(each.influencer_id, each.account_id, reason, cost)


def _left_out(each: LeftOut) -> Member:
    return _beside(each.influencer_id, each.account_id, each.reason, each.cost)


def _beside(influencer_id: UUID, account_id: UUID | None, reason: Reason | None, cost: Cost | None) -> Member:
    return Member(
        influencer_id=influencer_id,
        account_id=account_id,
        place=None,
        reason=reason,
        cost=cost.amount if cost else None,
        cost_basis=cost.basis if cost else None,
        tax_included=cost.tax_included if cost else None,
        marginal=None,
        cumulative=None,
        cost_per_1000=None,
        assumed=False,
    )


def _notes(chosen: Chosen, asked: Asked, members: Sequence[Member]) -> list[NoteCode]:
    taken = [each for each in members if each.place is not None]
    said: dict[NoteCode, bool] = {
        "sampled": chosen.sampled is not None,
        "platforms_not_linked": not chosen.platforms_linked,
        "platforms_linked": chosen.platforms_linked and len({each.platform for each in chosen.steps}) > 1,
        "posts_assumed": not asked.posts,
        "rates_assumed": bool(chosen.assumed),
        "target_independent": asked.objective == "target_reach",
        "tax_differs": len({each.tax_included for each in taken}) > 1,
        "spread_estimated": chosen.spread is not None,
        "spread_memory": chosen.spread is not None and chosen.spread.memory_ended,
        "not_in_graph": any(each.influencer_id in chosen.absent for each in taken),
    }
    return [code for code, holds in said.items() if holds]


def _totals(chosen: Chosen, notes: list[NoteCode]) -> Totals:
    names = [name for name in Totals.__struct_fields__ if name not in ("chosen", "notes")]
    return Totals(chosen=len(chosen.steps), notes=notes, **{name: getattr(chosen, name) for name in names})
