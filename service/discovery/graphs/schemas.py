"""Reach graphs: as they are asked for, stored and shown."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from litestar.params import QueryParameter
from msgspec import UNSET, Meta, Struct, UnsetType

from service.discovery.edges.schemas import Kind as EdgeKind
from service.influencers.schemas import Name, Platform, Time

Kind = Literal["follow", "mention", "collaboration", "referral", "other"]
Source = Literal["upload", "edges"]
Status = Literal["empty", "building", "ready", "failed"]
Orientation = Literal["heard_to_hearer", "hearer_to_heard"]
Format = Literal["auto", "csv", "snap", "graphml", "gexf"]
Mode = Literal["replace", "add"]
Naming = Literal["id", "label"]
Order = Literal["id", "in_degree", "out_degree"]
ExportFormat = Literal["graphml", "gexf", "json"]

NodeId = int | str
"""How a graph calls a node: a number of the workspace's edges, or what the uploaded file called it."""

# What arcs of a kind say, unless a graph says otherwise: a follower, who mentions somebody and who works with
# somebody point at whom they listen to; a referrer points at whom it won.
REVERSED: dict[Kind, bool] = {
    "follow": True,
    "mention": True,
    "collaboration": False,
    "referral": False,
    "other": False,
}

KindFilter = Annotated[Kind | None, QueryParameter(name="kind", description="only graphs of this kind")]
FormatQuery = Annotated[
    Format,
    QueryParameter(
        description="csv: also tabs and semicolons; snap: blanks or tabs; auto: by the first bytes; each may "
        "be gzipped, which is recognised"
    ),
]
UndirectedQuery = Annotated[
    bool | None,
    QueryParameter(
        description="whether each line is an edge both ways; left out: yes where the graph is not "
        "`directed`, else as the file says of itself (GraphML, GEXF), else no"
    ),
]
SkipQuery = Annotated[
    int, QueryParameter(ge=0, le=1_000, description="lines at the start that are no edges, such as counts")
]
ModeQuery = Annotated[
    Mode, QueryParameter(description="replace: the file is the graph; add: its edges come to those there are")
]
ClosedQuery = Annotated[
    bool, QueryParameter(description="refuse ids that are no nodes of the graph's present version")
]
NamesQuery = Annotated[
    Naming, QueryParameter(name="names", description="GraphML, GEXF: call nodes by id or by label")
]
DryRunQuery = Annotated[bool, QueryParameter(description="read and count everything, change nothing")]
ExportQuery = Annotated[ExportFormat, QueryParameter(name="format", description="graphml, gexf or json")]
WordQuery = Annotated[
    str | None, QueryParameter(name="q", max_length=100, description="a part of the node's label")
]
OrderQuery = Annotated[Order, QueryParameter(name="sort", description="id, or a degree, the highest first")]


class NewGraph(Struct, forbid_unknown_fields=True):
    """A reach graph.

    `source` upload: its edges come by POST /v1/graphs/{id}/edges. `source` edges: it is made of the edges
    that the workspace knows (mentions read from posts, imported follows, ...), of these `kinds`, on these
    `platforms`, dated `since` or undated; empty lists mean all.

    `reverse`: arcs lead from who hears to who is heard, as a follower's arc to whom it follows, so influence
    runs against them. Left out: true for follows and mentions, else false. `platform`: where ids of an
    uploaded graph are handles or numbers, of which platform.
    """

    name: Name
    kind: Kind
    directed: bool = True
    source: Source = "upload"
    kinds: Annotated[list[EdgeKind], Meta(max_length=4)] = []
    platforms: Annotated[list[Platform], Meta(max_length=9)] = []
    since: Time | None = None
    reverse: bool | None = None
    platform: Platform | None = None


class GraphPatch(Struct, forbid_unknown_fields=True):
    """What is left out stays."""

    name: Name | UnsetType = UNSET
    platform: Platform | UnsetType | None = UNSET


class SourceFile(Struct):
    """A file (or a reading of the workspace's edges) that the present version is made of."""

    source: Source
    filename: str | None
    lines: int
    refused: dict[str, int]
    read_at: datetime


class GraphRow(Struct):
    """A graph as it is stored, with where its newest job stands.

    `reverse`: arcs lead from who hears to who is heard. `numbered`: node ids are whole numbers.
    """

    id: UUID
    name: str
    kind: Kind
    directed: bool
    source: Source
    reverse: bool
    platform: str | None
    kinds: list[str]
    platforms: list[str]
    since: datetime | None
    version: int
    nodes: int
    arcs: int
    loops: int
    numbered: bool
    sources: list[SourceFile]
    edges_version: int | None
    job_id: UUID | None
    built_at: datetime | None
    created_at: datetime
    updated_at: datetime
    status: Status
    stale: bool


