"""Computations on graphs: as they are asked for, stored and shown."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from litestar.params import QueryParameter
from msgspec import Meta, Struct

from graph.estimates import Estimate
from service.discovery.computations.operations.authority import Role
from service.discovery.computations.operations.bridges import Sort
from service.discovery.computations.operations.influence import Quality
from service.discovery.computations.operations.models import Kind as ModelKind
from service.discovery.edges.schemas import Kind as EdgeKind
from service.discovery.graphs.schemas import NodeId
from service.influencers.schemas import Platform
from service.kit.money import Price

Operation = Literal["influence", "spread", "authority", "hits", "communities", "bridges", "ego"]
Direction = Literal["heard", "given", "turned"]

# A node of the graph by its id, or an influencer of the workspace (`inf_...`): all nodes that are this one.
NodeRef = Annotated[str, Meta(min_length=1, max_length=200)] | int
NodeRefs = Annotated[list[NodeRef], Meta(max_length=100_000)]
Number = Annotated[float, Meta(gt=0, le=1e15)]
Cost = Price | Number
Chance = Annotated[float, Meta(ge=0, le=1)]
RandomSeed = Annotated[int, Meta(ge=0, le=2**32 - 1, description="equal seeds give equal answers")]

TopicQuery = Annotated[
    str | None,
    QueryParameter(max_length=100, description="a category: authority as seen from its influencers' nodes"),
]
NodesQuery = Annotated[
    str | None,
    QueryParameter(
        max_length=5_000, description="authority as seen from these nodes or influencers, separated by commas"
    ),
]
DirectionQuery = Annotated[
    Direction,
    QueryParameter(
        description="heard: arcs are followed towards who is heard, by the graph's orientation; given: as "
        "they stand; turned: the other way"
    ),
]
DampingQuery = Annotated[
    float, QueryParameter(ge=0, le=0.99, description="the chance that a walk goes on at a node")
]
RoleQuery = Annotated[Role, QueryParameter(name="sort", description="whose order the rows have")]
SortQuery = Annotated[Sort, QueryParameter(name="sort", description="whose order the rows have")]
SamplesQuery = Annotated[
    int,
    QueryParameter(ge=1, le=1_000_000, description="starts of shortest ways; as many as nodes: exact"),
]
CommunityQuery = Annotated[int, QueryParameter(ge=0, description="the number of the community, from 0")]
NodeQuery = Annotated[str | None, QueryParameter(name="node", max_length=200, description="a node's id")]
InfluencerQuery = Annotated[
    str | None, QueryParameter(name="influencer_id", max_length=40, description="an influencer's nodes")
]
RadiusQuery = Annotated[int, QueryParameter(ge=1, le=3, description="arcs from the centre, at most")]
MostQuery = Annotated[int, QueryParameter(name="limit", ge=2, le=500, description="nodes, with the centre")]
OperationFilter = Annotated[
    Operation | None, QueryParameter(name="operation", description="only results of this operation")
]
EdgeKindFilter = Annotated[EdgeKind | None, QueryParameter(name="kind", description="edges of this kind")]

# Result and row of the next page's first row.
After = tuple[UUID, Annotated[int, Meta(ge=0, le=2**31 - 1)]]


class NodeCost(Struct, forbid_unknown_fields=True):
    """What it costs to win a node, or each node of an influencer. Exactly one of the two is given."""

    cost: Cost
    node: NodeRef | None = None
    influencer_id: Annotated[str, Meta(max_length=40)] | None = None


class NodeWeight(Struct, forbid_unknown_fields=True):
    """What it is worth to win a node, or each node of an influencer. Exactly one of the two is given."""

    weight: Annotated[float, Meta(gt=0, le=1e15)]
    node: NodeRef | None = None
    influencer_id: Annotated[str, Meta(max_length=40)] | None = None


class InfluenceRequest(Struct, forbid_unknown_fields=True):
    """Whom to win so that most others are won: exactly one of `k` (so many seeds) and `budget`.

    `model`: wc, weighted cascade: a node is won by each of n nodes it hears with chance 1/n; ic, independent
    cascade with chance `p` an arc ("weights": the arcs' weights are chances; `repeated`: an arc of weight w
    stands for w tries); lt, linear threshold ("weights": the arcs' weights, else equal ones).
    `budget` needs `costs`, in its currency or in plain numbers like it; nodes without a cost take
    `default_cost`, without that they can't be bought. `targets` (1 each) or `target_weights` say whom it is
    worth to win; without them everybody counts 1. `candidates`: who may be a seed; `must_include` are seeds
    in any case, paid for from `budget` or counted in `k`; `exclude` are none. Nodes are ids or `inf_...`.
    `epsilon`, `delta`: with probability 1 - delta the spread is at least 1 - 1/e - epsilon of the best for
    `k`, (1 - 1/e) / 2 - epsilon for a budget; the answer says what was proven, which is mostly far more.
    `quality`: high draws random sets until the choice is hardly chance any more; fast until this is proven.
    `reverse`: arcs lead from who hears to who is heard; left out: as the graph says.
    """

    k: Annotated[int, Meta(ge=1, le=100_000)] | None = None
    budget: Cost | None = None
    costs: Annotated[list[NodeCost], Meta(max_length=100_000)] = []
    default_cost: Cost | None = None
    model: ModelKind = "wc"
    p: Chance | Literal["weights"] | None = None
    repeated: bool = False
    epsilon: Annotated[float, Meta(ge=0.01, lt=0.63)] = 0.1
    delta: Annotated[float, Meta(ge=1e-9, le=0.5)] = 0.001
    quality: Quality = "high"
    targets: NodeRefs = []
    target_weights: Annotated[list[NodeWeight], Meta(max_length=100_000)] = []
    candidates: NodeRefs | None = None
    exclude: NodeRefs = []
    must_include: NodeRefs = []
    reverse: bool | None = None
    seed: RandomSeed = 1


class SpreadRequest(Struct, forbid_unknown_fields=True):
    """What given seeds can expect to win, by `runs` cascades; the other fields as for influence."""

    seeds: Annotated[list[NodeRef], Meta(min_length=1, max_length=100_000)]
    model: ModelKind = "wc"
    p: Chance | Literal["weights"] | None = None
    repeated: bool = False
    runs: Annotated[int, Meta(ge=100, le=1_000_000)] = 10_000
    targets: NodeRefs = []
    target_weights: Annotated[list[NodeWeight], Meta(max_length=100_000)] = []
    reverse: bool | None = None
    seed: RandomSeed = 1


class ResultRow(Struct):
    """A question about a graph's version; `result` is null as long as `job_id` computes it."""

    id: UUID
    graph_id: UUID
    version: int
    operation: Operation
    params: Any
    result: Any
    job_id: UUID | None
    seconds: float | None
    created_at: datetime
    computed_at: datetime | None


class Link(Struct, frozen=True):
    """An influencer's first category."""

    influencer_id: UUID
    category: str


class Head(Struct):
    """Which result an answer is: of which version of the graph, from when, and how long it took."""

    result_id: str
    graph_id: str
    version: int
    computed_at: datetime
    seconds: float


class SeedNode(Struct):
    """A seed: what it adds to those before it, what all so far win (expected); cost: 1 where `k` is asked."""

    node: NodeId
    label: str
    influencer_id: str | None
    name: str | None
    marginal: float
    cumulative: float
    cost: float


class InfluenceGuarantee(Struct):
    """With probability `confidence` the spread is at least `ratio` of what any allowed choice spreads.

    ratio = lower_bound / upper_bound; `promised` was to be reached, `kept` says whether it was. `rr_sets`: so
    many random sets chose the seeds, and as many others measured them.
    """

    ratio: float
    promised: float
    kept: bool
    confidence: float
    epsilon: float
    lower_bound: float
    upper_bound: float
    rr_sets: int


class Influence(Head):
    """Seeds in the order in which they were chosen, and what is proven of them.

    `spread` counts seeds themselves; `of` is the worth of all nodes. `upper_bound`: no allowed choice spreads
    more. `memory_limit_reached`: the choice would have been made on more random sets; what is proven holds.
    Costs are in minor units of `currency`, or plain numbers.
    """

    seeds: list[SeedNode]
    spread: Estimate
    of: float
    upper_bound: float
    guarantee: InfluenceGuarantee
    total_cost: float
    currency: str | None
    memory_limit_reached: bool


class ExpectedSpread(Head):
    """Expected worth that the seeds win, themselves included; `error`: its standard error."""

    seeds: int
    spread: Estimate
    error: float
    runs: int


class RankedNode(Struct):
    """score: share of all walks that are at the node, `relative` to the mean (1)."""

    rank: int
    node: NodeId
    label: str
    influencer_id: str | None
    name: str | None
    category: str | None
    score: float
    relative: float


class AuthorityList(Head):
    """Nodes by PageRank, the highest first. `from_nodes`: in so many of them walks begin, null: in all."""

    topic: str | None
    from_nodes: int | None
    nodes: int
    data: list[RankedNode]
    next_cursor: str | None
    has_more: bool


class HubNode(Struct):
    """authority: pointed at by hubs; hub: points at authorities. Both sum to 1 over the graph."""

    rank: int
    node: NodeId
    label: str
    influencer_id: str | None
    name: str | None
    category: str | None
    authority: float
    hub: float


class HubList(Head):
    """Nodes as authorities or as hubs (HITS), the highest first."""

    nodes: int
    data: list[HubNode]
    next_cursor: str | None
    has_more: bool


class CommunityLabel(Struct):
    """The most frequent category of a community's influencers, its share of the `known` ones."""

    category: str | None
    share: float
    known: int


class Community(Struct):
    """A group with more arcs inside than chance would have; `top` are its strongest members."""

    community: int
    size: int
    label: CommunityLabel
    top: list["TopMember"]


class TopMember(Struct):
    """A node at the centre of a community."""

    node: NodeId
    label: str
    influencer_id: str | None
    name: str | None


class CommunityList(Head):
    """Communities, the largest first."""

    nodes: int
    communities: int
    modularity: float
    data: list[Community]
    next_cursor: str | None
    has_more: bool


class CommunityMember(Struct):
    """inside: the weight of arcs between the node and others of its community."""

    node: NodeId
    label: str
    influencer_id: str | None
    name: str | None
    category: str | None
    inside: float


class MemberList(Head):
    """The members of one community, the strongest first."""

    community: int
    size: int
    label: CommunityLabel
    data: list[CommunityMember]
    next_cursor: str | None
    has_more: bool


class BridgeNode(Struct):
    """betweenness: share of shortest ways that lead over the node. participation: how evenly its arcs lie
    over communities, 0: all in one; null without arcs."""

    rank: int
    node: NodeId
    label: str
    influencer_id: str | None
    name: str | None
    category: str | None
    betweenness: float
    participation: float | None
    community: int


class BridgeList(Head):
    """Who holds communities together. `samples`: starting nodes of the ways; as many as nodes: exact."""

    nodes: int
    samples: int
    data: list[BridgeNode]
    next_cursor: str | None
    has_more: bool


class EgoNode(Struct):
    """A node to draw: x, y with the centre at (0, 0), the farthest at distance 1; step: arcs to it."""

    node: NodeId
    label: str
    influencer_id: str | None
    name: str | None
    category: str | None
    platform: Platform | None
    step: int
    x: float
    y: float


class EgoEdge(Struct):
    """An arc between two nodes of the picture, by their places in `nodes`."""

    source: int
    target: int
    weight: float


class EgoNetwork(Head):
    """The surroundings of a node. `left_out`: nodes as near that the limit left out, and people not shown."""

    center: NodeId
    nodes: list[EgoNode]
    edges: list[EgoEdge]
    left_out: int


class InfluencerNetwork(Struct):
    """Who is around an influencer in the workspace's own edges. The influencer's accounts are one node."""

    influencer_id: str
    nodes: list[EgoNode]
    edges: list[EgoEdge]
    left_out: int


class StoredResult(Struct):
    """A result that is kept as long as the graph's version, or until others take its place.

    `params`: the question, spelled as it is for all who ask the same; nodes are places in the version.
    """

    id: str
    graph_id: str
    version: int
    operation: Operation
    params: dict[str, Any]
    computed_at: datetime
    seconds: float


class NeighbourRow(Struct):
    """A node next to others; `total`: how many there are."""

    node: int
    weight: float
    total: int


class PictureRow(Struct):
    """A node of the workspace's edges, as it is drawn."""

    id: int
    platform: Platform
    handle: str | None
    influencer_id: UUID | None
    name: str | None
    category: str | None


class ArcRow(Struct):
    """Who points at whom, how strongly."""

    src: int
    dst: int
    weight: float


class ResultDetail(StoredResult):
    """A stored result; seeds and spreads are in it, lists are read page by page at their own address."""

    influence: Influence | None = None
    spread: ExpectedSpread | None = None
