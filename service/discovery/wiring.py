"""What the domain does when others' things change, and what its parts tell each other, for app.py."""

import msgspec

from service.discovery.briefs import actions as briefs
from service.discovery.computations import jobs as computation_jobs  # noqa: F401 - registers computing
from service.discovery.content import actions as content
from service.discovery.content import jobs as content_jobs  # noqa: F401 - registers reading
from service.discovery.content import vetoes as safety
from service.discovery.edges import following as edges
from service.discovery.edges import jobs as edges_jobs  # noqa: F401 - registers what follows changes
from service.discovery.edges.intake import EDGES
from service.discovery.edges.putting import put_edges
from service.discovery.forecasts import names as forecast_names  # noqa: F401 - registers what people read
from service.discovery.graphs import following as graphs
from service.discovery.index import actions as index
from service.discovery.index import jobs as index_jobs  # noqa: F401 - registers what runs by the clock
from service.discovery.models import jobs as model_jobs  # noqa: F401 - registers training
from service.discovery.models import names as model_names  # noqa: F401 - registers what people read
from service.discovery.outcomes import actions as outcomes
from service.discovery.outcomes import names as names  # registers what people read
from service.discovery.outcomes.rows import OUTCOMES
from service.discovery.plans import actions as plans
from service.discovery.plans import jobs as plan_jobs  # noqa: F401 - registers planning
from service.discovery.plans import names as plan_names  # noqa: F401 - registers what people read
from service.discovery.reach import names as reach_names  # noqa: F401 - registers what people read
from service.discovery.reach.answers import following as reach_answers
from service.discovery.reach.answers import jobs as reach_jobs  # noqa: F401 - registers computing
from service.discovery.scores import actions as scores
from service.discovery.scores import jobs as jobs  # registers what runs by the clock
from service.discovery.scores.vetoes import STRIKES
from service.discovery.search import extensions
from service.discovery.shortlists.items import actions as items
from service.imports import kinds
from service.influencers.events import (
    InfluencersChanged,
    InfluencersErased,
    InfluencersMerged,
    MergeUndone,
)
from service.kit import events


def subscribe() -> None:
    """Search tables, edges, briefs and lists follow the profiles; searches know scores, lists and outcomes.

    Outcomes need no event: a merge is followed when they are read, and an erasure takes them along.
    """
    events.subscribe(InfluencersChanged, index.follow_changes)
    events.subscribe(InfluencersMerged, index.follow_merges)
    events.subscribe(InfluencersMerged, briefs.follow_merge)
    events.subscribe(InfluencersMerged, items.follow_merge)
    events.subscribe(MergeUndone, index.follow_merges)
    events.subscribe(InfluencersErased, briefs.forget)
    events.subscribe(InfluencersMerged, plans.follow_merge)
    events.subscribe(MergeUndone, plans.follow_undo)
    events.subscribe(InfluencersErased, plans.forget)
    events.subscribe(InfluencersErased, reach_answers.forget)
    events.subscribe(InfluencersChanged, content.follow_changes)
    events.subscribe(InfluencersErased, content.forget)
    STRIKES[safety.VETO] = safety.strike
    events.subscribe(InfluencersChanged, edges.follow_changes)
    events.subscribe(InfluencersMerged, edges.follow_merges)
    events.subscribe(MergeUndone, edges.follow_merges)
    events.subscribe(InfluencersErased, edges.follow_erasure)
    events.subscribe(InfluencersErased, graphs.follow_erasure)
    extensions.provide_scores(scores.for_search)
    extensions.provide_filter("exclude_shortlists", items.for_search)
    extensions.provide_filter("worked_with", outcomes.for_search)
    STRIKES["competitor_exclusivity"] = outcomes.bound_to_competitors
    kinds.register(msgspec.structs.replace(OUTCOMES, apply=outcomes.take_in))
    kinds.register(msgspec.structs.replace(EDGES, apply=put_edges))
