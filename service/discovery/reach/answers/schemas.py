"""Questions about a list whose answers are kept, and the answers."""

from typing import Literal
from uuid import UUID

from msgspec import Struct

from service.influencers.followers.reading import Of

What = Literal["overlap", "reach"]


class Question(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What stands in the query, as it was written; the pairs and the picture are of the overlap's answer."""

    what: What
    platforms: str | None = None
    status: str | None = None
    of: Of = "followers"
    posts: str | None = None
    target: str | None = None
    brief_id: str | None = None
    population: int | None = None


class AnswerRow(Struct, frozen=True):
    """An answer, or who computes it; `cells`: of an overlap whose pairs can be told."""

    shortlist_id: UUID
    key: bytes
    question: Question
    body: bytes | None
    cells: bytes | None
    job_id: UUID | None


class ComputeReach(Struct):
    """The row says what is asked."""

    shortlist_id: UUID
    key: str


class ComputedReach(Struct):
    """Where the answer is read."""

    shortlist_id: str
    what: What
    url: str
