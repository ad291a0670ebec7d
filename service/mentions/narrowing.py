"""What a list of mentions is narrowed by, and the condition of each (SQL of a closed set)."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar.params import QueryParameter
from msgspec import Struct

from service.influencers.schemas import ByTime
from service.mentions.schemas import Handling, Label, MentionKind

ByExpression = Annotated[
    str | None,
    QueryParameter(
        name="query", max_length=4_000, description="found by this expression of the query language"
    ),
]
OfQuery = Annotated[str | None, QueryParameter(max_length=40, description="matched by this query (lsq_...)")]
OfInfluencer = Annotated[str | None, QueryParameter(max_length=40, description="by this influencer")]
ByAssignee = Annotated[str | None, QueryParameter(max_length=40, description="assigned to this member")]
OfSource = Annotated[str | None, QueryParameter(max_length=40, description="told by this source")]
OnPlatform = Annotated[str | None, QueryParameter(max_length=40, description="on this platform")]
OfKind = Annotated[MentionKind | None, QueryParameter(name="kind", description="of this kind")]
InLanguage = Annotated[str | None, QueryParameter(max_length=3, description="in this language (ISO 639)")]
InCountry = Annotated[str | None, QueryParameter(max_length=2, description="from this country (ISO 3166-1)")]
WithLabel = Annotated[Label | None, QueryParameter(name="sentiment", description="with this sentiment")]
InStatus = Annotated[Handling | None, QueryParameter(name="status", description="in this state")]
Tagged = Annotated[str | None, QueryParameter(max_length=100, description="with this tag")]
ByAuthor = Annotated[str | None, QueryParameter(max_length=200, description="by this handle or name")]
Rated = Annotated[bool | None, QueryParameter(description="with stars, or without")]
Since = Annotated[datetime | None, QueryParameter(description="changed since")]


class Listed(Struct, kw_only=True, omit_defaults=True):
    """What is asked for; None: all."""

    ids: list[UUID] | None = None
    query_id: UUID | None = None
    influencer_id: UUID | None = None
    assignee: UUID | None = None
    source: str | None = None
    platform: str | None = None
    kind: str | None = None
    language: str | None = None
    country: str | None = None
    label: str | None = None
    status: str | None = None
    tag: str | None = None
    author: str | None = None
    rated: bool | None = None
    since: datetime | None = None
    until: datetime | None = None
    updated_since: datetime | None = None


FRAGMENTS = {
    "ids": "m.id = any(${})",
    "query_id": "q.query_id = ${}",
    "influencer_id": "m.influencer_id = ${}",
    "assignee": "m.assignee = ${}",
    "source": "m.source = ${}",
    "platform": "m.platform = ${}",
    "kind": "m.kind = ${}",
    "language": "m.language = ${}",
    "country": "m.country = ${}",
    "label": "coalesce(m.hand_label, m.label) = ${}",
    "status": "m.status = ${}",
    "tag": "${} = any(m.tags)",
    "author": "lower(${}) in (lower(ltrim(m.author_handle, '@')), lower(m.author_name))",
    "rated": "(m.stars is not null) = ${}",
    "since": "m.published_at >= ${}",
    "until": "m.published_at < ${}",
    "updated_since": "m.updated_at >= ${}",
}


def conditions(
    workspace_id: UUID, wanted: Listed, before: ByTime | None, limit: int
) -> tuple[str, list[Any]]:
    """The condition over `mentions m`, and its values; $1 is the workspace, $2 the limit."""
    values: list[Any] = [workspace_id, limit]
    found = ["m.workspace_id = $1"]
    for name, fragment in FRAGMENTS.items():
        if (value := getattr(wanted, name)) is not None:
            values.append(value)
            found.append(fragment.format(len(values)))
    if before is not None:
        values += before
        found.append(f"({', '.join(order(wanted))}) < (${len(values) - 1}, ${len(values)})")
    return " and ".join(found), values


def source(wanted: Listed) -> str:
    """What is read: a query's matches in their order, and not all mentions to look whether they match."""
    if wanted.query_id is None:
        return "mentions m"
    return """mention_matches q
        join mentions m on q.workspace_id = $1 and m.workspace_id = $1 and m.id = q.mention_id"""


def order(wanted: Listed) -> tuple[str, str]:
    """The columns of the order, which an index has."""
    return ("m.published_at", "m.id") if wanted.query_id is None else ("q.published_at", "q.mention_id")
