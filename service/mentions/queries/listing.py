"""A page of the mentions that an expression finds."""

from uuid import UUID

from msgspec import structs

from service.influencers.schemas import ByTime
from service.kit.db import Connection, Database
from service.kit.problems import InvalidInput
from service.mentions import store
from service.mentions.narrowing import Listed
from service.mentions.queries.actions import read_expression
from service.mentions.schemas import MentionRow
from service.mentions.searching import SEARCHABLE, asked, newest


async def searched(
    database: Database,
    db: Connection,
    workspace_id: UUID,
    expression: str,
    wanted: Listed,
    before: ByTime | None,
    limit: int,
) -> list[MentionRow]:
    """The newest that are found, older than `before`. Raises InvalidInput."""
    tree = read_expression(expression, "query")
    given = {name: value for name, value in structs.asdict(wanted).items() if value is not None}
    others = [name for name in given if name not in SEARCHABLE]
    if others:
        errors = [{"path": name, "message": "can't be combined with `query`"} for name in others]
        raise InvalidInput("filters that don't go with an expression", errors=errors)
    found = await newest(database, asked(workspace_id, tree, **given), before, limit)
    return await store.mentions_of(db, workspace_id, [one.mention_id for one in found])
