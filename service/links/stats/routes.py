"""GET /v1/links/{id}/stats, /v1/links/stats, /v1/links/{id}/live."""

from datetime import date
from typing import Annotated, Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import ServerSentEvent
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.kit import ids, sse
from service.kit.db import Connection
from service.kit.problems import InvalidInput
from service.links.problems import UnknownLink
from service.links.stats import actions, store
from service.links.stats.grouping import DEFAULT_ZONE, zone_of
from service.links.stats.schemas import OfLinks, Stats
from service.programs.problems import UnknownPartner

Reader = Annotated[Caller, May("links:read")]
GroupBy = Annotated[
    str,
    QueryParameter(
        name="group_by",
        max_length=100,
        description="day or hour, and one of country, device, browser, in_app, referrer, platform, target,"
        " sub1; also `link` over several links",
    ),
]
First = Annotated[date | None, QueryParameter(name="from", description="first day; else 30 days")]
Last = Annotated[date | None, QueryParameter(name="to", description="last day, included; else today")]
Zone = Annotated[str, QueryParameter(name="tz", max_length=64, description="IANA time zone of the days")]
Most = Annotated[
    int, QueryParameter(ge=1, le=1000, description="values with the most clicks; the rest is summed")
]
OfPartner = Annotated[str | None, QueryParameter(max_length=40, description="clicks of this partner's links")]
OfCampaign = Annotated[
    str | None, QueryParameter(max_length=40, description="clicks of this campaign's links")
]


@get("/v1/links/{link_id:str}/stats", tags=["links"], raises=[UnknownLink, InvalidInput])
async def get_link_stats(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    link_id: FromPath[str],
    group_by: GroupBy = "day",
    first: First = None,
    last: Last = None,
    tz: Zone = DEFAULT_ZONE,
    limit: Most = 100,
) -> Stats:
    """A link's clicks: gross, net (those that count) and unique, by day or hour and by one dimension.

    Exact up to the last stored click. Rules of the workspace are applied to new clicks within a minute.
    """
    link = await store.get_link(db, caller.workspace_id, ids.read("lnk", link_id))
    return await actions.stats(
        db, caller.workspace_id, OfLinks(link_id=link), group_by, first, last, tz, limit
    )


@get("/v1/links/stats", tags=["links"], raises=[UnknownPartner, InvalidInput])
async def get_links_stats(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    partner_id: OfPartner = None,
    campaign_id: OfCampaign = None,
    group_by: GroupBy = "day",
    first: First = None,
    last: Last = None,
    tz: Zone = DEFAULT_ZONE,
    limit: Most = 100,
) -> Stats:
    """The clicks of all links: of the workspace, or of those that were a partner's or a campaign's then."""
    partner = None
    if partner_id is not None:
        partner = await store.get_partner(db, caller.workspace_id, ids.read("prt", partner_id))
    campaign = None if campaign_id is None else ids.read("cmp", campaign_id)
    of = OfLinks(partner_id=partner, campaign_id=campaign)
    return await actions.stats(db, caller.workspace_id, of, group_by, first, last, tz, limit)


@get(
    "/v1/links/{link_id:str}/live",
    tags=["links"],
    media_type="text/event-stream",
    opt={"openapi_answer": sse.OPENAPI_ANSWER},
    raises=[UnknownLink, InvalidInput],
)
async def watch_link(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: Request[Any, Any, Any],
    link_id: FromPath[str],
    tz: Zone = DEFAULT_ZONE,
) -> ServerSentEvent:
    """Today's clicks now and at each change (looked for once a second), as server-sent events `clicks`.

    The stream ends after ten minutes; an EventSource opens it again (a ticket is good for five).
    """
    link = await store.get_link(db, caller.workspace_id, ids.read("lnk", link_id))
    zone = zone_of(tz)
    if zone is None:
        errors = [{"path": "tz", "message": "is no time zone of the IANA list"}]
        raise InvalidInput("statistics that can't be asked for", errors=errors)
    return sse.stream(actions.live(request.app.state.database, caller.workspace_id, link, zone), "clicks")


ROUTES: list[ControllerRouterHandler] = [get_link_stats, get_links_stats, watch_link]