class Graph(Struct):
    """A reach graph.

    `version` rises with its edges, and answers that are computed of it name it; 0: it has none yet.
    `orientation` says what arcs mean: heard_to_hearer, influence runs along them; hearer_to_heard (a
    follower's arc to whom it follows), influence runs against them, and computations of influence turn them.
    `loops` were left out. `refused`: lines of the files that the present version is made of, by reason.
    `stale`: the workspace's edges have changed since the graph was made of them; POST .../refresh.
    """

    id: str
    name: str
    kind: Kind
    directed: bool
    source: Source
    orientation: Orientation
    reverse: bool
    platform: Platform | None
    kinds: list[str]
    platforms: list[str]
    since: datetime | None
    status: Status
    stale: bool
    version: int
    nodes: int
    arcs: int
    loops: int
    refused: dict[str, int]
    sources: list[SourceFile]
    job_id: str | None
    built_at: datetime | None
    created_at: datetime
    updated_at: datetime


class Options(Struct):
    """What a file of edges was uploaded with."""

    format: Format = "auto"
    undirected: bool | None = None
    skip: int = 0
    mode: Mode = "replace"
    closed: bool = False
    names: Naming = "id"
    dry_run: bool = False


class UploadRow(Struct):
    """A file on its way into a graph."""

    id: UUID
    graph_id: UUID
    filename: str | None
    size: int
    options: Options


class GraphJob(Struct):
    """A file was taken, or a graph is being made; GET /v1/jobs/{job_id} says how far it is."""

    job_id: str
    graph_id: str


class RefusedLine(Struct):
    """A line that is no edge. `column`: source, target, weight or null."""

    row: int
    column: str | None
    value: str
    reason: str


class Read(Struct):
    """What became of a file of edges, the result of its job.

    `lines` are or should be edges, `refused` counts those that are none by reason, `refusals` are the first
    100. `loops`: edges from a node to itself, left out. `parallel`: edges that were added to another one
    between the same nodes. `left_out`: nodes of people who opted out or were erased. `nodes`, `arcs`: of the
    whole graph; `version`: the new one, null for a dry run.
    """

    graph_id: str
    lines: int
    refused: dict[str, int]
    refusals: list[RefusedLine]
    loops: int
    parallel: int
    left_out: int
    nodes: int
    arcs: int
    version: int | None
    dry_run: bool


class Derived(Struct):
    """A graph that was made of the workspace's edges, the result of its job."""

    graph_id: str
    edges: int
    nodes: int
    arcs: int
    version: int


class PartSize(Struct):
    """How many bytes an array takes."""

    name: str
    size: int


class ArcGroup(Struct):
    """Arcs of some sources, as PostgreSQL's own bytes of arrays: bigint, bigint, float8, big-endian."""

    edges: int
    sources: bytes
    targets: bytes
    weights: bytes


class Member(Struct, frozen=True):
    """Who a node is: an influencer of the workspace, who has not opted out."""

    influencer_id: UUID
    account_id: UUID | None
    name: str
    platform: str | None
    handle: str | None
    category: str | None


class MemberRow(Struct):
    """`n`: the place, from 1, of what was asked for."""

    n: int
    influencer_id: UUID
    account_id: UUID | None
    name: str
    platform: str | None
    handle: str | None
    category: str | None


class NodeRow(Struct):
    """A node of the workspace's edges, as it may be called."""

    id: int
    platform: str
    handle: str | None


class OwnNode(Struct):
    """A node of an influencer."""

    influencer_id: UUID
    node: int


class OwnAccount(Struct):
    """An account of an influencer, by which a file may call it."""

    influencer_id: UUID
    platform: str
    handle: str | None
    handle_folded: str | None
    platform_id: str | None


class GraphNode(Struct):
    """A node: how the graph calls it, how to show it, and which influencer it is, if one of the workspace."""

    id: NodeId
    label: str
    influencer_id: str | None
    name: str | None
    category: str | None
    in_degree: int
    out_degree: int
    in_weight: float
    out_weight: float


# Version and place of the last node of a page.
After = tuple[Annotated[int, Meta(ge=0, le=2**63 - 1)], Annotated[int, Meta(ge=0, le=2**31 - 1)]]

Json = dict[str, Any]
