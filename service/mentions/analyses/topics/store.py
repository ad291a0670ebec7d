"""All SQL of topics: samples as the search role, words as the app's."""

from collections.abc import Sequence
from uuid import UUID

from service.kit.db import Connection, Database, sql
from service.mentions.analyses.selecting import Selection
from service.mentions.analyses.topics.schemas import Said
from service.mentions.searching import summed


async def sample(database: Database, asked: Selection, most: int) -> tuple[list[UUID], int]:
    """Up to `most` of the mentions, drawn by a hash of their ids: the same each time; and how many there
    are."""
    rows = await summed(
        database,
        f"""select s.mention_id, count(*) over () from {asked.rows}
            order by uuid_hash_extended(s.mention_id, 7), s.mention_id limit {asked.bind(most)}""",
        asked.values,
    )
    return [row[0] for row in rows], rows[0][1] if rows else 0


async def among(database: Database, asked: Selection, ids: Sequence[UUID]) -> set[UUID]:
    """Which of some mentions are meant."""
    rows = await summed(
        database,
        f"select s.mention_id from {asked.rows} and s.mention_id = any({asked.bind(list(ids), 'uuid[]')})",
        asked.values,
    )
    return {row[0] for row in rows}


@sql("""
    select id, title, left(text, 2000) as text, url, platform, coalesce(hand_label, label) as label,
        published_at
    from mentions where workspace_id = $1 and id = any($2::uuid[]) order by id
""")
async def said(db: Connection, workspace_id: UUID, ids: Sequence[UUID]) -> list[Said]: ...


@sql("select expression from listening_queries where workspace_id = $1 and id = any($2::uuid[]) order by id")
async def expressions(db: Connection, workspace_id: UUID, ids: Sequence[UUID]) -> list[str]: ...
