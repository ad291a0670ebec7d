"""Who can be in a plan at all, and why the others can't (pure)."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from graph.audiences import Audience
from graph.contacts import Presence
from service.discovery.plans.candidates import Candidate
from service.discovery.plans.common_people import usable
from service.discovery.plans.costs import Cost, CostReason
from service.discovery.plans.schemas import Reason


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an influencer with an account.

    planned: whether any post is; presence: None where a reach rate is not known; target: share of the
    audience that counts, None where not known or not asked for.
    """

    influencer_id: UUID
    account_id: UUID
    platform: str
    categories: tuple[str, ...]
    planned: bool
    audience: Audience | None
    presence: Presence | None
    cost: Cost | CostReason
    target: float | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One who can't be in the plan; cost: where it is known."""

    influencer_id: UUID
    account_id: UUID | None
    reason: Reason
    cost: Cost | None = None


def reason_of(facts: Facts, objective: str) -> Reason | None:
    """Why no plan can have an influencer, whatever the budget; the first of all reasons."""
    return next(_reasons(facts, objective), None)


def _reasons(facts: Facts, objective: str) -> Iterator[Reason]:
    if not facts.planned:
        yield "no_posts_planned"
    if not isinstance(facts.cost, Cost):
        yield facts.cost
    if objective == "spread":
        return
    found = usable(facts.audience)
    if isinstance(found, str):
        yield found
    if objective != "unique_followers" and facts.presence is None:
        yield "no_reach_rate"
    if objective == "target_reach" and facts.target is None:
        yield "target_unknown"


def sort_out(
    everybody: Sequence[Facts],
    objective: str,
    budget: int,
    must_include: Collection[UUID] = (),
    exclude: Collection[UUID] = (),
) -> tuple[list[Facts], list[LeftOut]]:
    """Who can be in the plan, and those left out. Who must be included is taken to have no reason against it.

    Whom the budget does not buy beside those who must be included can be in no plan.
    """
    left = budget - sum(
        each.cost.amount
        for each in everybody
        if each.influencer_id in must_include and isinstance(each.cost, Cost)
    )
    able, out = [], []
    for each in everybody:
        affordable = each.influencer_id in must_include or amount(each) <= left
        if each.influencer_id in exclude:
            reason: Reason | None = "excluded"
        else:
            reason = reason_of(each, objective) or (None if affordable else "over_budget")
        if reason is None:
            able.append(each)
        else:
            cost = each.cost if isinstance(each.cost, Cost) else None
            out.append(LeftOut(each.influencer_id, each.account_id, reason, cost))
    return able, out


def amount(facts: Facts) -> int:
    """Minor units; 0 where the cost is not known."""
    return facts.cost.amount if isinstance(facts.cost, Cost) else 0


def candidate(facts: Facts) -> Candidate:
    """One of whom the audience is known. Raises ValueError for others."""
    audience = usable(facts.audience)
    if isinstance(audience, str):
        raise ValueError(f"no plan can be made with {audience}")
    return Candidate(
        facts.influencer_id,
        facts.account_id,
        facts.platform,
        facts.categories,
        audience,
        facts.presence,
        amount(facts),
        facts.target,
    )
