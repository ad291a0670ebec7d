"""Bringing the search tables up to what the profiles say."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

import msgspec

from service.accounts.workspaces.store import get_workspace
from service.discovery.index import store
from service.discovery.index.rows import (
    Account,
    Details,
    NamesRow,
    SearchRow,
    names_row,
    search_rows,
)
from service.discovery.index.steadiness import steadiness
from service.discovery.search.labels import audience_key
from service.influencers.events import InfluencersChanged, InfluencersMerged, MergeUndone
from service.kit.db import Connection, Database

# Large enough that a statement's overhead does not count, small enough to hold in memory with all posts.
BATCH = 2_000
NEWEST_POSTS = 50


async def follow_changes(db: Connection, event: InfluencersChanged) -> None:
    """Handles the event, in its transaction: a search never finds what is not there, or misses what is."""
    await reindex(db, event.workspace_id, event.ids)


async def follow_merges(db: Connection, event: InfluencersMerged | MergeUndone) -> None:
    """Handles the events: accounts have changed hands."""
    await reindex(db, event.workspace_id, [event.kept, *event.merged])


async def rebuild(database: Database, workspace_id: UUID) -> int:
    """Reindexes a whole workspace, a batch a transaction; the number of influencers that were read."""
    done, after = 0, UUID(int=0)
    while True:
        async with database.transaction(workspace_id) as db:
            ids = await store.ids_after(db, workspace_id, after, BATCH)
            await reindex(db, workspace_id, ids)
        if not ids:
            return done
        done, after = done + len(ids), ids[-1]


async def reindex(db: Connection, workspace_id: UUID, ids: Sequence[UUID]) -> None:
    """Writes the rows of these influencers anew where they are other than before.

    Who is archived, merged or opted out has none. In order of ids, so that two that run at once wait for
    each other instead of in a circle.
    """
    if not ids:
        return
    currency = (await get_workspace(db, workspace_id)).currency
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), BATCH):
        await _reindex_batch(db, workspace_id, ordered[start : start + BATCH], currency)


async def _reindex_batch(db: Connection, workspace_id: UUID, ids: list[UUID], currency: str) -> None:
    people = await store.people(db, workspace_id, ids)
    accounts: dict[UUID, list[Account]] = defaultdict(list)
    for account in await store.accounts(db, workspace_id, ids):
        accounts[account.influencer_id].append(account)
    details = await _details(db, workspace_id, [one for each in accounts.values() for one in each])
    rows = [row for who in people for row in search_rows(who, accounts[who.id], details, currency)]
    await _write(db, workspace_id, ids, rows, [names_row(who, accounts[who.id]) for who in people])
    found = steadiness({one: each.history for one, each in details.items() if each.history})
    await store.drop_growth(db, workspace_id, ids, found.account_ids)
    await store.put_growth(db, workspace_id, *msgspec.structs.astuple(found))


async def _write(
    db: Connection, workspace_id: UUID, ids: list[UUID], rows: list[SearchRow], names: list[NamesRow]
) -> None:
    kept, kept_accounts = [row.influencer_id for row in rows], [row.account_id for row in rows]
    await store.drop_rows(db, workspace_id, ids, kept, kept_accounts)
    await store.drop_names(db, workspace_id, ids, [row.influencer_id for row in names])
    await store.put_rows(db, workspace_id, rows)
    await store.put_names(db, workspace_id, names)


async def _details(db: Connection, workspace_id: UUID, accounts: Sequence[Account]) -> dict[UUID, Details]:
    made: dict[UUID, Details] = defaultdict(Details)
    ids = [account.id for account in accounts]
    for history in await store.histories(db, workspace_id, ids):
        made[history.account_id].history = list(zip(history.times, history.followers, strict=True))
    for posts in await store.posts(db, workspace_id, ids, NEWEST_POSTS):
        made[posts.account_id].captions = posts.captions or []
        made[posts.account_id].hashtags = posts.hashtags or []
    for each in await store.audiences(db, workspace_id, ids):
        made[each.account_id].audience = _shares(each)
    await _add_prices(db, workspace_id, accounts, made)
    return made


async def _add_prices(
    db: Connection, workspace_id: UUID, accounts: Sequence[Account], details: dict[UUID, Details]
) -> None:
    owners = list({account.influencer_id for account in accounts})
    prices: dict[tuple[UUID, str], dict[str, int]] = defaultdict(dict)
    for price in await store.prices(db, workspace_id, owners):
        prices[price.influencer_id, price.platform][price.currency] = price.amount
    for account in accounts:
        found = prices.get((account.influencer_id, account.platform))
        if found:
            details[account.id].prices = found


def _shares(audience: store.Audience) -> dict[str, float]:
    shares = zip(audience.dimensions, audience.codes, audience.shares, strict=True)
    # Shares are stored as four bytes; six digits are what those hold.
    return {audience_key(dimension, code): round(share, 6) for dimension, code, share in shares}
