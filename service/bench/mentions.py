"""Fills a database with made-up mentions of 90 days, made where they are stored: nothing is sent. They
came in as they were published, a day late at most.

Words are as unevenly spread as in a language (the n-th is found about 1/n as often); four brands are named in
a tenth, a thirtieth, a hundredth and a thousandth of all mentions. An author in ten writes half of them.
"""

from collections.abc import Callable
from uuid import UUID

from service.kit import ids
from service.kit.db import Connection

TABLES = ("mentions", "mention_search", "mention_matches")
BRANDS = {"marka": 10, "rakip": 30, "kahveci": 100, "nadir": 1_000}
BATCH = 50_000
DAYS = 90
WORDS = 20_000
AUTHORS = 100_000

_ROWS = """
    insert into mentions (workspace_id, id, key, source, native_id, platform, kind, text, language, country,
        author_handle, author_key, published_at, observed_at, followers, reach, likes, engagement, stars,
        label, positive, negative, text_kind)
    select $1, gen_random_uuid(), 'bench:' || n, 'bench', n::text,
        (array['x','x','x','instagram','tiktok','news','forum'])[1 + n % 7], 'post',
        (select string_agg('w' || floor(exp(random() * ln($4)))::int, ' ')
         from generate_series(1, 10 + n % 7)) || m.named,
        (array['tr','tr','tr','en'])[1 + n % 4], (array['TR','TR','DE','US'])[1 + n / 4 % 4],
        'a' || who, sha256(('a' || who)::bytea)::bytea, $2::timestamptz - least(random() + (1 - n /
        $8::float8) * $5, $5) * interval '1 day', $2, who % 5000 * 10, who % 5000 * 3, n % 50, n % 80,
        case when n % 25 = 0 then n % 6 end,
        (array['positive','negative','neutral','neutral',null])[1 + floor(random() * 5)::int], .3, .3,
        'tweets'
    from generate_series($3::int, $3 + $6 - 1) n
    cross join lateral (select floor(power(random(), 2 + n * 0) * $7)::int as who) w
    cross join lateral (select case when n % 10 = 0 then ' marka' else '' end
        || case when n % 30 = 1 then ' rakip' else '' end || case when n % 100 = 2 then ' kahveci' else '' end
        || case when n % 1000 = 3 then ' nadir' else '' end as named) m
"""
_SEARCHED = """
    insert into mention_search (workspace_id, mention_id, published_at, tokens, source, platform, kind,
        language, country, author_key, author_folded, label, positive, negative, text_kind, followers, reach,
        engagement, stars)
    select workspace_id, id, published_at, to_tsvector('simple', text), source, platform, kind, language,
        country, author_key, author_handle, label, positive, negative, text_kind, followers, reach,
        engagement, stars
    from mentions where workspace_id = $1
"""


async def fill(
    db: Connection, workspace_id: UUID, count: int, progress: Callable[[int], None]
) -> dict[str, UUID]:
    """Writes so many mentions, as the owner, and the brands' queries with their matches; the ids of these."""
    made = await _drop_indexes(db)
    now = await db.fetchval("select elci_now()")
    for start in range(0, count, BATCH):
        size = min(BATCH, count - start)
        await db.execute(_ROWS, workspace_id, now, start, float(WORDS), DAYS, size, AUTHORS, count)
        progress(start + size)
    await db.execute(_SEARCHED, workspace_id)
    queries = {}
    for word in BRANDS:
        queries[word] = ids.new()
        await db.execute(
            """with brand as (
                insert into brands (workspace_id, id, name, name_folded, kind)
                values ($1, gen_random_uuid(), $3, $3, 'competitor') returning id)
               insert into listening_queries
                (workspace_id, id, name, expression, brand_id, created_by, matched_version)
               select $1, $2, $3, $3, id, 'bench', 1 from brand""",
            *(workspace_id, queries[word], word),
        )
        await db.execute(
            """insert into mention_matches (workspace_id, query_id, published_at, mention_id)
               select $1, $2, published_at, mention_id from mention_search
               where workspace_id = $1 and tokens @@ $3::tsquery""",
            *(workspace_id, queries[word], word),
        )
    for statement in made:
        await db.execute(statement)
    for table in (*TABLES, "listening_queries"):
        await db.execute(f"vacuum (analyze) {table}")
    return queries


async def _drop_indexes(db: Connection) -> list[str]:
    """Drops what slows the filling down; the statements that make it again."""
    keys = await db.fetch(
        """select conrelid::regclass::text as owner, conname, pg_get_constraintdef(oid) as definition
           from pg_constraint where contype in ('f', 'u') and conrelid = any($1::regclass[])""",
        list(TABLES),
    )
    for key in keys:
        await db.execute(f"alter table {key['owner']} drop constraint {key['conname']}")
    found = await db.fetch(
        """select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
           from pg_index where indrelid = any($1::regclass[]) and not indisprimary""",
        list(TABLES),
    )
    for row in found:
        await db.execute(f"drop index {row['name']}")
    return [row["definition"] for row in found] + [
        f"alter table {key['owner']} add constraint {key['conname']} {key['definition']}" for key in keys
    ]
