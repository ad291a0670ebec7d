"""Searches over all mentions: statements for the search role, each of which starts with the workspace.

As in discovery/search: under a wall the planner would use no index for words. No statement may name the
tables; they name `mine` (mention_search) and `matched` (mention_matches), which are the workspace's part of
them.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from service.influencers.schemas import ByTime
from service.kit.db import Database, Record
from service.mentions.language.nodes import Node
from service.mentions.language.tsquery import condition

WALL = (
    "with mine as not materialized (select * from mention_search where workspace_id = $1),"
    " matched as not materialized (select * from mention_matches where workspace_id = $1)"
)
_FILTERS = {
    "source": "s.source = ${}",
    "platform": "s.platform = ${}",
    "kind": "s.kind = ${}",
    "language": "s.language = ${}",
    "country": "s.country = ${}",
    "label": "s.label = ${}",
    "influencer_id": "s.influencer_id = ${}",
    "tag": "${} = any(s.tags)",
    "rated": "(s.stars is not null) = ${}",
}
SEARCHABLE = (*_FILTERS, "since", "until")


class Found(Struct):
    """A mention that a search finds."""

    published_at: datetime
    mention_id: UUID


class Asked(Struct):
    """What a search asks for: a condition over `mine s`, and the values that it binds ($1: the workspace)."""

    text: str
    values: list[Any]

    def bind(self, value: Any) -> str:
        """The place of a further value."""
        self.values.append(value)
        return f"${len(self.values)}"


def asked(
    workspace_id: UUID,
    tree: Node | None,
    since: datetime | None = None,
    until: datetime | None = None,
    **filters: Any,
) -> Asked:
    """The search for a query of a span, narrowed by filters of the closed set."""
    made = Asked("", [workspace_id])
    parts = [condition(tree, made.values)] if tree is not None else []
    if since is not None:
        parts.append(f"s.published_at >= {made.bind(since)}")
    if until is not None:
        parts.append(f"s.published_at < {made.bind(until)}")
    for name, value in filters.items():
        if value is not None:
            parts.append(_FILTERS[name].format(len(made.values) + 1))
            made.values.append(value)
    made.text = " and ".join(parts) or "true"
    return made


async def read(database: Database, select: str, values: Sequence[Any]) -> Sequence[Record]:
    """The rows of a statement over `mine` and `matched`; $1 is the workspace."""
    async with database.searching() as db:
        rows: Sequence[Record] = await db.fetch(f"{WALL} {select}", *values)
        return rows


# A query's mentions lie in their index as all mentions do in theirs, by time: the two are merged in one
# pass. By the planner's count of rows a hash of the wide table looks cheaper, at four times the time
# (100,000 of a million).
_SUMMING = """
    select set_config('random_page_cost', '1.1', true), set_config('enable_hashjoin', 'off', true),
        set_config('work_mem', '64MB', true)
"""


async def summed(database: Database, select: str, values: Sequence[Any]) -> Sequence[Record]:
    """As `read`, for sums over many mentions, planned to walk indexes in their order."""
    async with database.searching() as db, db.transaction(readonly=True):
        await db.execute(_SUMMING)
        rows: Sequence[Record] = await db.fetch(f"{WALL} {select}", *values)
        return rows


async def newest(database: Database, search: Asked, before: ByTime | None, limit: int) -> list[Found]:
    """The newest that are found, older than `before`."""
    text = search.text
    if before is not None:
        at, mention_id = search.bind(before[0]), search.bind(before[1])
        text += f" and (s.published_at, s.mention_id) < ({at}, {mention_id})"
    rows = await read(
        database,
        f"""select s.published_at, s.mention_id from mine s where {text}
            order by s.published_at desc, s.mention_id desc limit {search.bind(limit)}""",
        search.values,
    )
    return [Found(*row) for row in rows]
