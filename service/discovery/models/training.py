"""From stored collaborations to what scoring/learning trains on."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import numpy as np

from scoring import fit
from scoring.arrays import Floats, factorise, floats
from scoring.learning.features import FEATURES, SCORES, Features
from scoring.learning.outcomes import Outcomes, per_cost
from scoring.model import COLD_START
from scoring.scores import CODE, Column
from service.accounts.workspaces.schemas import WorkspaceRow
from service.discovery.briefs.schemas import Wishes
from service.discovery.briefs.store import get_brief
from service.discovery.models import store
from service.discovery.models.loading import tiers_of
from service.discovery.models.ranker import COLD
from service.discovery.models.schemas import PastRow, TrainingRow
from service.discovery.scores.actions import among_candidates
from service.discovery.scores.asked import ask
from service.discovery.scores.loading import asked_of, ordered
from service.discovery.scores.schemas import Asked, Populations
from service.kit.db import Connection

Scores = dict[str, float]


@dataclass(frozen=True, slots=True)
class Material:
    """What a model is trained on: a row a collaboration. dated: see scoring.learning.card.Card."""

    features: Features
    outcomes: Outcomes
    cold_start: Floats
    dated: dict[str, float]


async def material(db: Connection, workspace: WorkspaceRow, now: datetime) -> Material:
    """Everything that can be learned from.

    Scores are those that a run had shown before the collaboration ended; where there was none, those of now,
    by the brief of the brand. Followers and prices are of the day.
    """
    rows = await store.learnable(db, workspace.id, workspace.currency)
    past = await store.past_scores(
        db,
        workspace.id,
        [row.influencer_id for row in rows],
        [row.brief_id for row in rows],
        [row.finished_at for row in rows],
    )
    present, weights = await _present(db, workspace.id, rows, now)
    scores = _scores(rows, {row.n - 1: row for row in past}, present)
    return Material(
        features=_features(rows, scores, workspace),
        outcomes=_outcomes(rows),
        cold_start=_cold_start(rows, scores, weights, now),
        dated=_dated(len(rows), len(past)),
    )


Group = tuple[UUID | None, str | None]


async def _present(
    db: Connection, workspace_id: UUID, rows: Sequence[TrainingRow], now: datetime
) -> tuple[dict[tuple[Group, UUID], Scores], dict[UUID | None, dict[str, float]]]:
    """The scores of now by brief, platform and influencer; each brief's own weights."""
    wanted: dict[Group, set[UUID]] = defaultdict(set)
    for row in rows:
        wanted[row.brief_id, row.platform].add(row.influencer_id)
    found: dict[tuple[Group, UUID], Scores] = {}
    weights: dict[UUID | None, dict[str, float]] = {}
    for group, influencers in wanted.items():
        asked, among = await _asked(db, workspace_id, group)
        made = await ordered(
            db,
            workspace_id,
            asked,
            sorted(influencers),
            now,
            populations=among,
            all_of_them=True,
            ranker=COLD,
        )
        weights[group[0]] = asked.weights
        columns = made.ranking.columns
        for position, key in enumerate(made.rows.keys):
            found[group, key] = {name: float(columns[name].score[position]) for name in SCORES}
    return found, weights


async def _asked(db: Connection, workspace_id: UUID, group: Group) -> tuple[Asked, Populations]:
    """What a group is scored against; without a brief nothing is asked of content and audience."""
    brief_id, platform = group
    platforms = [platform] if platform else []
    if brief_id is None:
        return ask(Wishes(), platforms=platforms), {}
    brief = await get_brief(db, workspace_id, brief_id)
    asked = await asked_of(db, workspace_id, brief, platforms)
    # The account that worked is scored, whatever platforms the brief names.
    asked = Asked(
        **{**{name: getattr(asked, name) for name in asked.__struct_fields__}, "platforms": platforms}
    )
    return asked, await among_candidates(db, workspace_id, brief)


def _scores(
    rows: Sequence[TrainingRow], past: Mapping[int, PastRow], present: Mapping[tuple[Group, UUID], Scores]
) -> Floats:
    """float64[N, 5]."""
    unknown: Scores = {}
    table: list[list[float | None]] = []
    for at, row in enumerate(rows):
        if (then := past.get(at)) is not None:
            table.append([getattr(then, name) for name in SCORES])
        else:
            now = present.get(((row.brief_id, row.platform), row.influencer_id), unknown)
            table.append([now.get(name) for name in SCORES])
    return np.array(table, dtype=np.float64).reshape(-1, len(SCORES))


def _features(rows: Sequence[TrainingRow], scores: Floats, workspace: WorkspaceRow) -> Features:
    prices = [_price(row, workspace.currency) for row in rows]
    followers = [row.followers for row in rows]
    return Features(
        scores=scores,
        price=floats(prices) if rows else np.zeros(0),
        platform=[row.platform for row in rows],
        tier=tiers_of(floats(followers), workspace.tiers).tolist() if rows else [],
        format=[row.format for row in rows],
    )


def _price(row: TrainingRow, currency: str) -> int | None:
    """What was asked, in the workspace's currency: there are no rates to convert others by."""
    if row.price is not None and row.currency == currency:
        return row.price
    if row.rate is not None:
        return row.rate
    return row.cost if row.currency == currency else None


def _outcomes(rows: Sequence[TrainingRow]) -> Outcomes:
    people, _ = factorise((row.influencer_id for row in rows), len(rows))
    counts = [row.engagements if row.conversions is None else row.conversions for row in rows]
    costs = [row.price if row.cost is None else row.cost for row in rows]
    kinds = [f"{'engagements' if row.conversions is None else 'conversions'} {row.currency}" for row in rows]
    return Outcomes(
        influencer=people,
        at=np.array([row.finished_at.timestamp() for row in rows], dtype=np.float64),
        kind=kinds,
        platform=[row.platform for row in rows],
        format=[row.format for row in rows],
        value=per_cost(floats(counts), floats(costs)) if rows else np.zeros(0),
    )


def _cold_start(
    rows: Sequence[TrainingRow],
    scores: Floats,
    weights: Mapping[UUID | None, Mapping[str, float]],
    now: datetime,
) -> Floats:
    """The weighted fit of each row, by its brief's weights, with the cap: what the cold start ranks by."""
    found = np.full(len(rows), np.nan)
    by_brief: dict[UUID | None, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        by_brief[row.brief_id].append(at)
    for brief_id, places in by_brief.items():
        columns = {name: _column(scores[places, at]) for at, name in enumerate(SCORES)}
        ranking = fit.rank(places, columns, as_of=now, weights=weights[brief_id], model=COLD_START)
        found[places] = ranking.fit.score
    return found


def _column(score: Floats) -> Column:
    known = np.isfinite(score)
    reason = np.where(known, 0, CODE["not_computed"]).astype(np.int8)
    return Column(score, known.astype(np.float64), reason, lambda position: ())


def _dated(rows: int, past: int) -> dict[str, float]:
    """Of each feature the share of rows whose value is of the collaboration's date."""
    share = round(past / rows, 4) if rows else 0.0
    return {name: share if name in SCORES else 1.0 for name in FEATURES}
