"""Inputs of scores, read for all candidates at once: a few statements, however many there are."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from scoring.ranking import Ranked, Ranking
from service.discovery.briefs.schemas import BriefRow
from service.discovery.models.loading import InForce, circumstances, in_force
from service.discovery.models.ranker import CIRCUMSTANCES, Circumstances, Ranker
from service.discovery.scores import columns, store
from service.discovery.scores.asked import ask
from service.discovery.scores.parts import PARTS
from service.discovery.scores.parts.base import Context
from service.discovery.scores.ranking import rank
from service.discovery.scores.schemas import Asked, Populations
from service.discovery.scores.vetoes import struck_by_others, vetoes
from service.kit.db import Connection
from service.kit.text import fold_tr


class Loaded(Struct, frozen=True):
    """Candidates in the order in which they were asked for, what is stored of them, and who is struck.

    `around`: what a learned fit asks for beside the scores; None where nothing that has learned ranks.
    """

    rows: columns.Candidates
    stored: dict[str, Any]
    struck: dict[str, Collection[UUID]]
    around: Circumstances | None


class Ordered(Struct, frozen=True):
    """A ranking, beside the rows, the inputs by part and the populations that it was made of.

    `shadow`: the ranking of a model that only watches.
    """

    rows: columns.Candidates
    ranking: Ranking[UUID]
    inputs: dict[str, Any]
    populations: dict[str, Any]
    shadow: Ranking[UUID] | None = None

    def at(self, places: Mapping[UUID, int]) -> list[Ranked[UUID]]:
        """The candidates of some keys, at the places that they are given."""
        found = [(places[key], position) for position, key in enumerate(self.rows.keys) if key in places]
        return [self.ranking.at(position, place) for place, position in sorted(found)]

    def accounts(self) -> dict[UUID, UUID | None]:
        """Which account of each influencer was scored."""
        return dict(zip(self.rows.keys, self.rows.account_ids, strict=True))


async def asked_of(
    db: Connection, workspace_id: UUID, brief: BriefRow, platforms: Sequence[str] = ()
) -> Asked:
    """What a brief asks for, with the audience of its personas where it leaves that open."""
    ids = brief.wishes.persona_ids
    rows = await store.personas_of(db, workspace_id, ids) if ids else []
    return ask(brief.wishes, [row.demographics for row in rows], platforms, brief.brand_id)


async def ordered(
    db: Connection,
    workspace_id: UUID,
    asked: Asked,
    influencer_ids: list[UUID],
    as_of: datetime,
    *,
    populations: Populations | None = None,
    all_of_them: bool = False,
    ranker: Ranker | None = None,
) -> Ordered:
    """Ranks influencers by what is known of them now; `populations` of an older run, else those of now.

    By a `ranker` of an older run; else by the one in force, with the shadow beside it. Raises ModelRefused.

    Who was archived or merged, and who opted out, is left out, unless `all_of_them` are asked for.
    """
    known = read_populations(populations or {})
    rankers = await in_force(db, workspace_id) if ranker is None else InForce(ranker, None)
    await store.take_memory(db)
    loaded = await _load(db, workspace_id, asked, influencer_ids, all_of_them, known)
    if rankers.shadow or rankers.ranker.learned:
        around = await circumstances(db, workspace_id, loaded.rows, as_of)
        loaded = msgspec.structs.replace(loaded, around=around)
    return await asyncio.to_thread(_decide, loaded, asked, as_of, known, rankers)


def read_populations(stored: Populations) -> dict[str, Any]:
    """Populations as a run has stored them; those of parts that are no more are left out."""
    return {
        part.name: msgspec.convert(stored[part.name], part.population_type)
        for part in PARTS
        if part.population_type is not None and part.name in stored
    }


def _decide(
    loaded: Loaded, asked: Asked, as_of: datetime, known: Mapping[str, Any], rankers: InForce
) -> Ordered:
    populations = dict(known)
    context = Context(loaded.rows, asked, as_of, populations)
    inputs: dict[str, Any] = {} if loaded.around is None else {CIRCUMSTANCES: loaded.around}
    for part in PARTS:
        stored = loaded.stored[part.name]
        if part.population_type is not None and part.name not in populations:
            populations[part.name] = part.population(stored, context)
        inputs[part.name] = part.inputs(stored, context)
    struck = vetoes(loaded.rows, asked, loaded.struck)

    def ranked(ranker: Ranker) -> Ranking[UUID]:
        return rank(loaded.rows.keys, inputs, populations, struck, asked, as_of, ranker)

    shadow = None if rankers.shadow is None else ranked(rankers.shadow)
    return Ordered(loaded.rows, ranked(rankers.ranker), inputs, populations, shadow)


async def _load(
    db: Connection,
    workspace_id: UUID,
    asked: Asked,
    influencer_ids: list[UUID],
    all_of_them: bool,
    known: Mapping[str, Any],
) -> Loaded:
    spelt = await store.categories(db, workspace_id) if asked.vetoed_categories else []
    excluded = [name for name in spelt if fold_tr(name) in asked.vetoed_categories]
    groups = await store.candidates(db, workspace_id, influencer_ids, asked.platforms, excluded, all_of_them)
    rows = await asyncio.to_thread(columns.Candidates.of, groups)
    stored = {
        part.name: await part.load(db, workspace_id, rows, asked, known=part.name in known) for part in PARTS
    }
    return Loaded(rows, stored, await struck_by_others(db, workspace_id, asked, rows.keys), None)
