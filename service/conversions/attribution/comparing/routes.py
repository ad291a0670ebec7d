"""GET /v1/attribution/compare."""

from datetime import date
from typing import Annotated

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.conversions.attribution.comparing import asking, keeping, show
from service.conversions.attribution.comparing.schemas import Basis, ModelComparison
from service.conversions.problems import ComparisonFailed
from service.discovery.computations.asking import accepted
from service.discovery.computations.routes import STARTED
from service.kit import clock, ids
from service.kit.db import Connection
from service.kit.jobs import Job
from service.kit.problems import InvalidInput, NotFound
from service.links.stats.grouping import DEFAULT_ZONE
from service.programs.reading import payees

Reader = Annotated[Caller, May("conversions:read")]
First = Annotated[date | None, QueryParameter(name="from", description="first day; else 30 days")]
Last = Annotated[date | None, QueryParameter(name="to", description="last day, included; else today")]
Zone = Annotated[str, QueryParameter(name="tz", max_length=64, description="IANA time zone of the days")]
OfCampaign = Annotated[
    str | None,
    QueryParameter(max_length=40, description="conversions that a touch of this campaign led to"),
]
Models = Annotated[
    str | None, QueryParameter(max_length=100, description="with commas; left out: all that there are")
]
OfBasis = Annotated[
    Basis,
    QueryParameter(description="what is shared out, without refunds: the net base, or what was paid"),
]
Window = Annotated[
    int | None, QueryParameter(ge=1, le=365, description="days that clicks count; else each program's")
]
Most = Annotated[int, QueryParameter(ge=1, le=1000, description="partners of a currency; the rest is summed")]


@get(
    "/v1/attribution/compare",
    tags=["conversions"],
    responses=STARTED,
    raises=[InvalidInput, NotFound, ComparisonFailed],
)
async def compare_models(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    first: First = None,
    last: Last = None,
    tz: Zone = DEFAULT_ZONE,
    campaign_id: OfCampaign = None,
    models: Models = None,
    basis: OfBasis = "net",
    window_days: Window = None,
    limit: Most = 100,
) -> Response[ModelComparison]:
    """What every attribution model would credit each partner with, over the same conversions.

    All models share out the same total, to the minor unit. What is paid is decided by a program's payout
    model; these are reports. Counted are confirmed conversions without test orders, by when they occurred.

    202: of more than some ten thousand conversions a job computes it; the same request answers 200 as soon
    as it has ended, and for ten minutes.
    """
    campaign = None if campaign_id is None else ids.read("cmp", campaign_id)
    now = await clock.now(db)
    asked = asking.question(first, last, tz, now, campaign, models, basis, window_days)
    found = await keeping.answer(db, caller.workspace_id, asked)
    if isinstance(found, Job):
        return accepted(found)
    who = await payees(db, caller.workspace_id, show.shown(found.figures, limit))
    names = {asked_for: payee.name for asked_for, payee in who.items()}
    return Response(show.comparison(asked, found.figures, found.computed_at, names, limit))


ROUTES: list[ControllerRouterHandler] = [compare_models]
