"""All SQL of old scores."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from service.discovery.scores.history.problems import UnknownRecord
from service.discovery.scores.history.schemas import Context, KeptScores, RecordRow
from service.discovery.scores.schemas import Asked, Populations
from service.kit.db import Connection, sql


@sql("""
    insert into score_contexts (workspace_id, run_id, brief_id, brief_version, asked, populations,
        model_version, as_of)
    values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing
""")
async def add_context(
    db: Connection,
    workspace_id: UUID,
    run_id: UUID,
    brief_id: UUID,
    brief_version: int,
    asked: Asked,
    populations: Populations,
    model_version: str,
    as_of: datetime,
) -> None: ...


# A page that is asked for again has shown what it has shown. Where the context is gone, so is the history.
@sql("""
    insert into score_records (workspace_id, influencer_id, run_id, rank, inputs, vetoes, scores, as_of)
    select $1, r.influencer_id, $2, r.rank, r.inputs, r.vetoes, r.scores, $8
    from unnest($3::uuid[], $4::integer[], $5::jsonb[], $6::jsonb[], $7::jsonb[])
        as r (influencer_id, rank, inputs, vetoes, scores)
    join (
        -- Nobody who was erased meanwhile, and nobody is until this is written.
        select id from influencers where workspace_id = $1 and id = any($3) order by id for key share
    ) i on i.id = r.influencer_id
    where exists (select from score_contexts where workspace_id = $1 and run_id = $2)
    on conflict do nothing
""")
async def add_records(
    db: Connection,
    workspace_id: UUID,
    run_id: UUID,
    influencer_ids: list[UUID],
    ranks: list[int],
    inputs: list[dict[str, Any]],
    vetoes: list[Sequence[str]],
    scores: list[KeptScores],
    as_of: datetime,
) -> None: ...


# Merged profiles keep their own: a merge can be taken back. (They are archived rows that name the kept one.)
_RECORD = """
    with recursive family as (
        select id from influencers where workspace_id = $1 and id = $2
        union
        select i.id from influencers i join family f on i.workspace_id = $1 and i.merged_into = f.id
    )
    select r.influencer_id, r.run_id, c.brief_id, c.brief_version, c.model_version, r.rank, r.inputs,
        r.vetoes, r.scores, r.as_of
    from score_records r
    join score_contexts c on c.workspace_id = $1 and c.run_id = r.run_id
    where r.workspace_id = $1 and r.influencer_id in (select id from family)
"""


@sql(f"""
    {_RECORD} and ($3::uuid is null or c.brief_id = $3)
        and ($4::uuid is null or (r.run_id, r.rank) < ($4, $5))
    order by r.run_id desc, r.rank desc limit $6
""")
async def list_records(
    db: Connection,
    workspace_id: UUID,
    influencer_id: UUID,
    brief_id: UUID | None,
    before: UUID | None,
    rank: int | None,
    limit: int,
) -> list[RecordRow]: ...


@sql(f"{_RECORD} and r.run_id = $3 order by r.rank limit 1", missing=UnknownRecord)
async def get_record(db: Connection, workspace_id: UUID, influencer_id: UUID, run_id: UUID) -> RecordRow: ...


@sql(
    """
    select run_id, brief_id, brief_version, asked, populations, model_version, as_of
    from score_contexts where workspace_id = $1 and run_id = $2
    """,
    missing=UnknownRecord,
)
async def get_context(db: Connection, workspace_id: UUID, run_id: UUID) -> Context: ...


@sql("select entry.drop_score_contexts($1, $2)")
async def drop_contexts(db: Connection, age: timedelta, most: int) -> int: ...
