"""The one way from inputs to a ranking: a page, an influencer, a shortlist and a search all go through it."""

from datetime import datetime
from uuid import UUID

from scoring import audience, engagement, fit
from scoring.model import COLD_START
from scoring.peers import Peers
from scoring.ranking import Ranking
from service.discovery.scores.columns import Inputs
from service.discovery.scores.schemas import Asked

MODEL = COLD_START


def rank(inputs: Inputs, peers: Peers, asked: Asked, as_of: datetime) -> Ranking[UUID]:
    """All candidates at once; terms are made for those that are shown."""
    size = len(inputs.keys)
    columns = {
        "engagement": engagement.score(inputs.rates, peers),
        "audience": audience.score(inputs.audience, size=size, mode=asked.mode),
    }
    return fit.rank(
        inputs.keys, columns, as_of=as_of, weights=asked.weights, vetoes=inputs.vetoes, model=MODEL
    )
