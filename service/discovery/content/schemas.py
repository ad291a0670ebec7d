"""Texts: how far they are read, what was learnt from them, and the words that were found in them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from scoring.content.space import MOST_TOPICS

Topics = Annotated[
    int, Meta(ge=2, le=MOST_TOPICS, description="how many topics are looked for; a change learns anew")
]


class ContentPatch(Struct, forbid_unknown_fields=True):
    """Settings of content fit."""

    topics: Topics


class Refresh(Struct, forbid_unknown_fields=True):
    """`learn`: learn the texts anew, also where little has changed since."""

    learn: bool = False


class SpaceRow(Struct):
    """A space, without its artefact."""

    id: UUID
    topics: int
    influencers: int
    changed: int
    sha256: str
    ready_at: datetime | None
    created_at: datetime


class Artefact(Struct):
    """A space as it is stored."""

    sha256: str
    artefact: bytes


class Counts(Struct):
    """Influencers that can be found, those of them whose texts are read, and those with words of a list."""

    influencers: int
    read: int
    pending: int
    with_hits: int


class PersonText(Struct):
    """What an influencer says of itself; `seen_at` is its updated_at."""

    id: UUID
    bio: str | None
    categories: list[str]
    seen_at: datetime


class PostText(Struct):
    """What a post says."""

    influencer_id: UUID
    id: UUID
    caption: str | None
    hashtags: list[str]
    published_at: datetime | None


class StoredHit(Struct, frozen=True):
    """A word of a list; `post_id` is null where it stands in the bio."""

    category: str
    language: str
    word: str
    written: str
    post_id: UUID | None


class HitsRow(Struct):
    """What was found in an influencer's texts."""

    influencer_id: UUID
    hits: list[StoredHit]


class VectorRows(Struct):
    """Vectors, joined, and the places (from 1) of those who have one, in the same order."""

    places: list[int]
    vectors: bytes


class Paces(Struct):
    """Posts a week of those for whom it is known, by place (from 1)."""

    places: list[int]
    posts_per_week: list[float]


class SafetyHit(Struct):
    """A word of a word list in a text: as listed, as written, and where."""

    category: str
    language: Literal["tr", "en"]
    word: str
    written: str
    where: Literal["bio", "post"]
    post_id: str | None


class Safety(Struct):
    """What brand safety found. `read`: false where the texts are still to be read."""

    influencer_id: str
    read: bool
    hits: list[SafetyHit]


class Space(Struct):
    """What was learnt from the workspace's texts: from how many influencers, and which topics."""

    id: str
    learnt_at: datetime
    influencers: int
    changed_since: int
    topics: list[str]


class ContentStatus(Struct):
    """How far texts are read. With `pending` of 0 every influencer's content is scored by what it says now.

    `job_id`: the job that reads, or waits to; null where there is nothing to do.
    """

    topics: int
    influencers: int
    read: int
    pending: int
    with_hits: int
    space: Space | None
    job_id: str | None
