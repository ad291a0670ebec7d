"""All SQL of earned media value."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from service.influencers.problems import UnknownInfluencer
from service.kit.db import Connection, fetch, sql
from service.mentions.emv.schemas import EmvRate, FigureRow, RateTableRow
from service.mentions.problems import UnknownRateTable

_COLUMNS = """
    id, name, version, currency, exposure, as_of, source, rates, created_by, created_at, archived_at
"""


@sql(
    f"select {_COLUMNS} from emv_rate_tables where workspace_id = $1 and id = $2",
    missing=UnknownRateTable,
)
async def get_table(db: Connection, workspace_id: UUID, table_id: UUID) -> RateTableRow: ...


@sql(f"""
    select {_COLUMNS} from emv_rate_tables where workspace_id = $1 and archived_at is null
    order by id desc limit 1
""")
async def newest_table(db: Connection, workspace_id: UUID) -> RateTableRow | None: ...


@sql(f"""
    select {_COLUMNS} from emv_rate_tables
    where workspace_id = $1 and (archived_at is null or $2) and ($3::uuid is null or id < $3)
    order by id desc limit $4
""")
async def list_tables(
    db: Connection, workspace_id: UUID, archived: bool, before: UUID | None, limit: int
) -> list[RateTableRow]: ...


# The index refuses a version that somebody else has made meanwhile.
@sql(f"""
    insert into emv_rate_tables
        (workspace_id, id, name, version, currency, exposure, as_of, source, rates, created_by)
    select $1, $2, $3, coalesce(max(version), 0) + 1, $4, $5, $6, $7, $8, $9
    from emv_rate_tables where workspace_id = $1 and lower(name) = lower($3)
    returning {_COLUMNS}
""")
async def add_table(
    db: Connection,
    workspace_id: UUID,
    table_id: UUID,
    name: str,
    currency: str,
    exposure: str,
    as_of: date,
    source: str,
    rates: Sequence[EmvRate],
    created_by: str,
) -> RateTableRow: ...


@sql("""
    update emv_rate_tables set archived_at = coalesce(archived_at, elci_now())
    where workspace_id = $1 and id = $2
""")
async def archive_table(db: Connection, workspace_id: UUID, table_id: UUID) -> None: ...


class Known(Struct):
    id: UUID


@sql(
    "select id from influencers where workspace_id = $1 and id = $2 and opted_out_at is null",
    missing=UnknownInfluencer,
)
async def get_influencer(db: Connection, workspace_id: UUID, influencer_id: UUID) -> Known: ...


# A post names a brand where it mentions the handle of one of its accounts on the same platform.
@sql("""
    select a.platform, count(*) as items, sum(p.views) as views, sum(p.impressions) as impressions,
        sum(p.likes) as likes, sum(p.comments) as comments, sum(p.shares) as shares, sum(p.saves) as saves
    from influencer_accounts a
    join influencer_posts p on p.workspace_id = $1 and p.account_id = a.id
    where a.workspace_id = $1 and a.influencer_id = $2
      and ($3::timestamptz is null or p.published_at >= $3)
      and ($4::timestamptz is null or p.published_at < $4)
      and ($5::boolean is null or coalesce(p.sponsored, false) = $5)
      and ($6::uuid is null or exists (
          select from brand_accounts b
          where b.workspace_id = $1 and b.brand_id = $6 and b.platform = a.platform
            and b.handle_folded in (select lower(ltrim(m, '@')) from unnest(p.mentions) m)))
    group by a.platform, p.views is null, p.impressions is null, p.likes is null, p.comments is null,
        p.shares is null, p.saves is null
""")
async def figures_of_posts(
    db: Connection,
    workspace_id: UUID,
    influencer_id: UUID,
    since: datetime | None,
    until: datetime | None,
    sponsored: bool | None,
    brand_id: UUID | None,
) -> list[FigureRow]: ...


class Asked(Struct, frozen=True, kw_only=True):
    """Which mentions; None: all."""

    influencer_id: UUID | None = None
    campaign_id: UUID | None = None
    queries: Sequence[UUID] | None = None
    since: datetime | None = None
    until: datetime | None = None


_FRAGMENTS = {
    "influencer_id": "m.influencer_id = ${}",
    "campaign_id": "m.campaign_id = ${}",
    "since": "m.published_at >= ${}",
    "until": "m.published_at < ${}",
}


async def figures_of_mentions(db: Connection, workspace_id: UUID, asked: Asked) -> list[FigureRow]:
    """Each mention once, however many of the queries match it. Mentions have no saves."""
    values: list[Any] = [workspace_id]
    conditions = ["m.workspace_id = $1"]
    for name, fragment in _FRAGMENTS.items():
        if (wanted := getattr(asked, name)) is not None:
            values.append(wanted)
            conditions.append(fragment.format(len(values)))
    source = "mentions m"
    if asked.queries is not None:
        source, values = _matched(asked, values)
    text = f"""
        select m.platform, count(*) as items, sum(m.views) as views, sum(m.impressions) as impressions,
            sum(m.likes) as likes, sum(m.comments) as comments, sum(m.shares) as shares,
            null::numeric as saves
        from {source} where {" and ".join(conditions)}
        group by m.platform, m.views is null, m.impressions is null, m.likes is null,
            m.comments is null, m.shares is null
    """
    return await fetch(db, FigureRow, text, *values)


def _matched(asked: Asked, values: list[Any]) -> tuple[str, list[Any]]:
    values = [*values, list(asked.queries or ())]
    told = f"q.workspace_id = $1 and q.query_id = any(${len(values)})"
    for bound, sign in ((asked.since, ">="), (asked.until, "<")):
        if bound is not None:
            values.append(bound)
            told += f" and q.published_at {sign} ${len(values)}"
    return (
        f"(select distinct q.mention_id from mention_matches q where {told}) k "
        "join mentions m on m.workspace_id = $1 and m.id = k.mention_id"
    ), values
