"""All SQL of finished collaborations."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from service.discovery.outcomes.problems import UnknownOutcome
from service.discovery.outcomes.schemas import ListedOutcomes, NamedRow, OutcomeRow, PutRow
from service.kit.db import Connection, fetch, sql


@sql("select id from influencers where workspace_id = $1 and id = any($2) and opted_out_at is null")
async def known_influencers(db: Connection, workspace_id: UUID, asked: Sequence[UUID]) -> list[UUID]: ...


# A name, or a handle without its platform, says who is meant where there is one of it.
@sql("""
    select a.n::integer as n, (array_agg(i.id order by i.id))[1] as id, count(*) > 1 as several
    from unnest($2::text[]) with ordinality as a (name_folded, n)
    join influencers i on i.workspace_id = $1 and i.name_folded = a.name_folded
        and i.merged_into is null and i.archived_at is null and i.opted_out_at is null
    group by a.n
""")
async def by_name(db: Connection, workspace_id: UUID, names: Sequence[str]) -> list[NamedRow]: ...


@sql("""
    select a.n::integer as n, (array_agg(distinct c.influencer_id))[1] as id,
        count(distinct c.influencer_id) > 1 as several
    from unnest($2::text[]) with ordinality as a (handle_folded, n)
    join influencer_accounts c on c.workspace_id = $1 and c.handle_folded = a.handle_folded
    join influencers i on i.workspace_id = $1 and i.id = c.influencer_id and i.opted_out_at is null
    group by a.n
""")
async def by_handle(db: Connection, workspace_id: UUID, handles: Sequence[str]) -> list[NamedRow]: ...


@sql("select name from brands where workspace_id = $1 and id = $2")
async def brand_name(db: Connection, workspace_id: UUID, brand_id: UUID) -> str | None: ...


@sql("""
    select a.n::integer as n, (array_agg(b.id order by b.archived_at is not null, b.id))[1] as id,
        false as several
    from unnest($2::text[]) with ordinality as a (name_folded, n)
    join brands b on b.workspace_id = $1 and b.name_folded = a.name_folded
    group by a.n
""")
async def brands_by_name(db: Connection, workspace_id: UUID, names: Sequence[str]) -> list[NamedRow]: ...


# A row that was taken in before changes nothing; a known collaboration's gaps stay filled.
@sql("""
    insert into outcomes as o (workspace_id, id, influencer_id, key, external_id, platform, format, brand_id,
        brand_name, brand_folded, finished_at, price, cost, currency, conversions, engagements,
        exclusive_until, digests, source)
    select $1, r.id, r.influencer_id, r.key, r.external_id, r.platform, r.format, r.brand_id, r.brand_name,
        r.brand_folded, r.finished_at, r.price, r.cost, r.currency, r.conversions, r.engagements,
        r.exclusive_until, array[r.digest], $2
    from unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::uuid[],
        $10::text[], $11::text[], $12::timestamptz[], $13::bigint[], $14::bigint[], $15::text[],
        $16::bigint[], $17::bigint[], $18::timestamptz[], $19::bigint[])
        as r (id, influencer_id, key, external_id, platform, format, brand_id, brand_name, brand_folded,
            finished_at, price, cost, currency, conversions, engagements, exclusive_until, digest)
    on conflict (workspace_id, source, key) do update set
        influencer_id = excluded.influencer_id, platform = coalesce(excluded.platform, o.platform),
        format = coalesce(excluded.format, o.format), brand_id = coalesce(excluded.brand_id, o.brand_id),
        brand_name = coalesce(excluded.brand_name, o.brand_name),
        brand_folded = coalesce(excluded.brand_folded, o.brand_folded), finished_at = excluded.finished_at,
        -- In another currency both are other amounts; in the same one a gap stays filled.
        price = case when excluded.currency is null then o.price
            when excluded.currency = o.currency then coalesce(excluded.price, o.price)
            else excluded.price end,
        cost = case when excluded.currency is null then o.cost
            when excluded.currency = o.currency then coalesce(excluded.cost, o.cost)
            else excluded.cost end,
        currency = coalesce(excluded.currency, o.currency),
        conversions = coalesce(excluded.conversions, o.conversions),
        engagements = coalesce(excluded.engagements, o.engagements),
        exclusive_until = coalesce(excluded.exclusive_until, o.exclusive_until),
        digests = o.digests || excluded.digests, updated_at = elci_now()
    where not o.digests @> excluded.digests
    returning o.key, o.id = any($3) as created
