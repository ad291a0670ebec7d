"""/v1/listening/queries: what is sent, and what is shown."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from service.influencers.schemas import Name, Time
from service.mentions.language.parsing import LONGEST
from service.mentions.schemas import Mention, OuterId, Tags

QueryStatus = Literal["active", "paused"]
Expression = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=LONGEST,
        description="the query language; see the description of POST /v1/listening/queries",
        examples=['(trendyol OR "trendyol go") NEAR/5 kargo -lang:en'],
    ),
]


class NewQuery(Struct, forbid_unknown_fields=True):
    """What to listen for. `brand_id`: the brand, own or a competitor, that its mentions are about.

    Mentions that it matches get its `tags` and `categories`, and belong to its campaign: a query that is
    there for that alone is a rule.
    """

    name: Name
    expression: Expression
    brand_id: OuterId | None = None
    tags: Tags = []
    categories: Tags = []
    campaign_id: OuterId | None = None
    status: QueryStatus = "active"


class QueryPatch(Struct, forbid_unknown_fields=True):
    """What is left out stays. Another expression is matched with all stored mentions anew."""

    name: Name | UnsetType = UNSET
    expression: Expression | UnsetType = UNSET
    brand_id: OuterId | UnsetType | None = UNSET
    tags: Tags | UnsetType = UNSET
    categories: Tags | UnsetType = UNSET
    campaign_id: OuterId | UnsetType | None = UNSET
    status: QueryStatus | UnsetType = UNSET


class QueryRow(Struct):
    id: UUID
    name: str
    expression: str
    brand_id: UUID | None
    tags: list[str]
    categories: list[str]
    campaign_id: UUID | None
    status: str
    version: int
    matched_version: int
    job_id: UUID | None
    created_by: str
    created_at: datetime
    updated_at: datetime


class ListeningQuery(Struct):
    """A query. `matched`: whether its matches among stored mentions are complete; until then `job_id` is the
    job that looks for them. New mentions are matched as they come in."""

    id: str
    name: str
    expression: str
    brand_id: str | None
    tags: list[str]
    categories: list[str]
    campaign_id: str | None
    status: Literal["active", "paused", "archived"]
    matched: bool
    job_id: str | None
    created_by: str
    created_at: datetime
    updated_at: datetime


class Trial(Struct, kw_only=True, forbid_unknown_fields=True):
    """A query to try on stored mentions of a span, at most 366 days; the newest of them are shown.

    `tz`: whose days are counted; the workspace's where it is left out.
    """

    expression: Expression
    since: Annotated[Time, Meta(description="the last 90 days where it is left out")] | None = None
    until: Time | None = None
    tz: Annotated[str, Meta(max_length=64)] | None = None
    sample: Annotated[int, Meta(ge=0, le=50)] = 20


class TrialDay(Struct):
    """How many are found on a day."""

    date: date
    starts_at: datetime
    tz: str
    mentions: int


class TrialResult(Struct):
    """What a query would find: how many, by day and by platform, and the newest."""

    mentions: int
    authors: int
    days: list[TrialDay]
    platforms: dict[str, int]
    sample: list[Mention]
