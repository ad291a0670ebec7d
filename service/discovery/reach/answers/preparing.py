"""A question with all that its answer rests on, but the people of the sets."""

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from service.discovery.reach.answers.effort import effort
from service.discovery.reach.answers.keys import digest
from service.discovery.reach.answers.schemas import Question
from service.discovery.reach.asking import of_list
from service.discovery.reach.planned import read
from service.discovery.reach.schemas import Inputs
from service.discovery.reach.targets import target_shares, wanted_of
from service.discovery.shortlists.schemas import ShortlistRow
from service.kit.db import Connection


class Prepared(NamedTuple):
    """found: an outline, or filled with the sets. shares: of each audience in the target, where one is."""

    row: ShortlistRow
    question: Question
    found: Inputs
    shares: Mapping[UUID, float | None] | None

    @property
    def posts_given(self) -> bool:
        return bool(read(self.question.posts))

    @property
    def key(self) -> bytes:
        """The same for the same answer. Of the outline."""
        also = (self.question.of, self.posts_given, self.question.population)
        return digest(self.question.what, self.row.id, self.found, self.shares, *also)

    @property
    def effort(self) -> int:
        """Of the outline."""
        return effort(self.found, pairs=self.question.what == "overlap")


async def prepare(db: Connection, workspace_id: UUID, shortlist_id: str, asked: Question) -> Prepared:
    """Raises UnknownShortlist, InvalidInput, TooManyInfluencers, UnknownBrief."""
    row, found = await of_list(
        db, workspace_id, shortlist_id, asked.platforms, asked.status, asked.of, asked.posts
    )
    wanted = await wanted_of(db, workspace_id, asked.brief_id, asked.target)
    shares = None if wanted is None else await target_shares(db, workspace_id, found.candidates, wanted)
    return Prepared(row, asked, found, shares)
