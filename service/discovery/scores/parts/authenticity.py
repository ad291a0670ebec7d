"""Authenticity: what samples of followers and growth say."""

from uuid import UUID

import numpy as np

from scoring.arrays import Integers
from scoring.scores import Column
from service.discovery.scores.columns import Candidates
from service.discovery.scores.parts.base import Context, Part
from service.discovery.scores.schemas import Asked
from service.kit.db import Connection


class Authenticity(Part[None, None, Integers]):
    name = "authenticity"
    inputs_type = Integers

    async def load(
        self, db: Connection, workspace_id: UUID, rows: Candidates, asked: Asked, *, known: bool
    ) -> None:
        return None

    def inputs(self, loaded: None, context: Context) -> Integers:
        return np.arange(context.size)

    def score(self, inputs: Integers, population: None) -> Column:
        return Column.empty(len(inputs), "no_signals")
