"""The one place where statements for the search role are made: each starts with the workspace predicate.

The search role may read every workspace's rows (under a wall the planner would use no index, see README), so
no statement may name the tables: they name `mine` and `names`, which are the workspace's part of them.
"""

from collections.abc import Sequence
from typing import Any

from service.discovery.search.conditions import Values
from service.kit.db import Connection, Record

WALL = (
    "with mine as not materialized (select * from influencer_search where workspace_id = $1),"
    " names as not materialized (select * from influencer_names where workspace_id = $1)"
)


def statement(select: str, **parts: str) -> str:
    """A statement over the workspace's rows; `parts` are further named queries that it may use."""
    return ", ".join([WALL, *(f"{name} as ({query})" for name, query in parts.items())]) + " " + select


async def read(db: Connection, text: str, values: Values) -> Sequence[Record]:
    """The rows of a statement, read by the search role."""
    if not text.startswith(WALL):
        raise ValueError("a statement of the search role starts with the workspace predicate")
    rows: Sequence[Record] = await db.fetch(text, *values.bound)
    return rows


async def read_one(db: Connection, text: str, values: Values) -> Any:
    """The first column of the first row."""
    rows = await read(db, text, values)
    return rows[0][0] if rows else None
