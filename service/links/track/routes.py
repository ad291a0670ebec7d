"""POST /v1/track/click, /v1/track/events: what web pages send with a publishable key."""

from typing import Annotated, Any

from litestar import Request, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.kit.db import Connection
from service.kit.problems import InvalidInput
from service.kit.requests import BEACON
from service.links.problems import UnknownLink
from service.links.track import actions
from service.links.track.schemas import NewSiteEvent, NewTrackedClick, SiteEvent, TrackedClick

Page = Annotated[Caller, May("track")]
Key = Annotated[
    str | None,
    QueryParameter(max_length=80, description="the publishable key, where no header can be sent (beacons)"),
]
MOST_BYTES = 16_384


@post(
    "/v1/track/click",
    tags=["links"],
    raises=[UnknownLink],
    opt={BEACON: True},
    request_max_body_size=MOST_BYTES,
)
async def track_click(
    caller: NamedDependency[Page],
    db: NamedDependency[Connection],
    request: Request[Any, Any, Any],
    data: JSONBody[NewTrackedClick],
    key: Key = None,
) -> TrackedClick:
    """Tells of a visit of a page with `?via=`, and answers with its click id.

    Such a click can be made up by anybody who reads the page: it counts only if the Origin's host is among
    the workspace's `cors_origins`, and never earns a click commission. JSON may come as text/plain.
    """
    return await actions.track_click(request, db, caller.workspace_id, data)


@post(
    "/v1/track/events",
    tags=["links"],
    raises=[InvalidInput],
    opt={BEACON: True},
    request_max_body_size=MOST_BYTES,
)
async def track_event(
    caller: NamedDependency[Page],
    db: NamedDependency[Connection],
    request: Request[Any, Any, Any],
    data: JSONBody[NewSiteEvent],
    key: Key = None,
) -> SiteEvent:
    """Tells of something that was done on a page. With `event_id`, one that is sent twice is kept once.

    JSON may come as text/plain. Of the page's address only host and path are kept.
    """
    return await actions.track_event(request, db, caller.workspace_id, data)


ROUTES: list[ControllerRouterHandler] = [track_click, track_event]
