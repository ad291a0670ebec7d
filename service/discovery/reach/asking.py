"""What every question about a list's reach takes, and who is meant by it."""

from typing import Annotated, get_args
from uuid import UUID

from litestar.params import QueryParameter

from service.discovery.reach import store
from service.discovery.reach.inputs import outline
from service.discovery.reach.planned import read
from service.discovery.reach.problems import TooManyInfluencers
from service.discovery.reach.schemas import Asked, Inputs
from service.discovery.shortlists import store as lists
from service.discovery.shortlists.items.schemas import Status
from service.discovery.shortlists.schemas import ShortlistRow
from service.influencers.followers.reading import Of
from service.influencers.reading import words
from service.influencers.schemas import Platform
from service.kit import ids
from service.kit.db import Connection

MOST = 1_000
CLOSED = frozenset(("ignored", "rejected"))

Platforms = Annotated[
    str | None,
    QueryParameter(max_length=200, description="of these platforms: any, with commas; left out: any"),
]
Statuses = Annotated[
    str | None,
    QueryParameter(
        max_length=200, description="items of these statuses, with commas; left out: not ignored, rejected"
    ),
]
SetsOf = Annotated[Of, QueryParameter(name="of", description="whose sets are compared: followers or likers")]
PostsPlan = Annotated[
    str | None,
    QueryParameter(
        max_length=2_000,
        description="planned posts of each account: `reel:2,story:3`; of a platform `tiktok/video:2`, of one"
        " influencer `reel:1@inf_...`; left out: one post of the platform's usual format",
    ),
]


async def of_list(
    db: Connection,
    workspace_id: UUID,
    shortlist_id: str,
    platforms: str | None,
    status: str | None,
    of: Of = "followers",
    posts: str | None = None,
) -> tuple[ShortlistRow, Inputs]:
    """The list, and the outline of its influencers in the list's order.

    Raises UnknownShortlist, InvalidInput for what can't be read, TooManyInfluencers.
    """
    known: frozenset[str] = frozenset(get_args(Status))
    statuses = words("status", status, known) or known - CLOSED
    wanted = words("platforms", platforms, frozenset(get_args(Platform)))
    asked = Asked(platforms=frozenset(wanted), posts=read(posts), of=of)
    row = await lists.get_shortlist(db, workspace_id, ids.read("sho", shortlist_id))
    keys = await store.on_list(db, workspace_id, row.id, sorted(statuses), MOST + 1)
    if len(keys) > MOST:
        raise TooManyInfluencers(f"at most {MOST} influencers in one question: narrow it by status")
    return row, await outline(db, workspace_id, keys, asked)
