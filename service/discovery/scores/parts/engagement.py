"""Engagement: the scored accounts' rates, held against the workspace's accounts."""

from collections.abc import Sequence
from uuid import UUID

from scoring import builtin, engagement
from scoring import peers as peer_groups
from scoring.levers import of_engagement
from scoring.peers import Peers
from scoring.rates import Rates
from scoring.scores import Column
from scoring.whatif import Lever
from service.discovery.scores import store
from service.discovery.scores.columns import Candidates, rates_of
from service.discovery.scores.parts.base import Context, Part
from service.discovery.scores.schemas import Asked, PeerGroup
from service.kit.db import Connection


class Engagement(Part[Sequence[PeerGroup], Peers, Rates]):
    name = "engagement"
    inputs_type = Rates
    population_type = Peers
    scores_by_population = True

    async def load(
        self, db: Connection, workspace_id: UUID, rows: Candidates, asked: Asked, *, known: bool
    ) -> Sequence[PeerGroup]:
        """The catalogue; the candidates' own rates came with them."""
        return [] if known else await store.catalogue(db, workspace_id)

    def population(self, loaded: Sequence[PeerGroup], context: Context) -> Peers:
        """What the workspace's accounts reach; the built-in table where they are few."""
        return peer_groups.fit(rates_of(loaded), cold_start=builtin.peers())

    def inputs(self, loaded: Sequence[PeerGroup], context: Context) -> Rates:
        return context.rows.rates

    def score(self, inputs: Rates, population: Peers) -> Column:
        return engagement.score(inputs, population)

    def levers(self, inputs: Rates, population: Peers) -> Sequence[Lever]:
        return of_engagement(inputs, population)
