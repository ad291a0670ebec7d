"""Audiences beside each other."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from scoring.scores import Score
from service.discovery.scores.schemas import InfluencerCard
from service.influencers.audiences.schemas import Dimension

# All pairs of so many are 1,225: an answer of a megabyte or two.
MOST_COMPARED = 50

Compared = Annotated[
    list[Annotated[str, Meta(max_length=40, examples=["inf_01kap1x0zqf8r9s3t5v7w9y1b2"])]],
    Meta(min_length=2, max_length=MOST_COMPARED, description="influencers, none twice"),
]
Codes = Annotated[
    int, Meta(ge=0, le=20, description="so many codes of each dimension that a pair has most in common")
]


class AudienceComparison(Struct, forbid_unknown_fields=True):
    """Whose audiences are compared."""

    influencer_ids: Compared
    shared_codes: Codes = 3


class AudienceSide(Struct, frozen=True):
    """An influencer in a comparison, and the audience that is compared; none where nothing is known.

    The audience is the newest of the account with most followers that has one.
    """

    influencer: InfluencerCard
    account_id: str | None
    as_of: datetime | None
    source: str | None
    sample_size: int | None
    dimensions: list[Dimension]


class SharedCode(Struct, frozen=True):
    """A code that both audiences list, with the share that it has in either."""

    code: str
    a: float
    b: float


class SharedDimension(Struct, frozen=True):
    """What a pair has in common in one dimension: `overlap` is the sum of the smaller shares.

    What an audience does not list is compared as one bucket `other`, which is in `overlap` too.
    """

    dimension: Dimension
    overlap: float
    shared: list[SharedCode]


class AudiencePair(Struct, frozen=True):
    """Two influencers; `a` stands before `b` in the request."""

    a: str
    b: str
    similarity: Score
    dimensions: list[SharedDimension]


class AudienceSimilarity(Struct, frozen=True):
    """Each pair once, and all of them as a matrix in the order of the request.

    On its diagonal is 100 where anything is known.

    A similarity is null, with a reason, where a pair knows no dimension in common or too little is known.
    """

    as_of: datetime
    influencers: list[AudienceSide]
    matrix: list[list[float | None]]
    pairs: list[AudiencePair]
