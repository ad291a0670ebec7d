"""/v1/alert-rules: what is sent, and what is shown."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType, field

from scoring.spikes import Baseline, Occurrence
from service.influencers.schemas import Time
from service.mentions.alerts.quiet import QuietHours
from service.mentions.alerts.schemas import AlertKind
from service.mentions.schemas import OuterId

Kinds = Annotated[list[AlertKind], Meta(min_length=1, max_length=2)]
P = Annotated[float, Meta(ge=1e-9, le=0.05, description="how likely an hour's count is by chance")]
Least = Annotated[int, Meta(ge=1, le=1_000_000, description="fewer mentions an hour are no spike")]
Recipient = Annotated[str, Meta(min_length=3, max_length=254, description="an e-mail address, or usr_...")]
Recipients = Annotated[list[Recipient], Meta(max_length=50)]
Point = Annotated[str, Meta(min_length=1, max_length=500, pattern=r"\S")]
Points = Annotated[list[Point], Meta(max_length=20)]


class NewAlertRule(Struct, kw_only=True, forbid_unknown_fields=True):
    """Whom to tell when a query has a spike or a crisis. A query has one rule.

    `checklist`: points of your own; a crisis has `response`, `owner` and `statement` always. `since`: look at
    stored hours from then on (31 days at most), at once; else from the running hour on.
    """

    query_id: OuterId
    kinds: Kinds = field(default_factory=lambda: ["spike", "crisis"])
    p: P = 2e-4
    min_mentions: Least = 5
    quiet_hours: QuietHours | None = None
    recipients: Recipients = []
    checklist: Points = []
    enabled: bool = True
    since: Time | None = None


class AlertRulePatch(Struct, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays."""

    kinds: Kinds | UnsetType = UNSET
    p: P | UnsetType = UNSET
    min_mentions: Least | UnsetType = UNSET
    quiet_hours: QuietHours | UnsetType | None = UNSET
    recipients: Recipients | UnsetType = UNSET
    checklist: Points | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET


class RuleRow(Struct):
    id: UUID
    query_id: UUID
    kinds: list[AlertKind]
    p: float
    min_mentions: int
    quiet_hours: QuietHours | None
    recipients: list[str]
    checklist: list[str]
    enabled: bool
    watched_from: datetime
    checked_at: datetime | None
    created_by: str
    version: int
    created_at: datetime
    updated_at: datetime


class Watched(Struct):
    """A rule as it is watched: with its query, and what that query's hours usually bring."""

    id: UUID
    query_id: UUID
    query_name: str
    query_version: int
    kinds: list[AlertKind]
    p: float
    min_mentions: int
    quiet_hours: QuietHours | None
    recipients: list[str]
    checklist: list[str]
    watched_from: datetime
    checked_at: datetime | None
    fitted_version: int | None
    baselines: list[Baseline]
    occurrences: list[Occurrence]


class AlertRule(Struct, kw_only=True):
    """A rule. `watched_from`: earlier hours alert nobody; `checked_at`: when it was last looked."""

    id: str
    query_id: str
    kinds: list[AlertKind]
    p: float
    min_mentions: int
    quiet_hours: QuietHours | None
    recipients: list[str]
    checklist: list[str]
    enabled: bool
    watched_from: datetime
    checked_at: datetime | None
    created_by: str
    created_at: datetime
    updated_at: datetime
