"""Posts as they come in, by hand or from files, and the engagement that follows from them."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from service.influencers import engagement
from service.influencers.accounts import store as accounts
from service.influencers.posts import store
from service.influencers.posts.values import PostValues, together
from service.influencers.tables import Tables
from service.kit.db import Connection


class Outcome(msgspec.Struct, frozen=True):
    """What became of a row: created, updated or unchanged, and of which post."""

    status: str
    post_id: UUID


async def put(
    db: Connection, tables: Tables, workspace_id: UUID, rows: Sequence[PostValues]
) -> list[Outcome]:
    """Adds or completes posts of accounts that exist; an outcome for each row.

    Rows of one post count once: the others of it are unchanged.
    """
    if not rows:
        return []
    known = together(enumerate(rows))
    await store.stage(db, known)
    stored = await store.store_staged(db, tables, workspace_id)
    await measure(db, tables, workspace_id, {one.account_id for one in stored if one.status != "unchanged"})
    outcomes = [Outcome("unchanged", stored[0].id)] * len(rows)
    for one in stored:
        first, *others = known[one.n].places
        outcomes[first] = Outcome(one.status, one.id)
        for place in others:
            outcomes[place] = Outcome("unchanged", one.id)
    return outcomes


async def measure(db: Connection, tables: Tables, workspace_id: UUID, touched: set[UUID]) -> None:
    """Computes the engagement of accounts anew from their posts."""
    if not touched:
        return
    seen = {one.account_id: one.seen_at for one in await store.seen(db, tables, workspace_id, list(touched))}
    rates = engagement.of_posts(await store.figures(db, tables, workspace_id, list(touched)))
    found = [(account_id, seen[account_id], rate) for account_id, rate in sorted(rates.items())]
    await accounts.put_rates(db, tables, workspace_id, found)
