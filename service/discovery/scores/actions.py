"""Ranking: a new run, a later page of one, and some influencers beside any run."""

from collections.abc import Sequence
from datetime import datetime
from math import isnan
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from scoring.model import COLD_START, WEIGHTS
from scoring.ranking import Ranked
from scoring.scores import Column
from service.discovery.briefs.schemas import BriefRow
from service.discovery.briefs.store import get_brief
from service.discovery.models.loading import of_version
from service.discovery.scores import store
from service.discovery.scores.history import store as history
from service.discovery.scores.history.actions import keep
from service.discovery.scores.loading import Ordered, asked_of, ordered
from service.discovery.scores.parts import PARTS
from service.discovery.scores.problems import RunEnded, TooManyCandidates
from service.discovery.scores.schemas import Asked, Populations
from service.discovery.search.actions import candidates
from service.discovery.search.extensions import Scored
from service.discovery.search.filters import Filters
from service.kit import clock, ids
from service.kit.db import Connection, Database

# 100,000 take some seconds; a ranking of many more would outlast the patience of whoever asks.
MOST_CANDIDATES = 300_000

# Where a page starts: the run, and how many candidates stand before it.
Start = tuple[UUID, Annotated[int, Meta(ge=0, le=MOST_CANDIDATES)]]


class Part(Struct, frozen=True):
    """A part of a run, ranked: what a page is made of. `end` counts the candidates up to its end."""

    run_id: UUID
    brief_version: int
    as_of: datetime
    total: int
    scored: int
    end: int
    asked: Asked
    made: Ordered
    ranked: list[Ranked[UUID]]
    shadow_version: str | None
    shadow: dict[UUID, float | None]


async def new_run(
    database: Database, db: Connection, workspace_id: UUID, brief: BriefRow, filters: Filters, limit: int
) -> Part:
    """Ranks everybody whom the filters let through and keeps the order. Raises TooManyCandidates.

    Where the filters name no platform, the brief's platforms are meant.
    """
    if filters.platform is None and brief.wishes.platforms:
        filters = msgspec.structs.replace(filters, platform=brief.wishes.platforms)
    found = (await candidates(database, db, workspace_id, filters)).influencer_ids
    if len(found) > MOST_CANDIDATES:
        raise TooManyCandidates(f"at most {MOST_CANDIDATES:,} can be ranked at once; narrow the filters")
    asked = await asked_of(db, workspace_id, brief, filters.platform or ())
    made = await ordered(db, workspace_id, asked, found, await clock.now(db))
    run_id, scored = await _keep(db, workspace_id, brief, filters, asked, made)
    ranking = made.ranking
    page = ranking.page(0, limit)
    await keep(db, workspace_id, run_id, made, page, ranking.as_of)
    total = len(ranking.keys)
    return Part(
        run_id,
        brief.version,
        ranking.as_of,
        total,
        scored,
        len(page),
        asked,
        made,
        page,
        None if made.shadow is None else made.shadow.model.version,
        dict(zip([one.key for one in page], _shadow(made)[:limit], strict=bool(made.shadow))),
    )


async def _keep(
    db: Connection, workspace_id: UUID, brief: BriefRow, filters: Filters, asked: Asked, made: Ordered
) -> tuple[UUID, int]:
    """The id of the new run, and how many candidates have a fit."""
    ranking = made.ranking
    run_id, scored = ids.new(), int((ranking.fit.reason == 0).sum())
    await history.add_context(
        db,
        workspace_id,
        run_id,
        brief.id,
        brief.version,
        asked,
        {part.name: made.populations[part.name] for part in PARTS if part.scores_by_population},
        ranking.model.version,
        ranking.as_of,
    )
    await store.add_run(
        db,
        workspace_id,
        run_id,
        brief.id,
        brief.version,
        asked,
        filters,
        made.populations,
        ranking.model.version,
        [ranking.keys[place] for place in ranking.order.tolist()],
        scored,
        ranking.as_of,
        None if made.shadow is None else made.shadow.model.version,
        _shadow(made),
    )
    return run_id, scored


def _shadow(made: Ordered) -> list[float | None]:
    """The fits by the model that watches, in the order of the run."""
    if made.shadow is None:
        return []
    fits = _values(made.shadow.fit)
    return [fits[place] for place in made.ranking.order.tolist()]


async def part_of_run(db: Connection, workspace_id: UUID, brief_id: UUID, start: Start, limit: int) -> Part:
    """A page of a run: its order, its model and its populations, the figures of now.

    Raises UnknownRun, RunEnded, ModelRefused.
    """
    run_id, offset = start
    run = await store.get_run(db, workspace_id, brief_id, run_id, offset, limit)
    ranker = await of_version(db, workspace_id, run.model_version)
    if ranker is None:
        raise RunEnded("the model has changed since; ask for the first page again")
    now = await clock.now(db)
    made = await ordered(
        db, workspace_id, run.asked, run.part, now, populations=run.populations, ranker=ranker
    )
    ranked = made.at({key: offset + at for at, key in enumerate(run.part, 1)})
    await keep(db, workspace_id, run_id, made, ranked, now)
    return Part(
        run_id,
        run.brief_version,
        run.as_of,
        run.total,
        run.scored,
        offset + len(run.part),
        run.asked,
        made,
        ranked,
        run.shadow_version,
        dict(zip(run.part, run.shadow, strict=bool(run.shadow))),
    )


async def some(
    db: Connection, workspace_id: UUID, brief: BriefRow, influencer_ids: Sequence[UUID]
) -> tuple[Asked, Ordered]:
    """Some influencers ranked among themselves for a brief, also those who are archived or opted out."""
    asked = await asked_of(db, workspace_id, brief)
    among = await among_candidates(db, workspace_id, brief)
    now = await clock.now(db)
    made = await ordered(
        db, workspace_id, asked, list(influencer_ids), now, populations=among, all_of_them=True
    )
    return asked, made


async def among_candidates(db: Connection, workspace_id: UUID, brief: BriefRow) -> Populations:
    """What only all candidates of a brief can say, by its newest run: a few would be their own peers."""
    found = await store.newest_populations(db, workspace_id, brief.id, brief.version, COLD_START.version)
    known = {part.name for part in PARTS if part.among_candidates}
    return {name: value for name, value in (found or {}).items() if name in known}


async def for_search(
    db: Connection, workspace_id: UUID, brief_id: UUID, influencer_ids: Sequence[UUID]
) -> Scored:
    """What a search orders and filters by: fit and scores of influencers. Raises UnknownBrief."""
    brief = await get_brief(db, workspace_id, brief_id)
    asked = await asked_of(db, workspace_id, brief)
    made = await ordered(db, workspace_id, asked, list(influencer_ids), await clock.now(db))
    columns = {"fit": made.ranking.fit, **made.ranking.columns}
    unknown: list[float | None] = [None] * len(made.rows.keys)
    known = {name: _values(column) for name, column in columns.items()}
    return Scored(made.rows.keys, dict.fromkeys(WEIGHTS, unknown) | known)


def _values(column: Column) -> list[float | None]:
    return [None if isnan(value) else value for value in column.score.tolist()]
