"""/v1/graphs/{id}/ego and /v1/influencers/{id}/network: who is around somebody, to draw."""

from litestar import Response, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from service.discovery.computations import asking
from service.discovery.computations.asking import accepted, target
from service.discovery.computations.egos import actions, show
from service.discovery.computations.nodes import shown
from service.discovery.computations.operations.ego import EgoOf
from service.discovery.computations.routes import RAISED, STARTED, Reader
from service.discovery.computations.schemas import (
    EdgeKindFilter,
    EgoNetwork,
    InfluencerNetwork,
    InfluencerQuery,
    MostQuery,
    NodeQuery,
    RadiusQuery,
)
from service.influencers.problems import UnknownInfluencer
from service.influencers.profiles import store as profiles
from service.kit import ids
from service.kit.db import Connection
from service.kit.jobs import Job

DEFAULT_MOST = 100


@get("/v1/graphs/{graph_id:str}/ego", tags=["discovery"], responses=STARTED, raises=RAISED)
async def get_ego_network(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    state: State,
    graph_id: FromPath[str],
    node: NodeQuery = None,
    influencer_id: InfluencerQuery = None,
    radius: RadiusQuery = 1,
    limit: MostQuery = DEFAULT_MOST,
) -> Response[EgoNetwork]:
    """The surroundings of a node or an influencer: the nearest and strongest nodes, the arcs among them, a
    layout. Arcs are followed in both directions; of an influencer's nodes the one with most arcs is shown."""
    to = await target(db, caller.workspace_id, graph_id)
    place = await actions.centre(db, state.settings, to, node, influencer_id)
    at = await asking.part(db, to, "ego", EgoOf(place, radius, limit), None)
    if isinstance(at, Job):
        return accepted(at)
    nodes = to.graph.nodes[at.row.result["places"]].tolist()
    told = await shown(db, state.settings, caller.workspace_id, to.row, nodes)
    return Response(show.ego(at.row, nodes, told))


@get("/v1/influencers/{influencer_id:str}/network", tags=["discovery"], raises=[UnknownInfluencer])
async def get_influencer_network(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    influencer_id: FromPath[str],
    kind: EdgeKindFilter = None,
    radius: RadiusQuery = 1,
    limit: MostQuery = DEFAULT_MOST,
) -> InfluencerNetwork:
    """Who follows, mentions or works with the influencer, and whom it does, as a picture: the nearest and
    strongest accounts, edges among them, a layout. All of the influencer's accounts are one node."""
    owner = await profiles.get_influencer(db, caller.workspace_id, ids.read("inf", influencer_id))
    if owner.opted_out_at is not None:
        return InfluencerNetwork(influencer_id, [], [], 0)
    return await actions.network(db, caller.workspace_id, owner, kind, radius, limit)


ROUTES: list[ControllerRouterHandler] = [get_ego_network, get_influencer_network]
