"""Inputs of scores, read for all candidates at once: a few statements, however many there are."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from scoring import builtin
from scoring import peers as peer_groups
from scoring.peers import Peers
from scoring.ranking import Ranked, Ranking
from service.discovery.briefs.schemas import Wishes
from service.discovery.scores import columns, store
from service.discovery.scores.asked import ask
from service.discovery.scores.ranking import rank
from service.discovery.scores.schemas import Asked, Audiences, CodeRow
from service.kit.db import Connection
from service.kit.text import fold_tr


class Loaded(Struct, frozen=True):
    """Candidates as they are stored, in the order in which they were asked for."""

    rows: columns.Candidates
    audiences: list[Audiences]
    codes: list[CodeRow]

    def inputs(self, asked: Asked) -> columns.Inputs:
        """The columns; an expensive step for many candidates."""
        size = len(self.rows.keys)
        return columns.Inputs(
            keys=self.rows.keys,
            rates=self.rows.rates,
            audience=columns.shares_of(asked.audience, size, self.audiences, self.codes),
            vetoes=columns.vetoes(self.rows, asked.vetoed),
        )


class Ordered(Struct, frozen=True):
    """A ranking, beside the rows and peers that it was made of."""

    rows: columns.Candidates
    ranking: Ranking[UUID]
    peers: Peers

    def at(self, places: Mapping[UUID, int]) -> list[Ranked[UUID]]:
        """The candidates of some keys, at the places that they are given."""
        found = [(places[key], position) for position, key in enumerate(self.rows.keys) if key in places]
        return [self.ranking.at(position, place) for place, position in sorted(found)]

    def accounts(self) -> dict[UUID, UUID | None]:
        """Which account of each influencer was scored."""
        return dict(zip(self.rows.keys, self.rows.account_ids, strict=True))


async def asked_of(
    db: Connection, workspace_id: UUID, wishes: Wishes, platforms: Sequence[str] = ()
) -> Asked:
    """What a brief asks for, with the audience of its personas where it leaves that open."""
    rows = await store.personas_of(db, workspace_id, wishes.persona_ids) if wishes.persona_ids else []
    return ask(wishes, [row.demographics for row in rows], platforms)


async def ordered(
    db: Connection,
    workspace_id: UUID,
    asked: Asked,
    influencer_ids: list[UUID],
    as_of: datetime,
    *,
    peers: Peers | None = None,
    all_of_them: bool = False,
) -> Ordered:
    """Ranks influencers by what is known of them now; `peers` of an older run, else those of the catalogue.

    Who was archived or merged, and who opted out, is left out, unless `all_of_them` are asked for.
    """
    await store.take_memory(db)
    loaded = await _load(db, workspace_id, asked, influencer_ids, all_of_them)
    among = peers or await catalogue_peers(db, workspace_id)

    def decide() -> Ordered:
        return Ordered(loaded.rows, rank(loaded.inputs(asked), among, asked, as_of), among)

    return await asyncio.to_thread(decide)


async def catalogue_peers(db: Connection, workspace_id: UUID) -> Peers:
    """What the workspace's accounts reach, by platform and base; the built-in table where they are few."""
    members = await store.catalogue(db, workspace_id)
    return await asyncio.to_thread(
        lambda: peer_groups.fit(columns.rates_of(members), cold_start=builtin.peers())
    )


async def _load(
    db: Connection, workspace_id: UUID, asked: Asked, influencer_ids: list[UUID], all_of_them: bool
) -> Loaded:
    spelt = await store.categories(db, workspace_id) if asked.vetoed_categories else []
    excluded = [name for name in spelt if fold_tr(name) in asked.vetoed_categories]
    groups = await store.candidates(db, workspace_id, influencer_ids, asked.platforms, excluded, all_of_them)
    rows = await asyncio.to_thread(columns.Candidates.of, groups)
    if not asked.audience:
        return Loaded(rows, [], [])
    audiences = await _audiences(db, workspace_id, rows)
    return Loaded(rows, audiences, await store.codes(db, workspace_id, list(asked.audience)))


async def _audiences(db: Connection, workspace_id: UUID, rows: columns.Candidates) -> list[Audiences]:
    """The scored accounts' audiences, and where there is none, those of the influencers' other accounts.

    In two steps, because most have their own and a sort of all costs as much as the rest.
    """
    own = await store.audiences(db, workspace_id, rows.account_ids)
    having = set(own.places)
    missing = [None if place in having else key for place, key in enumerate(rows.keys, 1)]
    return [own, await store.other_audiences(db, workspace_id, missing)]
