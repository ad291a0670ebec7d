"""Audience match: the newest distributions of the candidates, held against the shares that are wanted."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from scoring import audience
from scoring.arrays import Integers
from scoring.audience import Shares
from scoring.levers import of_audience
from scoring.scores import Column
from scoring.whatif import Lever
from service.discovery.scores import store
from service.discovery.scores.columns import Candidates, shares_of
from service.discovery.scores.parts.base import Context, Part
from service.discovery.scores.schemas import Asked, Audiences, CodeRow
from service.kit.db import Connection


@dataclass(frozen=True, slots=True)
class Loaded:
    """Distributions as they are stored, and the numbers of their codes."""

    audiences: list[Audiences]
    codes: list[CodeRow]


@dataclass(frozen=True, slots=True)
class Inputs:
    """The wanted dimensions; `position` counts the candidates also where none is wanted."""

    position: Integers
    dimensions: list[Shares]
    mode: str


class Audience(Part[Loaded, None, Inputs]):
    name = "audience"
    inputs_type = Inputs

    async def load(
        self, db: Connection, workspace_id: UUID, rows: Candidates, asked: Asked, *, known: bool
    ) -> Loaded:
        """The scored accounts' audiences, and where there is none, those of the influencers' other accounts.

        In two steps, because most have their own and a sort of all costs as much as the rest.
        """
        if not asked.audience:
            return Loaded([], [])
        own = await store.audiences(db, workspace_id, rows.account_ids)
        having = set(own.places)
        missing = [None if place in having else key for place, key in enumerate(rows.keys, 1)]
        others = await store.other_audiences(db, workspace_id, missing)
        return Loaded([own, others], await store.codes(db, workspace_id, list(asked.audience)))

    def inputs(self, loaded: Loaded, context: Context) -> Inputs:
        wanted, size = context.asked.audience, context.size
        shares = shares_of(wanted, size, loaded.audiences, loaded.codes)
        return Inputs(np.arange(size), shares, context.asked.mode)

    def score(self, inputs: Inputs, population: None) -> Column:
        return audience.score(inputs.dimensions, size=len(inputs.position), mode=inputs.mode)

    def levers(self, inputs: Inputs, population: None) -> Sequence[Lever]:
        return of_audience(inputs.dimensions, inputs.mode)
