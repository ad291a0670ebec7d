"""All SQL of listening queries and of what they match."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from service.kit.db import Connection, sql
from service.mentions.problems import UnknownQuery
from service.mentions.queries.schemas import QueryRow

COLUMNS = """
    id, name, expression, brand_id, tags, categories, campaign_id, status, version, matched_version, job_id,
    created_by, created_at, updated_at
"""


@sql(f"select {COLUMNS} from listening_queries where workspace_id = $1 and id = $2", missing=UnknownQuery)
async def get_query(db: Connection, workspace_id: UUID, query_id: UUID) -> QueryRow: ...


@sql(
    f"select {COLUMNS} from listening_queries where workspace_id = $1 and id = $2 for update",
    missing=UnknownQuery,
)
async def lock_query(db: Connection, workspace_id: UUID, query_id: UUID) -> QueryRow: ...


@sql(f"""
    select {COLUMNS} from listening_queries
    where workspace_id = $1 and ($2::uuid[] is null or id = any($2)) and ($3::uuid is null or brand_id = $3)
      and case when $4::text is null then status <> 'archived' or $2 is not null else status = $4 end
      and ($5::uuid is null or id < $5)
    order by id desc limit $6
""")
async def list_queries(
    db: Connection,
    workspace_id: UUID,
    ids: list[UUID] | None,
    brand_id: UUID | None,
    status: str | None,
    before: UUID | None,
    limit: int,
) -> list[QueryRow]: ...


@sql(f"select {COLUMNS} from listening_queries where workspace_id = $1 and status = 'active' order by id")
async def active_queries(db: Connection, workspace_id: UUID) -> list[QueryRow]: ...


@sql("select count(*) from listening_queries where workspace_id = $1 and status <> 'archived'")
async def count_queries(db: Connection, workspace_id: UUID) -> int: ...


@sql(f"""
    insert into listening_queries
        (workspace_id, id, name, expression, brand_id, tags, categories, campaign_id, status, created_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning {COLUMNS}
""")
async def add_query(
    db: Connection,
    workspace_id: UUID,
    query_id: UUID,
    name: str,
    expression: str,
    brand_id: UUID | None,
    tags: list[str],
    categories: list[str],
    campaign_id: UUID | None,
    status: str,
    created_by: str,
) -> QueryRow: ...


@sql(f"""
    update listening_queries
    set name = $3, expression = $4, brand_id = $5, tags = $6, categories = $7, campaign_id = $8, status = $9,
        version = $10, updated_at = elci_now()
    where workspace_id = $1 and id = $2 returning {COLUMNS}
""")
async def save_query(
    db: Connection,
    workspace_id: UUID,
    query_id: UUID,
    name: str,
    expression: str,
    brand_id: UUID | None,
    tags: list[str],
    categories: list[str],
    campaign_id: UUID | None,
    status: str,
    version: int,
) -> QueryRow: ...


@sql(f"""
    update listening_queries set job_id = $3 where workspace_id = $1 and id = $2 returning {COLUMNS}
""")
async def set_job(db: Connection, workspace_id: UUID, query_id: UUID, job_id: UUID) -> QueryRow: ...


@sql("""
    update listening_queries set matched_version = $3 where workspace_id = $1 and id = $2 and version = $3
""")
async def set_matched(db: Connection, workspace_id: UUID, query_id: UUID, version: int) -> None: ...


# Intake holds it shared, from reading the queries to its end: a job that then waits for it sees every mention
# that was taken in without its query.
@sql("""
    select pg_advisory_xact_lock_shared(1819243310, hashtext(workspace_id::text))
    from (select $1::uuid) w(workspace_id)
""")
async def hold_queries(db: Connection, workspace_id: UUID) -> None: ...


@sql("""
    select pg_advisory_xact_lock(1819243310, hashtext(workspace_id::text))
    from (select $1::uuid) w(workspace_id)
""")
async def wait_for_intake(db: Connection, workspace_id: UUID) -> None: ...


@sql("delete from mention_matches where workspace_id = $1 and query_id = $2")
async def forget_matches(db: Connection, workspace_id: UUID, query_id: UUID) -> None: ...


@sql("delete from mention_matches where workspace_id = $1 and mention_id = any($2)")
async def forget_queries_of(db: Connection, workspace_id: UUID, mention_ids: Sequence[UUID]) -> None: ...


@sql("""
    insert into mention_matches (workspace_id, query_id, published_at, mention_id)
    select $1, $2, m.published_at, m.id from unnest($3::uuid[]) as p(id)
    join mentions m on m.workspace_id = $1 and m.id = p.id
    order by m.published_at, m.id on conflict do nothing
""")
async def add_matches(
    db: Connection, workspace_id: UUID, query_id: UUID, mention_ids: list[UUID]
) -> None: ...


async def match_some(
    db: Connection, workspace_id: UUID, query_id: UUID, condition: str, values: Sequence[Any]
) -> None:
    """Adds the matches among some mentions. `condition`: over `mention_search s`, made by language/tsquery;
    $1 is the workspace, $2 the query, $3 the mentions' ids, and its values follow."""
    await db.execute(
        f"""
        insert into mention_matches (workspace_id, query_id, published_at, mention_id)
        select $1, $2, s.published_at, s.mention_id from mention_search s
        where s.workspace_id = $1 and s.mention_id = any($3::uuid[]) and {condition}
        on conflict do nothing
        """,
        *(workspace_id, query_id, *values),
    )


@sql("""
    with given as (
        select q.mention_id, array_agg(distinct t.tag) filter (where t.kind = 'tag') as tags,
            array_agg(distinct t.tag) filter (where t.kind = 'category') as categories,
            (array_agg(q.campaign_id order by q.query_id) filter (where q.campaign_id is not null))[1]
                as campaign_id
        from (select mm.mention_id, l.id as query_id, l.tags, l.categories, l.campaign_id
              from mention_matches mm join listening_queries l on l.workspace_id = $1 and l.id = mm.query_id
              where mm.workspace_id = $1 and mm.mention_id = any($2) and l.status = 'active'
                and (l.tags <> '{}' or l.categories <> '{}' or l.campaign_id is not null)) q
        left join lateral (
            select 'tag' as kind, unnest(q.tags) as tag
            union all select 'category', unnest(q.categories)) t on true
        group by q.mention_id)
    update mentions m
    set tags = m.tags || array(select unnest(g.tags) except select unnest(m.tags) order by 1),
        categories = m.categories || array(select unnest(g.categories) except select unnest(m.categories)
                                           order by 1),
        campaign_id = coalesce(m.campaign_id, g.campaign_id), updated_at = elci_now()
    from given g
    where m.workspace_id = $1 and m.id = g.mention_id
      and not (m.tags @> coalesce(g.tags, '{}') and m.categories @> coalesce(g.categories, '{}')
               and (m.campaign_id is not null or g.campaign_id is null))
    returning m.id
""")
async def apply_rules(db: Connection, workspace_id: UUID, mention_ids: Sequence[UUID]) -> list[UUID]: ...


@sql("""
    select id from unnest($2::uuid[]) as p(id) where not exists (
        select from brands b where b.workspace_id = $1 and b.id = p.id)
""")
async def unknown_brands(db: Connection, workspace_id: UUID, brands: list[UUID]) -> list[UUID]: ...
