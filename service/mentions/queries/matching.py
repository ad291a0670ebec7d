"""Which queries mentions match: as they come in, and when a person says something new of them."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from service.kit.db import Connection
from service.mentions import store as mentions
from service.mentions.language.nodes import Node
from service.mentions.language.parsing import parse
from service.mentions.language.tsquery import condition
from service.mentions.queries import store


async def match(db: Connection, workspace_id: UUID, mention_ids: Sequence[UUID]) -> None:
    """Finds the active queries of each mention anew, by its row of the index, and applies the rules."""
    await store.hold_queries(db, workspace_id)
    await store.forget_queries_of(db, workspace_id, mention_ids)
    for query in await store.active_queries(db, workspace_id):
        values: list[Any] = [workspace_id, query.id, list(mention_ids)]
        text = condition(tree(query.expression), values)
        await store.match_some(db, workspace_id, query.id, text, values[2:])
    await follow_rules(db, workspace_id, mention_ids)


async def follow_rules(db: Connection, workspace_id: UUID, mention_ids: Sequence[UUID]) -> None:
    """Gives matched mentions the tags, categories and campaigns of their queries."""
    changed = await store.apply_rules(db, workspace_id, mention_ids)
    if changed:
        await mentions.follow_searched(db, workspace_id, changed)


@lru_cache(maxsize=2_000)
def tree(expression: str) -> Node:
    """The tree of a stored expression. Raises QueryError."""
    return parse(expression)
