"""Who can be in a plan at all, and why the others can't (pure)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from graph.audiences import Audience
from graph.contacts import Presence
from service.discovery.plans.choosing import Candidate
from service.discovery.plans.common_people import SetReason, usable
from service.discovery.plans.costs import Cost, CostReason
from service.discovery.plans.schemas import Reason


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an influencer. gone: opted out or archived; target: None where not known or asked for.

    presence: None where no reach rate is known. posts: format -> how many are planned.
    """

    influencer_id: UUID
    account_id: UUID | None
    platform: str | None
    categories: tuple[str, ...]
    posts: Mapping[str, int]
    audience: Audience | None
    presence: Presence | None
    cost: Cost | CostReason
    target: float | None = None
    gone: Literal["opted_out", "archived"] | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One who can't be in the plan."""

    influencer_id: UUID
    reason: Reason


def reason_of(facts: Facts, objective: str) -> Reason | None:
    """Why no plan can have an influencer, whatever the budget; the first of all reasons."""
    return next(_reasons(facts, objective), None)


def _reasons(facts: Facts, objective: str) -> Iterator[Reason]:
    if facts.gone is not None:
        yield facts.gone
    if facts.account_id is None:
        yield "no_account"
    if not facts.posts:
        yield "no_posts_planned"
    if not isinstance(facts.cost, Cost):
        yield facts.cost
    found: Audience | SetReason = usable(facts.audience)
    if isinstance(found, str):
        yield found
    if objective != "unique_followers" and facts.presence is None:
        yield "no_reach_rate"
    if objective == "target_reach" and facts.target is None:
        yield "audience_unknown"


def sort_out(
    everybody: Sequence[Facts],
    objective: str,
    budget: int,
    must_include: Collection[UUID] = (),
    exclude: Collection[UUID] = (),
) -> tuple[list[Candidate], list[LeftOut]]:
    """The candidates, and those left out. Who must be included is taken to have no reason against it.

    Whom the budget does not buy beside those who must be included can be in no plan.
    """
    left = budget - sum(
        each.cost.amount
        for each in everybody
        if each.influencer_id in must_include and isinstance(each.cost, Cost)
    )
    candidates, out = [], []
    for each in everybody:
        reason: Reason | None = "excluded" if each.influencer_id in exclude else reason_of(each, objective)
        candidate = None if reason else _candidate(each)
        if candidate and each.influencer_id not in must_include and candidate.cost > left:
            reason = "over_budget"
        if candidate is None or reason is not None:
            out.append(LeftOut(each.influencer_id, reason or "no_account"))
        else:
            candidates.append(candidate)
    return candidates, out


def _candidate(facts: Facts) -> Candidate | None:
    audience = usable(facts.audience)
    if facts.account_id is None or isinstance(audience, str) or not isinstance(facts.cost, Cost):
        return None
    return Candidate(
        facts.influencer_id,
        facts.account_id,
        facts.platform or "other",
        facts.categories,
        audience,
        facts.presence,
        facts.cost.amount,
        facts.target,
    )
