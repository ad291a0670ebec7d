"""Pages of reviews, by filters and by words."""

from uuid import UUID

from service.advocacy.reviews import store
from service.advocacy.reviews.narrowing import Listed
from service.advocacy.reviews.schemas import ReviewRow
from service.influencers.schemas import ByTime
from service.kit.db import Connection, Database
from service.mentions.queries.actions import read_expression
from service.mentions.searching import asked, newest

# What words find is looked at in pieces: filters may leave none of a piece.
PIECE = 500


async def searched(
    database: Database,
    db: Connection,
    workspace_id: UUID,
    expression: str,
    wanted: Listed,
    before: ByTime | None,
    limit: int,
) -> list[ReviewRow]:
    """The newest that words find and filters leave, older than `before`. Raises InvalidInput."""
    tree = read_expression(expression, "q")
    found: list[ReviewRow] = []
    while len(found) < limit:
        search = asked(
            workspace_id,
            tree,
            wanted.since,
            wanted.until,
            kind="review",
            source=wanted.source,
            language=wanted.language,
        )
        piece = await newest(database, search, before, PIECE)
        narrowed = _within(wanted, [one.mention_id for one in piece])
        if narrowed.ids:
            found += await store.listed(db, workspace_id, narrowed, None, limit - len(found))
        if len(piece) < PIECE:
            break
        before = (piece[-1].published_at, piece[-1].mention_id)
    return found


def _within(wanted: Listed, ids: list[UUID]) -> Listed:
    others = {name: getattr(wanted, name) for name in Listed.__struct_fields__ if name != "ids"}
    named = ids if wanted.ids is None else [each for each in ids if each in set(wanted.ids)]
    return Listed(ids=named, **others)
