"""What the search tables are made of, and how their rows are written."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from service.discovery.index.rows import Account, NamesRow, Person, SearchRow
from service.discovery.index.writing import NAMES, SEARCH, arrays, upsert
from service.kit.db import Connection, sql

_PUT_ROWS = upsert("influencer_search", "influencer_id, account_id", SEARCH)
_PUT_NAMES = upsert("influencer_names", "influencer_id", NAMES)


class History(Struct):
    """An account's followers over time."""

    account_id: UUID
    times: list[datetime]
    followers: list[int]


class Posts(Struct):
    """What an account's newest posts say."""

    account_id: UUID
    captions: list[str] | None
    hashtags: list[str] | None


class Audience(Struct):
    """An account's newest distribution: `codes[i]` of `dimensions[i]` has `shares[i]`."""

    account_id: UUID
    dimensions: list[str]
    codes: list[str]
    shares: list[float]


class Stale(Struct):
    """An influencer whose row says a price that is not valid any more, or not yet the one that is."""

    workspace_id: UUID
    influencer_id: UUID


class Price(Struct):
    """The cheapest valid rate on a platform, by currency."""

    influencer_id: UUID
    platform: str
    currency: str
    amount: int


@sql("""
    select id from influencers where workspace_id = $1 and id > $2 order by id limit $3
""")
async def ids_after(db: Connection, workspace_id: UUID, after: UUID, limit: int) -> list[UUID]: ...


@sql("""
    select i.id, i.name, i.country, i.city, i.languages, i.categories, i.tags, i.bio,
           exists (select from influencer_contacts c where c.workspace_id = i.workspace_id
                   and c.influencer_id = i.id and c.email is not null) as has_email
    from influencers i
    where i.workspace_id = $1 and i.id = any($2)
      and i.archived_at is null and i.opted_out_at is null and i.merged_into is null
    order by i.id
""")
async def people(db: Connection, workspace_id: UUID, ids: list[UUID]) -> list[Person]: ...


@sql("""
    select influencer_id, id, platform, handle, name, verified, followers, avg_views,
           er_value as engagement_rate, last_post_at
    from influencer_accounts where workspace_id = $1 and influencer_id = any($2)
    order by influencer_id, id
""")
async def accounts(db: Connection, workspace_id: UUID, ids: list[UUID]) -> list[Account]: ...


@sql("""
    select account_id, array_agg(as_of) as times, array_agg(followers) as followers
    from influencer_snapshots
    where workspace_id = $1 and account_id = any($2) and followers is not null
    group by account_id having count(*) > 1
""")
async def histories(db: Connection, workspace_id: UUID, account_ids: list[UUID]) -> list[History]: ...


@sql("""
    select a.account_id, array_agg(p.caption) filter (where p.caption is not null) as captions,
           array_agg(t.hashtag) filter (where t.hashtag is not null) as hashtags
    from unnest($2::uuid[]) as a(account_id)
    cross join lateral (
        select caption, hashtags from influencer_posts
        where workspace_id = $1 and account_id = a.account_id
        order by published_at desc, id desc limit $3
    ) p
    left join lateral unnest(p.hashtags) with ordinality as t(hashtag, at) on true
    group by a.account_id
""")
async def posts(db: Connection, workspace_id: UUID, account_ids: list[UUID], newest: int) -> list[Posts]: ...


@sql("""
    select a.account_id, array_agg(c.dimension) as dimensions, array_agg(c.code) as codes,
           array_agg(s.share) as shares
    from influencer_audiences a
    cross join lateral unnest(a.codes, a.shares) as s(code, share)
    join audience_codes c on c.workspace_id = a.workspace_id and c.id = s.code
    where a.workspace_id = $1 and a.account_id = any($2) and a.latest
    group by a.account_id
""")
async def audiences(db: Connection, workspace_id: UUID, account_ids: list[UUID]) -> list[Audience]: ...


@sql("""
    select influencer_id, platform, currency, min(amount) as amount from influencer_rates
    where workspace_id = $1 and influencer_id = any($2)
      and valid_from <= (elci_now() at time zone 'UTC')::date
      and (valid_to is null or valid_to >= (elci_now() at time zone 'UTC')::date)
    group by influencer_id, platform, currency
""")
async def prices(db: Connection, workspace_id: UUID, ids: list[UUID]) -> list[Price]: ...


@sql("select workspace_id, influencer_id from entry.stale_prices($1)")
async def stale_prices(db: Connection, days: int) -> list[Stale]: ...


@sql("""
    delete from influencer_search s
    where s.workspace_id = $1 and s.influencer_id = any($2)
      and not exists (select from unnest($3::uuid[], $4::uuid[]) as kept(influencer_id, account_id)
                      where kept.influencer_id = s.influencer_id and kept.account_id = s.account_id)
""")
async def drop_rows(
    db: Connection, workspace_id: UUID, ids: list[UUID], kept: list[UUID], kept_accounts: list[UUID]
) -> None:
    """Deletes the rows of these influencers but those kept: an account may have got another owner."""
    ...


@sql("""
    delete from influencer_names
    where workspace_id = $1 and influencer_id = any($2) and not (influencer_id = any($3))
""")
async def drop_names(db: Connection, workspace_id: UUID, ids: list[UUID], kept: list[UUID]) -> None: ...


@sql("""
    delete from account_growth g using influencer_accounts a
    where g.workspace_id = $1 and a.workspace_id = $1 and a.influencer_id = any($2) and g.account_id = a.id
      and not (g.account_id = any($3))
""")
async def drop_growth(db: Connection, workspace_id: UUID, ids: list[UUID], kept: list[UUID]) -> None:
    """Deletes what is said of these influencers' growth, but of the accounts that are kept."""
    ...


@sql("""
    insert into account_growth as g (workspace_id, account_id, usual, weeks, jump, jump_day)
    select $1, new.* from unnest($2::uuid[], $3::float8[], $4::float8[], $5::float8[], $6::float8[])
        as new (account_id, usual, weeks, jump, jump_day)
    on conflict (workspace_id, account_id) do update
        set usual = excluded.usual, weeks = excluded.weeks, jump = excluded.jump, jump_day = excluded.jump_day
        where (g.usual, g.weeks, g.jump, g.jump_day) is distinct from
            (excluded.usual, excluded.weeks, excluded.jump, excluded.jump_day)
""")
async def put_growth(
    db: Connection,
    workspace_id: UUID,
    account_ids: list[UUID],
    usual: list[float],
    weeks: list[float],
    jump: list[float | None],
    jump_day: list[float | None],
) -> None:
    """Writes the rows that are new or other than before."""
    ...


async def put_rows(db: Connection, workspace_id: UUID, rows: Sequence[SearchRow]) -> None:
    """Writes the rows that are new or other than before."""
    if rows:
        await db.execute(_PUT_ROWS, workspace_id, *arrays(rows, SEARCH))


async def put_names(db: Connection, workspace_id: UUID, rows: Sequence[NamesRow]) -> None:
    """Writes the rows that are new or other than before."""
    if rows:
        await db.execute(_PUT_NAMES, workspace_id, *arrays(rows, NAMES))
