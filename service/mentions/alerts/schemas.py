"""/v1/alerts: what is sent, and what is shown."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from scoring.spikes import Spell
from service.mentions.schemas import Mention, OuterId

AlertKind = Literal["spike", "crisis"]
AlertStatus = Literal["open", "acknowledged", "resolved"]
Notes = Annotated[str, Meta(max_length=20_000)]
CheckKey = Annotated[str, Meta(min_length=1, max_length=40)]


class CheckItem(Struct, frozen=True):
    """A point of a checklist. `key`: response, owner, statement (of every crisis), or own_1, own_2, ... of
    the rule, with `text`."""

    key: str
    text: str | None = None
    done: bool = False
    done_by: str | None = None
    done_at: datetime | None = None


class CheckPatch(Struct, forbid_unknown_fields=True):
    """A point by its key, done or not."""

    key: CheckKey
    done: bool


class AlertPatch(Struct, forbid_unknown_fields=True):
    """What is left out stays. `owner`: a member (usr_...). The first change is the first response."""

    owner: OuterId | UnsetType | None = UNSET
    notes: Notes | UnsetType = UNSET
    checklist: Annotated[list[CheckPatch], Meta(max_length=50)] | UnsetType = UNSET


class KeptTerm(Struct, frozen=True):
    """A word that sets the spike's mentions apart: in how many it stands, its share now and before, and z of
    the log odds."""

    term: str
    count: int
    share: float
    share_before: float
    z: float


class KeptPlace(Struct, frozen=True):
    """A site or platform: its mentions and share now and before, and its part of what came on top."""

    name: str
    count: int
    share: float
    share_before: float
    excess: float


class KeptAuthor(Struct, frozen=True):
    """As a place; `key` tells the author apart without a name."""

    key: str
    count: int
    share: float
    excess: float


class KeptCause(Struct, frozen=True):
    """A cause as it is stored. `mentions`: how many there were when it was looked for."""

    mentions: int
    terms: list[KeptTerm]
    sources: list[KeptPlace]
    authors: list[KeptAuthor]
    net: float | None
    net_before: float | None
    shift: float | None
    shift_z: float | None


class KeptCrisis(Struct, frozen=True):
    """Whether it is a crisis: the reasons for it, or what spoke against; the figures that were compared."""

    crisis: bool
    reasons: list[str]
    polar: int
    net: float | None
    net_before: float | None
    negative_share: float | None
    negative_share_before: float | None


class KeptPolarity(Struct, frozen=True):
    """Mentions of a span: all, and those with a sentiment."""

    mentions: int
    positive: int
    negative: int
    neutral: int


class SpikeRow(Struct):
    id: UUID
    query_id: UUID
    opened_at: datetime
    last_at: datetime
    ended_at: datetime | None
    spell: Spell
    before: KeptPolarity


class AlertRow(Struct):
    id: UUID
    spike_id: UUID
    query_id: UUID
    query_name: str
    kind: str
    status: str
    starts_at: datetime
    ended_at: datetime | None
    peak_at: datetime
    peak_count: int
    peak_p: float
    mentions: int
    expected: float
    event: str | None
    cause: KeptCause
    crisis: KeptCrisis
    example_ids: list[UUID]
    owner: UUID | None
    notes: str
    checklist: list[CheckItem]
    escalated_at: datetime | None
    first_response_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    resolved_at: datetime | None
    resolved_by: str | None
    version: int
    created_at: datetime
    updated_at: datetime


class AlertAuthor(Struct):
    """Who wrote most of what came on top."""

    name: str | None
    handle: str | None
    influencer_id: str | None
    count: int
    share: float
    excess: float


class AlertCause(Struct):
    """What sets the spike apart from usual hours: words, sites or platforms, authors, net sentiment
    ((P - N)/(P + N)) and its shift. The strongest come first."""

    terms: list[KeptTerm]
    sources: list[KeptPlace]
    authors: list[AlertAuthor]
    net_sentiment: float | None
    net_sentiment_before: float | None
    shift: float | None
    shift_z: float | None


class Alert(Struct, kw_only=True):
    """A spike or a crisis of a query. `starts_at`: the hour in which it began; `ended_at`: when counts had
    fallen back, null while it is on; `expected`: mentions that its hours would usually have had; `event`: a
    day of the calendar that it was compared with; `escalated_at`: when the spike became a crisis.

    The list leaves `examples` out.
    """

    id: str
    query_id: str
    query_name: str
    kind: AlertKind
    status: AlertStatus
    starts_at: datetime
    ended_at: datetime | None
    detected_at: datetime
    peak_at: datetime
    peak_count: int
    peak_p: float
    mentions: int
    expected: float
    event: str | None
    cause: AlertCause
    crisis: KeptCrisis
    examples: list[Mention]
    owner: str | None
    notes: str
    checklist: list[CheckItem]
    escalated_at: datetime | None
    first_response_at: datetime | None
    first_response_seconds: int | None
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    resolved_at: datetime | None
    resolved_by: str | None
    updated_at: datetime


class AlertMessage(Struct):
    """What is told outside: alert.opened, alert.escalated, alert.resolved."""

    id: str
    query_id: str
    query_name: str
    kind: str
    status: str
    starts_at: datetime
    peak_at: datetime
    peak_count: int
    mentions: int
    expected: float
    terms: list[str]
    net_sentiment: float | None
    net_sentiment_before: float | None
    at: datetime


class HourCount(Struct):
    """How many mentions a query had in the hour that begins at `hour`."""

    hour: datetime
    mentions: int


class SampleRow(Struct):
    """A mention as a cause is looked for in it."""

    id: UUID
    title: str | None
    text: str
    language: str | None
    place: str
    author: str | None
    label: str | None
    engagement: int | None


class AuthorName(Struct):
    key: str
    name: str | None
    handle: str | None
    influencer_id: UUID | None
