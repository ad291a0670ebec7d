"""Who follows or likes an account: what is asked, what is answered, rows."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from litestar.params import QueryParameter
from msgspec import Meta, Struct

from service.influencers.schemas import Platform, PlatformId, Time

Of = Literal["followers", "likers"]
SetBasis = Literal["exact", "uniform_sample", "hash_sample"]
ListBasis = Literal["exact", "uniform_sample"]

MOST_LINKS = 10_000
MOST_SIZE = 10**12

OfQuery = Annotated[Of, QueryParameter(name="of", description="whose ids these are")]
ListBasisQuery = Annotated[
    ListBasis, QueryParameter(description="whether the list has everybody or is a random sample")
]
Size = Annotated[
    int | None,
    QueryParameter(
        ge=0,
        le=MOST_SIZE,
        description="of a sample: people in the whole audience; 0: that there is nobody, and the list empty",
    ),
]
Keep = Annotated[
    int | None,
    QueryParameter(
        ge=1_000,
        le=1_000_000,
        description="of a complete list, answer from the so many people with the smallest hashes",
    ),
]
AsOfQuery = Annotated[Time | None, QueryParameter(description="when the list was made; now, if left out")]
SourceQuery = Annotated[
    str, QueryParameter(min_length=1, max_length=200, description="where the list comes from")
]
Force = Annotated[bool, QueryParameter(description="true: also in place of a newer list")]
DryRun = Annotated[bool, QueryParameter(description="true: only show what would come of it")]


class RejectedFollower(Struct, frozen=True):
    """A line that names nobody. `row` counts lines from 1; `reason` is a code, `message` for people."""

    row: int
    column: str | None
    value: str | None
    reason: str
    message: str


class FollowerSet(Struct):
    """What is known of the people who follow or like an account; never who they are.

    `basis`: exact (everybody), uniform_sample (`sampled` random ones of `size`), hash_sample (of everybody
    the `sampled` with the smallest hashes). `linked`: how many of the known people are known on another
    platform too. `version` rises with each change.
    """

    account_id: str
    platform: str
    handle: str | None
    of: Of
    basis: SetBasis
    size: int
    sampled: int
    keep: int | None
    linked: int
    as_of: datetime
    source: str
    version: int
    created_at: datetime
    updated_at: datetime


class FollowersPut(Struct):
    """What a list of followers has made of a set, or would.

    `sampled`: how many of the people answers are made from; `added`, `removed` and `unchanged` compare the
    people who are known with those before. `duplicates`: lines that named somebody again; `suppressed`:
    people who were erased once; `rejected`: lines that named nobody, the first of which are listed. `header`:
    a first line that was taken for one. `version` is null as long as it is a dry run.
    """

    account_id: str
    of: Of
    basis: SetBasis
    size: int
    sampled: int
    keep: int | None
    added: int
    removed: int
    unchanged: int
    duplicates: int
    suppressed: int
    rejected: int
    rejects: list[RejectedFollower]
    header: str | None
    as_of: datetime
    source: str
    version: int | None
    dry_run: bool


class FollowerIdentity(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody on a platform, by the id or handle by which lists name them there."""

    platform: Platform
    id: PlatformId


class FollowerLink(Struct, frozen=True, forbid_unknown_fields=True):
    """Two identities of one person."""

    a: FollowerIdentity
    b: FollowerIdentity


class NewFollowerLinks(Struct, forbid_unknown_fields=True):
    """Identities that are known to be one person's, pair by pair."""

    links: Annotated[list[FollowerLink], Meta(min_length=1, max_length=MOST_LINKS)]


class RejectedLink(Struct, frozen=True):
    """A link that can't be read: its place in the list, from 0, and why."""

    index: int
    reason: str
    message: str


class LinkedFollowers(Struct):
    """`linked`: links that joined two people; `unchanged`: those that said what was known already.

    `suppressed`: links of people who were erased. `sets_changed`: sets that were written anew.
    """

    linked: int
    unchanged: int
    suppressed: int
    rejected: int
    rejects: list[RejectedLink]
    sets_changed: int
    dry_run: bool


class FollowerErasure(Struct):
    """`identities`: rows of the person that went, on all platforms; `sets`: sets in which they stood.

    Nobody by that name may come in again, whether they were known or not.
    """

    identities: int
    sets: int
    dry_run: bool


class SetRow(Struct):
    """A set as it is kept; `members` and `sample` are serialised bitmaps."""

    account_id: UUID
    of: Of
    basis: SetBasis
    size: int
    sampled: int
    keep: int | None
    members: bytes
    sample: bytes | None
    as_of: datetime
    source: str
    version: int


class SetHead(Struct, frozen=True):
    """A set without its people; `sampled`: those that answers are made from."""

    account_id: UUID
    size: int
    sampled: int
    as_of: datetime
    source: str
    version: int


class SetKey(Struct, frozen=True):
    account_id: UUID
    of: Of


class ShownRow(Struct):
    account_id: UUID
    platform: str
    handle: str | None
    of: Of
    basis: SetBasis
    size: int
    sampled: int
    keep: int | None
    members: bytes
    as_of: datetime
    source: str
    version: int
    created_at: datetime
    updated_at: datetime


class PlatformPair(Struct, frozen=True):
    first: str
    second: str
