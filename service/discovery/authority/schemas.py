"""What authority is computed from, and what is kept of it."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct


class MemberGroup(Struct, frozen=True):
    """Accounts of one platform whose influencers' first category is the same; a node of None: no edge yet."""

    platform: str
    category: str | None
    account_ids: list[UUID]
    nodes: list[int | None]


class Arcs(Struct, frozen=True):
    """Who points at whom, and how often; parallel edges are one."""

    sources: list[int]
    targets: list[int]
    weights: list[float]


class Observed(Struct, frozen=True):
    """What kinds of edges are known of a platform: where none are, nothing is known, and nobody has 0."""

    platform: str
    mentions: bool
    endorsements: bool


class CountRow(Struct, frozen=True):
    """How many accounts mention an account, and how many creators follow or mention it."""

    account_id: UUID
    mentioners: int
    creators: int


class Rank(Struct, frozen=True):
    """The standing of an account in its topic's graph; 1 is the mean of the topic's accounts."""

    account_id: UUID
    topic: str
    pagerank: float


class ActivityRow(Struct, frozen=True):
    """When an account's posts came: days between them in the 180 days before the last look."""

    account_id: UUID
    first_seen_at: datetime | None
    gaps: int
    gap_mean: float | None
    gap_deviation: float | None
    gap_longest: float | None


class Signals(Struct, frozen=True):
    """Accounts as columns, in PostgreSQL's own bytes of arrays: each value behind its length; NaN is unknown.

    `account_ids` are uuids, the others float8; `first_seen`: seconds since 1970; `irregular`: 0 or 1.
    """

    account_ids: bytes
    followers: bytes
    pagerank: bytes
    mentioners: bytes
    creators: bytes
    first_seen: bytes
    irregular: bytes


class SignalGroup(Signals, frozen=True):
    """All accounts of a platform whose influencers' first category is the same."""

    category: str | None
    platform: str
