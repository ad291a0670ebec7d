"""Edges between accounts: as files bring them, as they are stored, as the API shows them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from litestar.params import QueryParameter
from msgspec import Meta, Struct

from service.influencers.schemas import Platform

Kind = Literal["follow", "mention", "collaboration", "referral"]
Direction = Literal["in", "out"]
KindFilter = Annotated[Kind | None, QueryParameter(name="kind", description="only edges of this kind")]
DirectionFilter = Annotated[
    Direction | None,
    QueryParameter(name="direction", description="in: what points at the influencer; out: what it points at"),
]

# The key of a keyset page: time (unknown: the epoch) and number.
After = tuple[datetime, Annotated[int, Meta(ge=0, le=2**63 - 1)]]


class End(Struct, frozen=True):
    """An account as a file or a caption names it. At least one of handle and platform_id is known."""

    platform: str
    handle: str | None
    platform_id: str | None


class EdgeRow(Struct, frozen=True):
    """One row of a file of edges."""

    row: int
    src: End
    dst: End
    kind: Kind
    weight: float
    at: datetime | None


class Told(Struct, frozen=True):
    """What a caption or a list of mentions says: a text that may be a handle, and on which platform."""

    platform: str
    handle: str


class FoundEnd(Struct, frozen=True):
    """Which account an end is; `n` counts from 1."""

    n: int
    account_id: UUID


class FoundNode(Struct, frozen=True):
    """Which node an end is; `n` counts from 1."""

    n: int
    node: int


class Written(Struct, frozen=True):
    """What became of a staged edge; `n` counts from 1."""

    n: int
    status: Literal["created", "updated", "unchanged"]


class ShownRow(Struct):
    """An edge of an influencer's account, with what is known of the other end."""

    id: int
    kind: Kind
    direction: Direction
    weight: float
    at: datetime | None
    source: str
    post_id: UUID | None
    created_at: datetime
    account_id: UUID
    platform: Platform
    handle: str | None
    other_platform: Platform
    other_handle: str | None
    other_account_id: UUID | None
    other_influencer_id: UUID | None
    other_name: str | None
    other_verified: bool | None
    other_followers: int | None
    sorted_at: datetime


class EdgeAccount(Struct):
    """One of the influencer's own accounts."""

    id: str
    platform: Platform
    handle: str | None


class EdgeEnd(Struct):
    """The other end. Without ids: a handle that is no influencer of the workspace."""

    platform: Platform
    handle: str | None
    account_id: str | None
    influencer_id: str | None
    name: str | None
    verified: bool | None
    followers: int | None


class Edge(Struct):
    """Who mentions, follows or works with whom. `post_id`: the post that it was read from, if it was."""

    kind: Kind
    direction: Direction
    account: EdgeAccount
    other: EdgeEnd
    weight: float
    at: datetime | None
    source: str
    post_id: str | None


class KindCount(Struct):
    """How many edges of a kind end on a platform, and how they came."""

    platform: Platform
    kind: Kind
    edges: int
    from_posts: int
    sources: int
    targets: int


class GraphRow(Struct):
    """The graph when authority was last computed; `stale`: something has changed since."""

    stale: bool
    version: int
    nodes: int
    arcs: int
    topics: list[str]
    computed_at: datetime | None


class EdgeSummary(Struct):
    """What the workspace knows of who points at whom, and when authority was last computed from it.

    `waiting`: influencers whose changes have not been looked at yet. `topics`: categories with enough members
    to be ranked by themselves.
    """

    counts: list[KindCount]
    waiting: int
    graph: GraphRow | None
