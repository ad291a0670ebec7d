"""What the domain's constraints mean, and its problems' titles in Turkish, for app.py."""

from service.discovery.briefs import problems as briefs
from service.discovery.computations import problems as computations
from service.discovery.content import problems as content
from service.discovery.forecasts import problems as forecasts
from service.discovery.graphs import problems as graphs
from service.discovery.lookalikes import problems as lookalikes
from service.discovery.models import problems as models
from service.discovery.outcomes import problems as outcomes
from service.discovery.plans import problems as plans
from service.discovery.reach import problems as reach
from service.discovery.scores import problems as scores
from service.discovery.scores.history import problems as history
from service.discovery.search import problems as search
from service.discovery.shortlists import problems as shortlists
from service.kit.problems import Problem

CONSTRAINTS: dict[str, type[Problem]] = {
    **search.CONSTRAINTS,
    **briefs.CONSTRAINTS,
    **scores.CONSTRAINTS,
    **models.CONSTRAINTS,
    **outcomes.CONSTRAINTS,
    **shortlists.CONSTRAINTS,
    **content.CONSTRAINTS,
    **computations.CONSTRAINTS,
    **lookalikes.CONSTRAINTS,
    **plans.CONSTRAINTS,
    **graphs.CONSTRAINTS,
}
TURKISH = {
    **search.TURKISH,
    **briefs.TURKISH,
    **scores.TURKISH,
    **history.TURKISH,
    **shortlists.TURKISH,
    **content.TURKISH,
    **computations.TURKISH,
    **lookalikes.TURKISH,
    **plans.TURKISH,
    **forecasts.TURKISH,
    **graphs.TURKISH,
    **models.TURKISH,
    **outcomes.TURKISH,
    **reach.TURKISH,
}
