"""Answering mentions: what is sent, and what is shown."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from service.mentions.schemas import MOST, Mention, OuterId

GroupBy = Literal["query", "assignee", "platform"]
MeasuredFrom = Literal["published", "assigned"]


class Assignment(Struct, forbid_unknown_fields=True):
    """Up to 1,000 mentions, and the member (usr_...) who answers them; null: nobody."""

    mention_ids: Annotated[list[OuterId], Meta(min_length=1, max_length=MOST)]
    assignee: OuterId | None


class AssignmentResult(Struct):
    """What became of a mention; `unknown`: there is none of this id."""

    id: str
    status: Literal["assigned", "unassigned", "unchanged", "unknown"]


class MentionsAssigned(Struct):
    """A result for every id, in their order."""

    results: list[AssignmentResult]
    changed: int


class WaitingMention(Struct):
    """A mention that waits for an answer: since when, how long, and whether longer than the target."""

    mention: Mention
    waiting_since: datetime
    waiting_seconds: int
    overdue: bool


class AnswerRow(Struct):
    """A mention by when it began to wait and when it was answered, in one of its groups."""

    id: UUID
    begun_at: datetime
    answered_at: datetime | None
    group: str | None
    name: str | None


class ResponseFigures(Struct):
    """`answered`, `open`: how many; `overdue`: open ones past the target. `median_seconds`, `p90_seconds`: of
    the answered ones; `within_target`: the share of those whose target is decided, which open ones are once
    they have missed it. Null where there is nothing to say."""

    answered: int
    open: int
    overdue: int
    median_seconds: float | None
    p90_seconds: float | None
    within_target: float | None


class ResponseGroup(Struct):
    """The figures of a query (lsq_...), member (usr_...) or platform; null: of none."""

    key: str | None
    name: str | None
    figures: ResponseFigures


class ResponseReport(Struct):
    """How fast mentions published in [`from_at`, `to_at`) were answered, as of now. A mention of two queries
    counts in both groups and once in all."""

    from_at: datetime
    to_at: datetime
    as_of: datetime
    target_minutes: int
    measured_from: MeasuredFrom
    all: ResponseFigures
    groups: list[ResponseGroup]
