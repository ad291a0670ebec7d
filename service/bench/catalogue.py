"""Fills a workspace's catalogue with made-up influencers: what scores are made of, and the search beside it.

Written as the owner by `insert ... select from unnest`, because COPY is refused under row-level security.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from service.bench.filling import CURRENCY
from service.bench.profiles import NOW, profiles
from service.discovery.index import store
from service.discovery.index.rows import Account, Details, Person, names_row, search_rows
from service.kit.db import Connection
from service.kit.text import fold_tr

BATCH = 5_000
Profile = tuple[Person, list[Account], dict[UUID, Details]]
T = TypeVar("T")


async def fill_catalogue(
    db: Connection, workspace_id: UUID, count: int, progress: Callable[[int], None]
) -> None:
    """Writes so many influencers with accounts, audiences and search rows; equal counts give equal ones."""
    codes: dict[str, int] = {}
    made, done = profiles(count), 0
    while batch := list(islice(made, BATCH)):
        await _people(db, workspace_id, batch)
        await _accounts(db, workspace_id, batch)
        await _audiences(db, workspace_id, batch, codes)
        await _search(db, workspace_id, batch)
        done += len(batch)
        progress(done)
    for table in ("influencers", "influencer_accounts", "influencer_audiences", "influencer_search"):
        await db.execute(f"vacuum (analyze) {table}")


async def _people(db: Connection, workspace_id: UUID, batch: Sequence[Profile]) -> None:
    people = [who for who, _, _ in batch]
    await db.execute(
        """insert into influencers (workspace_id, id, name, name_folded, country, city, categories, bio,
               source, legal_basis, collected_at)
           select $1, u.id, u.name, u.folded, u.country, u.city, array[u.category], u.bio, 'bench',
               'consent', $8
           from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $9::text[])
               as u (id, name, folded, country, city, category, bio)""",
        workspace_id,
        [who.id for who in people],
        [who.name for who in people],
        [fold_tr(who.name) for who in people],
        [who.country for who in people],
        [who.city for who in people],
        [who.categories[0] for who in people],
        NOW,
        [who.bio for who in people],
    )


async def _accounts(db: Connection, workspace_id: UUID, batch: Sequence[Profile]) -> None:
    rows = list(_distinct([(who, account) for who, accounts, _ in batch for account in accounts]))
    await db.execute(
        """insert into influencer_accounts (workspace_id, id, influencer_id, platform, handle, handle_folded,
               verified, followers, avg_views, er_value, er_format, er_basis, er_components, er_statistic,
               er_n, er_window_days, er_origin, last_post_at, observed_at, source)
           select $1, u.id, u.influencer_id, u.platform, u.handle, u.handle, u.verified, u.followers,
               u.avg_views, u.rate, 'feed',
               case when u.platform in ('tiktok', 'youtube', 'twitch') then 'views' else 'followers' end,
               'public', 'median', 12, 90, 'posts', u.last_post_at, $10, 'bench'
           from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::boolean[], $7::bigint[],
                   $8::float8[], $9::float8[], $11::timestamptz[])
               as u (id, influencer_id, platform, handle, verified, followers, avg_views, rate, last_post_at)
        """,
        workspace_id,
        [account.id for _, account in rows],
        [who.id for who, _ in rows],
        [account.platform for _, account in rows],
        # Unique, as on a platform.
        [f"{account.handle}.{account.id.hex[-6:]}" for _, account in rows],
        [account.verified for _, account in rows],
        [account.followers for _, account in rows],
        [account.avg_views for _, account in rows],
        [account.engagement_rate for _, account in rows],
        NOW,
        [account.last_post_at for _, account in rows],
    )


def _distinct(rows: Sequence[tuple[Person, Account]]) -> Iterator[tuple[Person, Account]]:
    seen: set[UUID] = set()
    for who, account in rows:
        if account.id not in seen:
            seen.add(account.id)
            yield who, account


async def _audiences(
    db: Connection, workspace_id: UUID, batch: Sequence[Profile], codes: dict[str, int]
) -> None:
    known = [
        (account, audience)
        for _, accounts, details in batch
        for account in accounts
        if (audience := details[account.id].audience)
    ]
    for code in {code for _, audience in known for code in audience} - set(codes):
        codes[code] = await _code(db, workspace_id, code)
    await db.executemany(
        """insert into influencer_audiences (workspace_id, account_id, as_of, source, sample_size, codes,
               shares, latest)
           values ($1, $2, $3, 'bench', 500, $4, $5, true) on conflict do nothing""",
        [
            (workspace_id, account.id, NOW, [codes[code] for code in audience], list(audience.values()))
            for account, audience in known
        ],
    )


async def _code(db: Connection, workspace_id: UUID, code: str) -> int:
    dimension, _, name = code.partition(":")
    name = name.upper() if dimension == "country" else name
    made: Any = await db.fetchval(
        """insert into audience_codes (workspace_id, dimension, code, code_folded) values ($1, $2, $3, $4)
           returning id""",
        *(workspace_id, dimension, name, name),
    )
    return int(made)


async def _search(db: Connection, workspace_id: UUID, batch: Sequence[Profile]) -> None:
    rows = [row for who, accounts, details in batch for row in search_rows(who, accounts, details, CURRENCY)]
    await store.put_rows(db, workspace_id, rows)
    await store.put_names(db, workspace_id, [names_row(who, accounts) for who, accounts, _ in batch])
