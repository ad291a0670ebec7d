"""Fills a workspace with made-up reviews of customers, straight into the tables, as the owner: of a year, of
2,000 products of which some have many, nearly all approved; half by somebody whom an order is known of."""

from typing import Final
from uuid import UUID

from service.bench.advocacy.filling import made_id
from service.kit.db import Connection

PRODUCTS: Final = 2_000
# A referral in so many has a review, too.
PART: Final = 3
_TABLES: Final = ("mentions", "mention_search", "reviews")

_MENTIONS = f"""
    insert into mentions (workspace_id, id, key, source, native_id, platform, kind, title, text, language,
        author_key, published_at, observed_at, stars, label, positive, negative, text_kind)
    select $1, {made_id("7", "n")}, 'bench:' || n, 'reviews', n::text, 'web', 'review',
        case when n % 3 = 0 then 'Title ' || n end,
        case when n % 5 > 0 then repeat('Words of a review ', (2 + n % 9)::int) else '' end,
        (array['tr','tr','en'])[1 + n % 3], sha256(('r' || n % ($2 / 2 + 1))::bytea),
        elci_now() - (n * 7919 % $2) * interval '365 days' / $2, elci_now(),
        (array[5,5,5,4,4,3,4.5,2,1,5])[1 + n % 10], (array['positive','neutral','negative'])[1 + n % 3],
        .3, .3, 'reviews'
    from generate_series(0, $2::bigint - 1) n
"""
_SEARCHED = """
    insert into mention_search (workspace_id, mention_id, published_at, tokens, source, platform, kind,
        language, author_key, label, positive, negative, text_kind, stars)
    select workspace_id, id, published_at, to_tsvector('simple', text), source, platform, kind, language,
        author_key, label, positive, negative, text_kind, stars
    from mentions where workspace_id = $1
"""
_REVIEWS = f"""
    insert into reviews (workspace_id, id, published_at, product_id, product_name, conversion_id, verified_by,
        status, reason, created_by)
    select m.workspace_id, m.id, m.published_at, 'p' || p.of, 'Product ' || p.of,
        case when n % 2 = 0 then {made_id("5", "n")} end, case when n % 2 = 0 then 'order' end,
        case n % 50 when 0 then 'pending' when 1 then 'rejected' else 'approved' end,
        case when n % 50 = 1 then 'spam' end, 'bench'
    from generate_series(0, $2::bigint - 1) n
    join mentions m on m.workspace_id = $1 and m.id = {made_id("7", "n")}
    cross join lateral (select floor(power(n * 7907 % $2 / $2::float8, 3) * {PRODUCTS})::int as of) p
"""


async def fill_reviews(owner: Connection, workspace_id: UUID, referrals: int) -> int:
    """Writes reviews; how many."""
    count = max(referrals // PART, 1)
    await owner.execute(_MENTIONS, workspace_id, count)
    await owner.execute(_SEARCHED, workspace_id)
    await owner.execute(_REVIEWS, workspace_id, count)
    for table in _TABLES:
        await owner.execute(f"vacuum (analyze) {table}")
    return count
