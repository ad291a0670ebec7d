"""Content fit: what influencers say, held against the brief's words, placed among the candidates."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

import numpy as np

from scoring.arrays import Flags, Floats
from scoring.content import fit, population
from scoring.content.likeness import likeness
from scoring.content.population import Inputs, Population
from scoring.content.space import Space, Vectors
from scoring.content.text import Document
from scoring.scores import Column
from service.discovery.content import brief, spaces, store
from service.discovery.content.schemas import VectorRows
from service.discovery.scores.columns import Candidates
from service.discovery.scores.parts.base import Context, Part
from service.discovery.scores.schemas import Asked
from service.kit.db import Connection


@dataclass(frozen=True)
class Loaded:
    """The brief, the space, and stored vectors: of the candidates, and of everybody where one is alone."""

    document: Document
    space: Space | None
    rows: VectorRows
    catalogue: bytes | None
    size: int

    @cached_property
    def wanted(self) -> Vectors | None:
        """The brief in the space."""
        return self.space.project([self.document]) if self.space and self.document.text else None

    @cached_property
    def alike(self) -> Mapping[str, Floats]:
        """How alike the candidates are."""
        if self.wanted is None or self.space is None:
            return {}
        places = np.array(self.rows.places, dtype=np.int64) - 1
        found = likeness(self.wanted, self.space.decode(self.rows.vectors, len(places)))
        made = {name: np.full(self.size, np.nan) for name in found}
        for name, values in found.items():
            made[name][places] = values
        return made

    @cached_property
    def indexed(self) -> Flags:
        """Whose texts were read."""
        made = np.zeros(self.size, dtype=np.bool_)
        made[np.array(self.rows.places, dtype=np.int64) - 1] = True
        return made

    def among(self) -> Mapping[str, Floats]:
        """How alike those are whom the candidates are held against."""
        if self.catalogue is None or self.wanted is None or self.space is None:
            return self.alike
        return likeness(self.wanted, self.space.decode(self.catalogue))


class Content(Part[Loaded, Population, Inputs]):
    """One influencer alone, for whom no run says more, is held against the workspace's catalogue."""

    name = "content"
    inputs_type = Inputs
    population_type = Population
    among_candidates = True

    async def load(
        self, db: Connection, workspace_id: UUID, rows: Candidates, asked: Asked, *, known: bool
    ) -> Loaded:
        document = await brief.document_of(db, workspace_id, asked)
        found = await spaces.usable(db, workspace_id) if document.text else None
        size = len(rows.keys)
        if found is None:
            return Loaded(document, None, VectorRows([], b""), None, size)
        space_id = found[0].id
        alone = size == 1 and not known
        return Loaded(
            document,
            found[1],
            await store.vectors(db, workspace_id, space_id, rows.keys),
            await store.all_vectors(db, workspace_id, space_id) if alone else None,
            size,
        )

    def population(self, loaded: Loaded, context: Context) -> Population:
        return population.fit(loaded.among())

    def inputs(self, loaded: Loaded, context: Context) -> Inputs:
        among = context.populations[self.name]
        return population.place(loaded.alike, among, loaded.indexed, asked=bool(loaded.document.text))

    def score(self, inputs: Inputs, population: Population) -> Column:
        return fit.score(inputs)
