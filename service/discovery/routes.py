"""All routes of the domain, for app.py."""

from service.discovery.briefs import routes as briefs
from service.discovery.computations import routes as computations
from service.discovery.computations.egos import routes as egos
from service.discovery.computations.groups import routes as groups
from service.discovery.computations.ranks import routes as ranks
from service.discovery.content import routes as content
from service.discovery.edges import routes as edges
from service.discovery.engagement import routes as engagement
from service.discovery.forecasts import routes as forecasts
from service.discovery.graphs import routes as graphs
from service.discovery.lookalikes import routes as lookalikes
from service.discovery.models import routes as models
from service.discovery.outcomes import routes as outcomes
from service.discovery.plans import routes as plans
from service.discovery.reach.overlaps import routes as overlaps
from service.discovery.reach.reached import routes as reached
from service.discovery.saved import routes as saved
from service.discovery.scores import routes as scores
from service.discovery.scores.history import routes as history
from service.discovery.scores.whatif import routes as whatif
from service.discovery.search import routes as search
from service.discovery.shortlists import routes as shortlists
from service.discovery.shortlists.bulk import routes as bulk
from service.discovery.shortlists.comparing import routes as comparing
from service.discovery.shortlists.items import routes as items
from service.discovery.shortlists.sharing import public_routes as shared
from service.discovery.shortlists.sharing import routes as sharing
from service.discovery.similarity import routes as similarity
from service.discovery.word_lists import routes as word_lists

ROUTES = [
    *search.ROUTES,
    *saved.ROUTES,
    *briefs.ROUTES,
    *scores.ROUTES,
    *edges.ROUTES,
    *graphs.ROUTES,
    *history.ROUTES,
    *whatif.ROUTES,
    *engagement.ROUTES,
    *similarity.ROUTES,
    *models.ROUTES,
    *outcomes.ROUTES,
    *shortlists.ROUTES,
    *items.ROUTES,
    *bulk.ROUTES,
    *comparing.ROUTES,
    *sharing.ROUTES,
    *shared.ROUTES,
    *content.ROUTES,
    *lookalikes.ROUTES,
    *plans.ROUTES,
    *forecasts.ROUTES,
    *overlaps.ROUTES,
    *reached.ROUTES,
    *word_lists.ROUTES,
    *computations.ROUTES,
    *ranks.ROUTES,
    *groups.ROUTES,
    *egos.ROUTES,
]
