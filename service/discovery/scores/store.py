"""All SQL of scores: their inputs, and runs."""

from datetime import datetime, timedelta
from uuid import UUID

from service.discovery.scores.problems import UnknownRun
from service.discovery.scores.schemas import (
    Asked,
    Audiences,
    CandidateGroup,
    CardRow,
    CodeRow,
    PeerGroup,
    PersonaRow,
    Populations,
    RunRow,
)
from service.discovery.search.filters import Filters
from service.kit.db import Connection, sql

# An influencer as lists show one; the columns of PersonRow.
PERSON = """
    i.id, i.name, i.avatar_url, i.country, i.city, i.languages, i.categories,
    (i.archived_at is not null or i.merged_into is not null) as archived,
    i.opted_out_at is not null as opted_out
"""


@sql("""
    select id, demographics from personas
    where workspace_id = $1 and id = any($2) and archived_at is null order by id
""")
async def personas_of(db: Connection, workspace_id: UUID, persona_ids: list[UUID]) -> list[PersonaRow]: ...


_KIND = "category, platform, er_format, er_basis, er_components, er_statistic"
_ARRAYS = ", ".join(f"array_agg({name}) as {name}" for name in ("followers", "er_value", "er_n"))


# Of an influencer's accounts one is scored: on the wanted platforms before others, then by followers.
@sql(f"""
    with scored as (
        select distinct on (asked.place) i.id as key, i.categories[1] as category,
            i.opted_out_at is not null as opted_out, i.categories && $4::text[] as excluded,
            a.id as account_id, a.platform, a.followers,
            a.er_value, a.er_format, a.er_basis, a.er_components, a.er_statistic, a.er_n
        from unnest($2::uuid[]) with ordinality as asked (id, place)
        join influencers i on i.workspace_id = $1 and i.id = asked.id
        left join influencer_accounts a on a.workspace_id = $1 and a.influencer_id = i.id
        where $5 or (i.archived_at is null and i.merged_into is null and i.opted_out_at is null)
        order by asked.place, (a.platform = any($3::text[])) desc nulls last,
            a.followers desc nulls last, a.id
    )
    select {_KIND}, {_ARRAYS}, array_agg(key) as keys, array_agg(account_id) as account_ids,
        array_agg(opted_out) as opted_out, array_agg(excluded) as excluded
    from scored group by {_KIND}
""")
async def candidates(
    db: Connection,
    workspace_id: UUID,
    influencer_ids: list[UUID],
    platforms: list[str],
    vetoed_categories: list[str],
    all_of_them: bool,
) -> list[CandidateGroup]: ...


# The arrays travel as bytes, without the 20 bytes that say what they are: as lists they would be millions of
# objects.
_FLAT = """
    coalesce(array_agg(place), '{}') as places, coalesce(array_agg(sample_size), '{}') as samples,
    coalesce(array_agg(cardinality(codes)), '{}') as lengths,
    coalesce(string_agg(substr(array_send(codes), 21), ''), '') as codes,
    coalesce(string_agg(substr(array_send(shares), 21), ''), '') as shares
"""


# The newest audience of each scored account; no sorting, as there is one at most.
@sql(f"""
    select {_FLAT}
    from unnest($2::uuid[]) with ordinality as asked (account_id, place)
    join influencer_audiences u on u.workspace_id = $1 and u.account_id = asked.account_id and u.latest
    where u.codes <> '{{}}'
""")
async def audiences(db: Connection, workspace_id: UUID, account_ids: list[UUID | None]) -> Audiences: ...


# The newest audience of any of an influencer's accounts; a place is null where none is asked for.
@sql(f"""
    with newest as (
        select distinct on (asked.place) asked.place, u.sample_size, u.codes, u.shares
        from unnest($2::uuid[]) with ordinality as asked (id, place)
        join influencer_accounts a on a.workspace_id = $1 and a.influencer_id = asked.id
        join influencer_audiences u on u.workspace_id = $1 and u.account_id = a.id and u.latest
        where u.codes <> '{{}}'
        order by asked.place, u.as_of desc, a.id
    )
    select {_FLAT} from newest
""")
async def other_audiences(db: Connection, workspace_id: UUID, keys: list[UUID | None]) -> Audiences: ...


@sql("select distinct unnest(categories) from influencers where workspace_id = $1")
async def categories(db: Connection, workspace_id: UUID) -> list[str]: ...


@sql("""
    select id, dimension, code_folded from audience_codes
    where workspace_id = $1 and dimension = any($2::text[])
""")
async def codes(db: Connection, workspace_id: UUID, dimensions: list[str]) -> list[CodeRow]: ...


# Who opted out is no one's peer.
@sql(f"""
    with peers as (
        select i.categories[1] as category, a.*
        from influencer_accounts a
        join influencers i on i.workspace_id = $1 and i.id = a.influencer_id and i.opted_out_at is null
        where a.workspace_id = $1 and a.er_value > 0 and a.followers > 0
    )
    select {_KIND}, {_ARRAYS} from peers group by {_KIND}
""")
async def catalogue(db: Connection, workspace_id: UUID) -> list[PeerGroup]: ...


# Sorting 100,000 candidates takes more than the 4 MB that a session may use, and then goes to disk.
@sql("select set_config('work_mem', '64MB', true) /* of this transaction, in whichever workspace_id */")
async def take_memory(db: Connection) -> str: ...


@sql("""
    insert into score_runs (workspace_id, id, brief_id, brief_version, asked, filters, populations,
        model_version, candidates, scored, as_of, shadow_version, shadow)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
""")
async def add_run(
    db: Connection,
    workspace_id: UUID,
    run_id: UUID,
    brief_id: UUID,
    brief_version: int,
    asked: Asked,
    filters: Filters,
    populations: Populations,
    model_version: str,
    keys: list[UUID],
    scored: int,
    as_of: datetime,
    shadow_version: str | None,
    shadow: list[float | None],
) -> None: ...


@sql(
    """
    select id, brief_id, brief_version, asked, populations, model_version, candidates[$4 + 1:$4 + $5] as part,
        cardinality(candidates) as total, scored, as_of, shadow_version, shadow[$4 + 1:$4 + $5] as shadow
    from score_runs where workspace_id = $1 and brief_id = $2 and id = $3
    """,
    missing=UnknownRun,
)
async def get_run(
    db: Connection, workspace_id: UUID, brief_id: UUID, run_id: UUID, offset: int, limit: int
) -> RunRow: ...


# What a learned fit adds to the version changes no population.
@sql("""
    select populations from score_runs
    where workspace_id = $1 and brief_id = $2 and brief_version = $3
        and split_part(model_version, '+', 1) = $4
    order by id desc limit 1
""")
async def newest_populations(
    db: Connection, workspace_id: UUID, brief_id: UUID, brief_version: int, cold_start: str
) -> Populations | None: ...


@sql(f"""
    select {PERSON},
        a.id as account_id, a.platform, a.handle, a.url, a.followers, a.er_value as engagement_rate
    from unnest($2::uuid[], $3::uuid[]) as asked (id, account_id)
    join influencers i on i.workspace_id = $1 and i.id = asked.id
    left join influencer_accounts a on a.workspace_id = $1 and a.id = asked.account_id
""")
async def cards(
    db: Connection, workspace_id: UUID, keys: list[UUID], account_ids: list[UUID | None]
) -> list[CardRow]: ...


@sql("select entry.drop_score_runs($1, $2)")
async def drop_runs(db: Connection, age: timedelta, most: int) -> int: ...
