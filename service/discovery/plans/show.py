"""Plans as the API shows them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from graph.estimates import Estimate
from service.discovery.plans import store, wording
from service.discovery.plans.reading import shown
from service.discovery.plans.schemas import (
    ChosenInfluencer,
    Frequency,
    LeftOutOfPlan,
    MemberRow,
    NoteCode,
    PassedOver,
    Plan,
    PlanAnswer,
    PlanHead,
    PlanRow,
    PlanStatus,
    Spread,
    SpreadFigure,
    Totals,
)
from service.discovery.plans.wording import Language
from service.discovery.reach.show import ReachFigure, figure
from service.discovery.scores import show as cards
from service.kit import ids, jobs
from service.kit.db import Connection
from service.kit.jobs import Job
from service.kit.money import Money

_STATUSES: Mapping[str, PlanStatus] = {"failed": "failed", "cancelled": "cancelled"}


async def heads(db: Connection, workspace_id: UUID, rows: Sequence[PlanRow]) -> dict[UUID, PlanHead]:
    """Plans of a list, by id."""
    jobs_of = await _jobs(db, workspace_id, rows)
    return {row.id: PlanHead(**_head(row, jobs_of.get(row.id))) for row in rows}


async def one(
    db: Connection, workspace_id: UUID, row: PlanRow, language: Language, *, kept: bool = True
) -> Plan:
    """A plan with its members; who opted out since is not shown, and who was erased is not there."""
    members = await store.members(db, workspace_id, row.id)
    hidden = frozenset(each.id for each in members if each.opted_out)
    head = _head(row, (await _jobs(db, workspace_id, [row])).get(row.id))
    if not kept:
        head["id"] = None
    answer = None if row.chosen is None else _answer(row, row.chosen, members, language)
    return Plan(**head, request=shown(row.asked, row.name, hidden), answer=answer)


async def _jobs(db: Connection, workspace_id: UUID, rows: Sequence[PlanRow]) -> dict[UUID, Job]:
    """By plan, of those without an answer."""
    wanted = {row.job_id: row.id for row in rows if row.chosen is None and row.job_id is not None}
    found = await jobs.find_all(db, workspace_id, list(wanted)) if wanted else []
    return {wanted[each.id]: each for each in found}


def _head(row: PlanRow, job: Job | None) -> dict[str, Any]:
    totals, budget = row.chosen, row.asked.budget
    status = "done" if totals else _STATUSES.get(job.status if job else "failed", "computing")
    return {
        "id": ids.show("pln", row.id),
        "name": row.name,
        "status": status,
        "shortlist_id": ids.show_or_none("sho", row.shortlist_id),
        "brief_id": ids.show_or_none("bri", row.brief_id),
        "objective": row.objective,
        "budget": Money(budget.amount, budget.currency),
        "size": totals and totals.chosen,
        "total_cost": totals and Money(totals.total_cost, budget.currency),
        "value": totals and totals.value,
        "optimality": totals and totals.optimality,
        "job_id": ids.show_or_none("job", row.job_id),
        "error": job.error if job else None,
        "created_at": row.created_at,
        "computed_at": row.computed_at,
    }


def _answer(row: PlanRow, totals: Totals, members: Sequence[MemberRow], language: Language) -> PlanAnswer:
    currency = row.asked.budget.currency
    seen = [each for each in members if not each.opted_out]
    chosen = [each for each in seen if each.place is not None]
    passed = [each for each in seen if each.place is None and each.reason is None]
    hidden: list[NoteCode] = ["hidden"] if len(chosen) < totals.chosen else []
    codes = [*totals.notes, *hidden]
    assumed = any(each.assumed for each in chosen)
    return PlanAnswer(
        chosen=[_chosen(each, currency) for each in chosen],
        total_cost=Money(totals.total_cost, currency),
        value=totals.value,
        upper_bound=totals.upper_bound,
        optimality=totals.optimality,
        exact=totals.exact,
        guarantee=totals.guarantee,
        method=totals.method,
        sentence=wording.sentence(totals, language),
        unique_followers=figure(totals.unique_followers),
        unique_reach=_reached(totals.unique_reach, assumed),
        target_reach=None if totals.target_reach is None else _reached(totals.target_reach, assumed),
        spread=None if totals.spread is None else _spread(totals.spread),
        frequency=_frequency(totals),
        cost_per_1000_unique=_money(totals.cost_per_1000, currency),
        sampled=totals.sampled,
        not_chosen=[_passed(each, currency) for each in passed],
        left_out=left_out(members),
        notes=wording.notes(codes, language),
    )


def _chosen(row: MemberRow, currency: str) -> ChosenInfluencer:
    return ChosenInfluencer(
        influencer_id=ids.show("inf", row.id),
        name=row.name,
        account=cards.account(row),
        place=row.place or 0,
        cost=Money(row.cost or 0, currency),
        cost_basis=row.cost_basis or "given",
        tax_included=row.tax_included,
        marginal_reach=row.marginal or 0.0,
        cumulative_reach=row.cumulative or 0.0,
        cost_per_1000_unique=_money(row.cost_per_1000, currency),
        reach_rate_assumed=row.assumed,
    )


def left_out(members: Sequence[MemberRow]) -> list[LeftOutOfPlan]:
    """Who could not be in the plan; who opted out since is not named."""
    return [
        LeftOutOfPlan(ids.show("inf", each.id), each.reason)
        for each in members
        if each.reason is not None and (not each.opted_out or each.reason == "opted_out")
    ]


def _passed(row: MemberRow, currency: str) -> PassedOver:
    return PassedOver(ids.show("inf", row.id), row.name, cards.account(row), Money(row.cost or 0, currency))


def _money(amount: int | None, currency: str) -> Money | None:
    return None if amount is None else Money(amount, currency)


def _reached(found: Estimate, assumed: bool) -> ReachFigure:
    return ReachFigure(**msgspec.structs.asdict(figure(found)), assumed=assumed)


def _spread(found: Spread) -> SpreadFigure:
    return SpreadFigure(
        **msgspec.structs.asdict(figure(found.figure)),
        graph_id=ids.show("gra", found.graph_id),
        version=found.version,
        of=found.of,
        lower_bound=found.lower,
        confidence=found.confidence,
    )


def _frequency(totals: Totals) -> Frequency | None:
    found = totals.contacts
    if found is None:
        return None
    return Frequency(found.average, found.once, found.twice, found.thrice, found.impressions)
