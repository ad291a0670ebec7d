"""All SQL of models, and of what they learn from."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from scoring.learning.card import Card
from service.discovery.models.problems import UnknownModel
from service.discovery.models.schemas import (
    ArtefactRow,
    CircumstancesRow,
    InForceRow,
    ModelRow,
    PastRow,
    PointerRow,
    TrainingRow,
)
from service.kit.db import Connection, sql

COLUMNS = "id, kind, state, card, created_at, updated_at"


@sql("insert into models (workspace_id, id, kind, artefact, sha256, card) values ($1, $2, 'fit', $3, $4, $5)")
async def add_model(
    db: Connection, workspace_id: UUID, model_id: UUID, artefact: bytes, sha256: str, card: Card
) -> None: ...


@sql(f"select {COLUMNS} from models where workspace_id = $1 and id = $2", missing=UnknownModel)
async def get_model(db: Connection, workspace_id: UUID, model_id: UUID) -> ModelRow: ...


@sql(
    "select id, artefact, sha256, card from models where workspace_id = $1 and id = $2",
    missing=UnknownModel,
)
async def get_artefact(db: Connection, workspace_id: UUID, model_id: UUID) -> ArtefactRow: ...


@sql(f"""
    select {COLUMNS} from models where workspace_id = $1 and ($2::uuid is null or id < $2)
        and ($3::text is null or state = $3)
    order by id desc limit $4
""")
async def list_models(
    db: Connection, workspace_id: UUID, before: UUID | None, state: str | None, limit: int
) -> list[ModelRow]: ...


@sql("update models set state = $3, updated_at = elci_now() where workspace_id = $1 and id = $2")
async def set_state(db: Connection, workspace_id: UUID, model_id: UUID, state: str) -> None: ...


# The row is locked: who promotes and who rolls back at once do so one after the other.
@sql("""
    insert into model_pointers as p (workspace_id, kind) values ($1, 'fit')
    on conflict (workspace_id, kind) do update set updated_at = p.updated_at
    returning promoted_id, shadow_id, before
""")
async def lock_pointer(db: Connection, workspace_id: UUID) -> PointerRow: ...


@sql("""
    update model_pointers set promoted_id = $2, shadow_id = $3, before = $4, updated_at = elci_now()
    where workspace_id = $1 and kind = 'fit'
""")
async def save_pointer(
    db: Connection,
    workspace_id: UUID,
    promoted_id: UUID | None,
    shadow_id: UUID | None,
    before: Sequence[UUID],
) -> None: ...


@sql("""
    select p.promoted_id, m.sha256 as promoted_sha256, p.shadow_id, s.sha256 as shadow_sha256
    from model_pointers p
    left join models m on m.workspace_id = $1 and m.id = p.promoted_id
    left join models s on s.workspace_id = $1 and s.id = p.shadow_id
    where p.workspace_id = $1 and p.kind = 'fit'
""")
async def in_force(db: Connection, workspace_id: UUID) -> InForceRow | None: ...


@sql("select sha256 from models where workspace_id = $1 and id = $2")
async def digest_of(db: Connection, workspace_id: UUID, model_id: UUID) -> str | None: ...


@sql("""
    select coalesce(array_agg(a.platform order by asked.place), '{}') as platforms,
        coalesce(array_agg(r.amount order by asked.place), '{}') as prices,
        coalesce(array_agg(r.format order by asked.place), '{}') as formats
    from unnest($2::uuid[], $3::uuid[]) with ordinality as asked (key, account_id, place)
    left join influencer_accounts a on a.workspace_id = $1 and a.id = asked.account_id
    left join lateral (
        select r.amount, r.format from influencer_rates r
        where r.workspace_id = $1 and r.influencer_id = asked.key and r.platform = a.platform
            and r.currency = $4 and r.valid_from <= $5 and (r.valid_to is null or r.valid_to >= $5)
        order by r.amount, r.format limit 1) r on true
