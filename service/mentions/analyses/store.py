"""All SQL of analyses: sums over `mine` and `matched` as the search role, names as the app's."""

from collections.abc import Sequence
from uuid import UUID

from service.kit.db import Connection, Database, sql
from service.mentions.analyses.schemas import (
    AuthorName,
    AuthorSums,
    BrandQuery,
    DeclaredBrand,
    LabelSums,
    Named,
    ShareSums,
    Sums,
)
from service.mentions.analyses.selecting import Selection
from service.mentions.searching import summed as read

# Reach is what the source says of a mention, else its author's followers. The author's largest counts once;
# mentions whose author isn't known count each for itself.
_REACH = "coalesce(s.reach, s.followers)"


async def volume(database: Database, asked: Selection, limit: int) -> list[Sums]:
    """Sums of each unit and value, of the `limit` values with the most mentions; first of all (bucket 0)."""
    rows = await read(
        database,
        f""", rows as materialized (
            select {asked.bucket} as bucket, {asked.value} as value, s.author_key, {_REACH} as reach,
                s.engagement
            from {asked.rows}
        ), sums as materialized (
            select bucket, value, count(*) as n, count(*) - count(author_key) as unnamed,
                count(reach) as known, sum(reach) as reach, sum(engagement) as engagement,
                coalesce(sum(reach) filter (where author_key is null), 0) as loose
            from rows group by bucket, value
        ), people as materialized (
            select bucket, value, author_key, max(reach) as most from rows where author_key is not null
            group by bucket, value, author_key
        ), crowds as materialized (
            select bucket, value, count(*) as authors, sum(most) as most from people group by bucket, value
        ), everybody as materialized (
            select count(*) as authors, sum(most) as most
            from (select max(most) as most from people group by author_key) e
        ), top as materialized (
            select value from sums group by value order by sum(n) desc, value limit {asked.bind(limit)}
        )
        select 0 as bucket, '' as value, coalesce(sum(n), 0) as n, p.authors, coalesce(sum(unnamed), 0),
            sum(known), sum(reach), case when sum(known) > 0 then coalesce(p.most, 0) + sum(loose) end,
            sum(engagement), count(distinct value)
        from sums, everybody p group by p.authors, p.most
        union all
        (select bucket, value, n, coalesce(c.authors, 0), unnamed, known, reach,
            case when known > 0 then coalesce(c.most, 0) + loose end, engagement, 0
         from sums left join crowds c using (bucket, value) where value in (select value from top)
         order by bucket, n desc, value)""",
        asked.values,
    )
    return [Sums(*row) for row in rows]


async def labels(database: Database, asked: Selection, limit: int) -> list[LabelSums]:
    """Mentions of each unit, value, language and label, of the `limit` values with the most; and, as
    bucket 0, of all."""
    rows = await read(
        database,
        f""", cells as materialized (
            select {asked.bucket} as bucket, {asked.value} as value, coalesce(s.language, '') as language,
                s.text_kind, s.by_hand, s.label, count(*) as n, count(s.stars) as rated,
                sum(s.stars::float8) as stars
            from {asked.rows} group by 1, 2, 3, 4, 5, 6
        ), top as (
            select value from cells group by value order by sum(n) desc, value limit {asked.bind(limit)}
        )
        select 0 as bucket, '' as value, language, text_kind, by_hand, label, sum(n), sum(rated), sum(stars),
            (select count(distinct value) from cells) as kinds
        from cells group by language, text_kind, by_hand, label
        union all
        select *, 0 from cells where value in (select value from top)""",
        asked.values,
    )
    return [LabelSums(*row) for row in rows]


async def shares(database: Database, asked: Selection) -> list[ShareSums]:
    """What each brand has of each unit: a mention of k brands counts 1/k for each. `value`: the brand."""
    rows = await read(
        database,
        f""", named as materialized (
            select {asked.bucket} as bucket, {asked.value} as value, {_REACH} as reach, s.engagement,
                count(*) over (partition by s.published_at, s.mention_id) as k
            from {asked.rows}
        )
        select bucket, value, k, count(*), sum(reach), sum(engagement) from named group by bucket, value,
        k""",
        asked.values,
    )
    return [ShareSums(*row) for row in rows]


