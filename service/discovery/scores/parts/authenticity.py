"""Authenticity: the newest samples of followers, growth, and what stands out about rates and profiles."""

from collections.abc import Sequence
from uuid import UUID

from scoring import authenticity
from scoring.authenticity import Evidence
from scoring.levers import of_authenticity
from scoring.ratios import Ratios
from scoring.scores import Column
from scoring.whatif import Lever
from service.discovery.authenticity import store
from service.discovery.authenticity.columns import Stored, bounds, evidence
from service.discovery.scores.columns import Candidates
from service.discovery.scores.parts.base import Context, Part
from service.discovery.scores.schemas import Asked
from service.kit.db import Connection


class Authenticity(Part[Stored, Ratios, Evidence]):
    name = "authenticity"
    inputs_type = Evidence
    population_type = Ratios

    async def load(
        self, db: Connection, workspace_id: UUID, rows: Candidates, asked: Asked, *, known: bool
    ) -> Stored:
        """Profiles, samples and growth of the scored accounts: other accounts have other followers."""
        facts = await store.facts(db, workspace_id, rows.account_ids)
        return Stored(facts, [] if known else await store.ratios(db, workspace_id))

    def population(self, loaded: Stored, context: Context) -> Ratios:
        return bounds(loaded.ratios)

    def inputs(self, loaded: Stored, context: Context) -> Evidence:
        """The rate's place among the peers that engagement is held against is an input here."""
        peers = context.populations["engagement"]
        return evidence(loaded, context.rows.rates, peers, context.populations[self.name])

    def score(self, inputs: Evidence, population: Ratios) -> Column:
        return authenticity.score(inputs)

    def levers(self, inputs: Evidence, population: Ratios) -> Sequence[Lever]:
        return of_authenticity(inputs)
