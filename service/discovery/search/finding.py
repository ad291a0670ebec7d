"""Finding: the steps of a search on the search role's connection, from text and filters to ids."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from service.discovery.search import facets, queries
from service.discovery.search.conditions import Values
from service.discovery.search.cursor import Position
from service.discovery.search.facets import Counted, Facet, Sample, Tier
from service.discovery.search.queries import After, Wanted
from service.discovery.search.relevance import Candidate, Near, Text, by_relevance, nearest
from service.discovery.search.sorting import Order, Sort, by_column, is_rising, key_of
from service.discovery.search.statement import read, read_one
from service.discovery.search.text import typo_query
from service.kit.db import Connection

# One more than what is told exactly.
COUNT_CAP = 1_001
# With fewer rows than this for the words as they are, typing errors are looked for.
ENOUGH = 10
MOST_NEAR = 50
MOST_CANDIDATES = 1_000


class Hit(NamedTuple):
    """A row of a page, and where it stands."""

    segment: int
    influencer_id: UUID
    account_id: UUID
    value: Any


async def has_enough(db: Connection, workspace_id: UUID, text: Text) -> bool:
    """Whether the words as they are lead to some rows, whatever the filters make of these."""
    return bool(await read_one(db, *queries.having_words(workspace_id, text, ENOUGH)) == ENOUGH)


async def nearly_named(db: Connection, workspace_id: UUID, text: Text) -> Near:
    """Who has a handle or name like the text but for typing errors, the most similar first."""
    query = typo_query(text.name)
    if query is None:
        return Near([], [])
    rows = await read(db, *queries.nearly_named(workspace_id, query, MOST_CANDIDATES))
    return nearest(text.name, [Candidate(*row) for row in rows], MOST_NEAR)


async def count(db: Connection, wanted: Wanted) -> int:
    """How many influencers match, up to COUNT_CAP."""
    return int(await read_one(db, *queries.count(wanted, COUNT_CAP)))


async def everyone(db: Connection, wanted: Wanted) -> tuple[list[UUID], list[UUID]]:
    """All influencers that match, and the largest matching account of each."""
    [row] = await read(db, *queries.everyone(wanted))
    return list(row[0] or []), list(row[1] or [])


def order_of(sort: Sort, text: Text | None) -> Order:
    """The order of a search, but for the one by fit."""
    rising, key = is_rising(sort), key_of(sort)
    if key == "relevance":
        return by_relevance(text, rising=rising) if text else by_column("followers", rising=rising)
    return by_column(key, rising=rising)


async def page(
    db: Connection, wanted: Wanted, order: Order, position: Position | None, limit: int
) -> list[Hit]:
    """The rows behind a position, segment by segment, at most `limit`."""
    start = position.segment if position else 0
    after = After(position.value, position.account_id) if position else None
    found: list[Hit] = []
    for number in range(start, len(order)):
        values = Values(wanted.workspace_id)
        segment = order[number](values)
        statement = queries.page(wanted, values, segment, after, limit - len(found))
        found += [Hit(number, *row) for row in await read(db, *statement)]
        after = None
        if len(found) == limit:
            break
    return found


async def counts(
    db: Connection, wanted: Wanted, asked: Sequence[Facet], tiers: Sequence[Tier]
) -> tuple[list[Counted], float]:
    """The values of facets, and the share of the workspace that was looked at: 1 where that is all."""
    rows = await read(db, *facets.exact(wanted, asked, tiers))
    share = 1.0
    if facets.rows_of(rows)["matching"] > facets.MOST_ROWS:
        rows = await read(db, *facets.estimated(wanted, asked, tiers))
        looked_at = facets.rows_of(rows)
        share = Sample(looked_at["seen"], looked_at["reach"]).share
    return [Counted(*row) for row in rows if row[0] != "rows"], share
