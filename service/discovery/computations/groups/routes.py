"""/v1/graphs/{id}/communities: groups, what they are about, and who is in them."""

from litestar import Response, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from service.discovery.computations import asking
from service.discovery.computations.asking import accepted, following, head, target
from service.discovery.computations.groups import actions
from service.discovery.computations.operations.communities import Communities, Grouped
from service.discovery.computations.problems import PageGone
from service.discovery.computations.routes import RAISED, STARTED, Reader
from service.discovery.computations.schemas import CommunityList, CommunityQuery, MemberList
from service.kit.db import Connection
from service.kit.jobs import Job
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit

_RAISED = [*RAISED, BadCursor, PageGone]


@get("/v1/graphs/{graph_id:str}/communities", tags=["discovery"], responses=STARTED, raises=_RAISED)
async def list_communities(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    state: State,
    graph_id: FromPath[str],
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response[CommunityList]:
    """Groups with more arcs inside than chance would have, the largest first, by what their influencers do.

    202: a job computes it, and the same address answers 200 afterwards.
    """
    to = await target(db, caller.workspace_id, graph_id)
    at = await asking.part(db, to, "communities", Communities(), cursor)
    if isinstance(at, Job):
        return accepted(at)
    data = await actions.communities(db, state.settings, to, at, limit)
    found = Grouped(**at.row.result)
    made = CommunityList(
        **head(at.row),
        nodes=found.nodes,
        communities=found.communities,
        modularity=found.modularity,
        data=data,
        **following(at, len(data), found.communities),
    )
    return Response(made)


@get(
    "/v1/graphs/{graph_id:str}/communities/members",
    tags=["discovery"],
    responses=STARTED,
    raises=_RAISED,
)
async def list_community_members(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    state: State,
    graph_id: FromPath[str],
    community: CommunityQuery,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response[MemberList]:
    """Who is in a community, those with most weight inside first."""
    to = await target(db, caller.workspace_id, graph_id)
    at = await asking.part(db, to, "communities", Communities(), cursor)
    if isinstance(at, Job):
        return accepted(at)
    return Response(await actions.members(db, state.settings, to, at, community, limit))


ROUTES: list[ControllerRouterHandler] = [list_communities, list_community_members]