""")
async def put(
    db: Connection,
    workspace_id: UUID,
    source: str,
    new_ids: Sequence[UUID],
    influencers: Sequence[UUID],
    keys: Sequence[str],
    external_ids: Sequence[str | None],
    platforms: Sequence[str | None],
    formats: Sequence[str | None],
    brands: Sequence[UUID | None],
    brand_names: Sequence[str | None],
    brands_folded: Sequence[str | None],
    finished: Sequence[datetime],
    prices: Sequence[int | None],
    costs: Sequence[int | None],
    currencies: Sequence[str | None],
    conversions: Sequence[int | None],
    engagements: Sequence[int | None],
    exclusive: Sequence[datetime | None],
    digests: Sequence[int],
) -> list[PutRow]: ...


# Of merged profiles the one that stands at the end speaks; a merge of a merged one has several steps.
_STANDING = """
    with recursive standing as (
        select i.id as was, i.id as id, i.merged_into from influencers i
        where i.workspace_id = $1 and i.id in (select influencer_id from outcomes where workspace_id = $1)
        union all
        select s.was, i.id, i.merged_into from standing s
        join influencers i on i.workspace_id = $1 and i.id = s.merged_into
    ), owners as (select was, id from standing where merged_into is null)
"""

_COLUMNS = """
    o.id, w.id as influencer_id, i.name as influencer_name, b.id as brand_id,
    coalesce(b.name, o.brand_name) as brand_name, o.platform, o.format, o.finished_at, o.price, o.cost,
    o.currency, o.conversions, o.engagements, o.exclusive_until, o.external_id, o.source, o.created_at,
    o.updated_at
"""
# A brand that came later than the file is found by its name.
_FROM = """
    from outcomes o
    join owners w on w.was = o.influencer_id
    join influencers i on i.workspace_id = $1 and i.id = w.id
    left join lateral (
        select b.id, b.name from brands b
        where b.workspace_id = $1
          and (b.id = o.brand_id or (o.brand_id is null and b.name_folded = o.brand_folded))
        order by b.archived_at is not null, b.id limit 1) b on true
"""
_FRAGMENTS = {
    "ids": "o.id = any(${})",
    "influencer_id": "w.id = ${}",
    "brand_id": "b.id = ${}",
    "platform": "o.platform = ${}",
    "since": "o.finished_at >= ${}",
    "until": "o.finished_at < ${}",
}


async def list_outcomes(
    db: Connection,
    workspace_id: UUID,
    wanted: ListedOutcomes,
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> list[OutcomeRow]:
    """Those that ended last first."""
    values: list[Any] = [workspace_id, limit]
    conditions = ["o.workspace_id = $1"]
    for name, fragment in _FRAGMENTS.items():
        if (value := getattr(wanted, name)) is not None:
            values.append(value)
            conditions.append(fragment.format(len(values)))
    if after is not None:
        values += after
        conditions.append(f"(o.finished_at, o.id) < (${len(values) - 1}, ${len(values)})")
    text = f"""{_STANDING} select {_COLUMNS} {_FROM} where {" and ".join(conditions)}
        order by o.finished_at desc, o.id desc limit $2"""
    return await fetch(db, OutcomeRow, text, *values)


@sql("delete from outcomes where workspace_id = $1 and id = $2 returning id", missing=UnknownOutcome)
async def delete_outcome(db: Connection, workspace_id: UUID, outcome_id: UUID) -> UUID | None: ...


_OF_BRANDS = """
    (o.brand_id = any($2::uuid[]) or o.brand_folded in (
        select name_folded from brands where workspace_id = $1 and id = any($2::uuid[])))
"""


@sql(f"""
    {_STANDING}
    select distinct w.id from outcomes o join owners w on w.was = o.influencer_id
    where o.workspace_id = $1 and {_OF_BRANDS} and ($3::timestamptz is null or o.finished_at >= $3)
""")
async def worked_with(
    db: Connection, workspace_id: UUID, brands: Sequence[UUID], since: datetime | None
) -> list[UUID]: ...


@sql(f"""
    {_STANDING}
    select distinct w.id from outcomes o join owners w on w.was = o.influencer_id
    where o.workspace_id = $1 and {_OF_BRANDS} and (o.finished_at >= $3 or o.exclusive_until > $4)
""")
async def bound_to(
    db: Connection, workspace_id: UUID, brands: Sequence[UUID], since: datetime, now: datetime
) -> list[UUID]: ...
