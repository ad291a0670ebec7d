"""GET /v1/partner/live."""

from typing import Annotated, Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.response import ServerSentEvent
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.accounts.workspaces.store import get_workspace
from service.kit import sse
from service.kit.db import Connection
from service.kit.problems import InvalidInput
from service.links.stats.grouping import zone_of
from service.partner.live import actions
from service.partner.stats.routes import Zone

Partner = Annotated[Caller, May("partner")]


@get(
    "/v1/partner/live",
    tags=["partner"],
    media_type="text/event-stream",
    opt={"openapi_answer": sse.OPENAPI_ANSWER},
    raises=[InvalidInput],
)
async def watch_own_figures(
    caller: NamedDependency[Partner],
    db: NamedDependency[Connection],
    request: Request[Any, Any, Any],
    tz: Zone = None,
) -> ServerSentEvent:
    """Today's figures and the balance now and at each change, as server-sent events `figures`.

    Looked for every two seconds. The stream ends after ten minutes; an EventSource opens it again (POST
    /v1/partner/tickets; a ticket is good for five).
    """
    zone = zone_of(tz or (await get_workspace(db, caller.workspace_id)).timezone)
    if zone is None:
        errors = [{"path": "tz", "message": "is no time zone of the IANA list"}]
        raise InvalidInput("figures that can't be asked for", errors=errors)
    changes = actions.live(request.app.state.database, caller.workspace_id, caller.partner, zone)
    return sse.stream(changes, "figures")


ROUTES: list[ControllerRouterHandler] = [watch_own_figures]