""")
async def circumstances(
    db: Connection,
    workspace_id: UUID,
    keys: Sequence[UUID],
    account_ids: Sequence[UUID | None],
    currency: str,
    day: date,
) -> CircumstancesRow: ...


# Who ended in the future has not ended; who opted out is learned from no more.
_LEARNABLE = """
    with recursive standing as (
        select i.id as was, i.id as id, i.merged_into from influencers i
        where i.workspace_id = $1 and i.id in (select influencer_id from outcomes where workspace_id = $1)
        union all
        select s.was, i.id, i.merged_into from standing s
        join influencers i on i.workspace_id = $1 and i.id = s.merged_into
    ), learnable as (
        select o.*, i.id as owner_id
        from outcomes o
        join standing s on s.was = o.influencer_id and s.merged_into is null
        join influencers i on i.workspace_id = $1 and i.id = s.id and i.opted_out_at is null
        where o.workspace_id = $1 and o.finished_at <= elci_now() and coalesce(o.cost, o.price) > 0
            and coalesce(o.conversions, o.engagements) is not null
    )
"""


@sql(f"{_LEARNABLE} select count(*) from learnable")
async def count_learnable(db: Connection, workspace_id: UUID) -> int: ...


@sql(f"""
    {_LEARNABLE}
    select o.owner_id as influencer_id, b.id as brief_id, o.platform, o.format, o.finished_at, o.price,
        o.cost, o.currency, o.conversions, o.engagements, f.followers, r.amount as rate
    from learnable o
    left join lateral (
        select b.id from briefs b
        where b.workspace_id = $1 and b.brand_id is not null and (b.brand_id = o.brand_id
            or (o.brand_id is null and b.brand_id in (
                select id from brands where workspace_id = $1 and name_folded = o.brand_folded)))
        order by b.created_at > o.finished_at, abs(extract(epoch from b.created_at - o.finished_at)), b.id
        limit 1) b on true
    left join lateral (
        select s.followers from influencer_accounts a
        join influencer_snapshots s on s.workspace_id = $1 and s.account_id = a.id
        where a.workspace_id = $1 and a.influencer_id = o.owner_id and s.followers is not null
            and (o.platform is null or a.platform = o.platform)
        order by abs(extract(epoch from s.as_of - o.finished_at)), s.followers desc limit 1) f on true
    left join lateral (
        select r.amount from influencer_rates r
        where r.workspace_id = $1 and r.influencer_id = o.owner_id and r.platform = o.platform
            and r.format = o.format and r.currency = $2 and r.valid_from <= o.finished_at::date
            and (r.valid_to is null or r.valid_to >= o.finished_at::date)
        order by r.valid_from desc, r.amount limit 1) r on true
    order by o.finished_at, o.id
""")
async def learnable(db: Connection, workspace_id: UUID, currency: str) -> list[TrainingRow]: ...


_SCORE = ", ".join(
    f"(r.scores -> '{name}' ->> 'score')::float8 as {name}"
    for name in ("content", "audience", "engagement", "authority", "authenticity")
)


@sql(f"""
    select asked.n::integer as n, r.content, r.audience, r.engagement, r.authority, r.authenticity
    from unnest($2::uuid[], $3::uuid[], $4::timestamptz[]) with ordinality
        as asked (influencer_id, brief_id, finished_at, n)
    cross join lateral (
        select {_SCORE} from score_records r
        join score_contexts c on c.workspace_id = $1 and c.run_id = r.run_id and c.brief_id = asked.brief_id
        where r.workspace_id = $1 and r.influencer_id = asked.influencer_id and r.as_of <= asked.finished_at
        order by r.as_of desc limit 1) r
""")
async def past_scores(
    db: Connection,
    workspace_id: UUID,
    influencers: Sequence[UUID],
    briefs: Sequence[UUID | None],
    finished: Sequence[datetime],
) -> list[PastRow]: ...
