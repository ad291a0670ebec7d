"""All SQL of comparing what is said of brands."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from service.kit.db import Connection, Database, sql
from service.mentions.rivals.schemas import BrandQuery, Spoken
from service.mentions.searching import read


# What an archived query matched stays countable.
@sql("""
    select id as query_id, brand_id, status <> 'active' or matched_version >= version as complete
    from listening_queries where workspace_id = $1 and brand_id = any($2) order by id
""")
async def queries_of(db: Connection, workspace_id: UUID, brands: Sequence[UUID]) -> list[BrandQuery]: ...


async def spoken(
    database: Database,
    workspace_id: UUID,
    queries: Sequence[BrandQuery],
    since: datetime | None,
    until: datetime | None,
) -> list[Spoken]:
    """What the brands' queries match, by brand and by how many of the brands a mention names."""
    values: list[Any] = [workspace_id, [one.query_id for one in queries], [one.brand_id for one in queries]]
    told = "q.query_id = any($2)"
    for bound, sign in ((since, ">="), (until, "<")):
        if bound is not None:
            values.append(bound)
            told += f" and q.published_at {sign} ${len(values)}"
    rows = await read(
        database,
        f""", named as materialized (
            select b.brand_id, s.label, coalesce(s.reach, s.followers) as reach, s.engagement,
                count(*) over (partition by b.published_at, b.mention_id) as k
            from (
                select distinct p.brand_id, q.published_at, q.mention_id
                from matched q join unnest($2::uuid[], $3::uuid[]) as p (query_id, brand_id) using (query_id)
                where {told}) b
            join mine s on s.published_at = b.published_at and s.mention_id = b.mention_id
        )
        select brand_id, k, count(*), count(reach), sum(reach), count(engagement), sum(engagement),
            count(*) filter (where label = 'positive'), count(*) filter (where label = 'neutral'),
            count(*) filter (where label = 'negative')
        from named group by brand_id, k order by brand_id, k""",
        values,
    )
    return [Spoken(*row) for row in rows]