ORDERS = {
    "mentions": "n",
    "reach": "most",
    "engagement": "coalesce(engagement, 0)",
    "positive": "positive",
    "negative": "negative",
    "net_sentiment": "case when positive + negative >= 3 then (positive - negative)::float8"
    " / (positive + negative) end",
}


async def authors(database: Database, asked: Selection, sort: str, limit: int) -> list[AuthorSums]:
    """The first authors of all, by `sort`."""
    rows = await read(
        database,
        f""", people as (
            select s.author_key, count(*) as n,
                max({_REACH}) as most, sum({_REACH}) as reach, sum(s.engagement) as engagement,
                count(*) filter (where s.label = 'positive') as positive,
                count(*) filter (where s.label = 'neutral') as neutral,
                count(*) filter (where s.label = 'negative') as negative, max(s.published_at) as newest
            from {asked.rows} and s.author_key is not null group by s.author_key
        )
        select author_key, n, most, reach, engagement, positive, neutral, negative, newest,
            count(*) over () as of
        from people order by {ORDERS[sort]} desc nulls last, n desc, author_key limit {asked.bind(limit)}""",
        asked.values,
    )
    return [AuthorSums(*row) for row in rows]


# A name is that of the author's newest mention; who opted out has none.
@sql("""
    select w.author_key, m.author_name, m.author_handle, m.platform, i.id as influencer_id,
        i.name as influencer_name, known.opted_out_at is not null as left_out
    from unnest($2::bytea[]) as w(author_key)
    cross join lateral (
        select * from mentions o where o.workspace_id = $1 and o.author_key = w.author_key
        order by o.published_at desc limit 1) m
    left join influencers known on known.workspace_id = $1 and known.id = m.influencer_id
    left join influencers i on i.workspace_id = $1 and i.id = m.influencer_id and i.opted_out_at is null
""")
async def author_names(db: Connection, workspace_id: UUID, keys: Sequence[bytes]) -> list[AuthorName]: ...


@sql("""
    select id, brand_id from listening_queries
    where workspace_id = $1 and status <> 'archived' and brand_id = any($2::uuid[]) order by id
""")
async def queries_of(db: Connection, workspace_id: UUID, brands: Sequence[UUID]) -> list[BrandQuery]: ...


@sql("""
    select id, brand_id from listening_queries where workspace_id = $1 and status <> 'archived' order by id
""")
async def all_queries(db: Connection, workspace_id: UUID) -> list[BrandQuery]: ...


@sql(
    "select id, brand_id from listening_queries where workspace_id = $1 and id = any($2::uuid[]) order by id"
)
async def asked_queries(db: Connection, workspace_id: UUID, ids: Sequence[UUID]) -> list[BrandQuery]: ...


@sql("""
    select b.id, b.name, b.kind = 'own' as own from brands b
    where b.workspace_id = $1 and b.id = any($2::uuid[])
""")
async def brands(db: Connection, workspace_id: UUID, ids: Sequence[UUID]) -> list[DeclaredBrand]: ...


@sql("""
    select b.id, b.name, b.kind = 'own' as own from brands b
    where b.workspace_id = $1 and b.archived_at is null and exists (
        select from listening_queries q
        where q.workspace_id = $1 and q.brand_id = b.id and q.status <> 'archived')
    order by own desc, b.name, b.id limit 50
""")
async def listened_brands(db: Connection, workspace_id: UUID) -> list[DeclaredBrand]: ...


@sql("""
    select id, name from listening_queries where workspace_id = $1 and id = any($2::uuid[])
    union all select id, name from brands where workspace_id = $1 and id = any($2::uuid[])
""")
async def value_names(db: Connection, workspace_id: UUID, ids: Sequence[UUID]) -> list[Named]: ...
