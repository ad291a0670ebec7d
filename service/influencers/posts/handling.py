"""What the posts' routes of influencers and of brands have in common."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from service.influencers.accounts import store as accounts
from service.influencers.posts import actions, intake, show
from service.influencers.posts.actions import Outcome
from service.influencers.posts.schemas import ItemError, PostResults
from service.influencers.posts.values import PostValues
from service.influencers.tables import Tables
from service.kit import clock, ids
from service.kit.db import Connection
from service.kit.problems import NotFound


async def take_in(
    db: Connection, tables: Tables, workspace_id: UUID, owner_id: UUID, items: list[dict[str, Any]]
) -> PostResults:
    """Stores the good items and says of each what became of it."""
    own = [row.id for row in await accounts.accounts_of(db, tables, workspace_id, [owner_id])]
    read = intake.read(items, _finder(own), await clock.now(db))
    good = [item for item in read if isinstance(item, PostValues)]
    outcomes = iter(await actions.put(db, tables, workspace_id, good) if good else [])
    results: list[Outcome | list[ItemError]] = [
        next(outcomes) if isinstance(item, PostValues) else item for item in read
    ]
    return show.results(results)


def _finder(own: list[UUID]) -> Callable[[str | None], UUID | str]:
    """Of the owner's accounts the one that is named, else the only one."""

    def find(name: str | None) -> UUID | str:
        if name is None:
            return own[0] if len(own) == 1 else f"says which: there are {len(own)} accounts"
        try:
            account_id = ids.read("acc", name)
        except NotFound:
            return "is no account of this profile"
        return account_id if account_id in own else "is no account of this profile"

    return find
