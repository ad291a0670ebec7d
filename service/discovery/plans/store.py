"""All SQL of reach plans."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from service.discovery.plans.problems import UnknownPlan
from service.discovery.plans.schemas import Asked, MemberRow, Merged, PlanRow, Totals
from service.discovery.scores.store import PERSON
from service.kit.db import Connection, fetch, sql

_COLUMNS = "id, name, shortlist_id, brief_id, objective, asked, chosen, job_id, created_at, computed_at"


@sql(f"""
    insert into reach_plans (workspace_id, id, name, shortlist_id, brief_id, objective, asked, chosen, job_id,
        computed_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, case when $8::jsonb is not null then elci_now() end)
    returning {_COLUMNS}
""")
async def add_plan(
    db: Connection,
    workspace_id: UUID,
    plan_id: UUID,
    name: str | None,
    shortlist_id: UUID | None,
    brief_id: UUID | None,
    objective: str,
    asked: Asked,
    chosen: Totals | None,
    job_id: UUID | None,
) -> PlanRow: ...


@sql(f"select {_COLUMNS} from reach_plans where workspace_id = $1 and id = $2", missing=UnknownPlan)
async def get_plan(db: Connection, workspace_id: UUID, plan_id: UUID) -> PlanRow: ...


@sql("""
    update reach_plans set chosen = $3, computed_at = elci_now() where workspace_id = $1 and id = $2
    returning id
""")
async def set_chosen(db: Connection, workspace_id: UUID, plan_id: UUID, chosen: Totals) -> UUID | None: ...


async def list_plans(
    db: Connection, workspace_id: UUID, shortlist_id: UUID | None, before: UUID | None, limit: int
) -> list[PlanRow]:
    """The newest first, older than `before`."""
    values: list[Any] = [workspace_id, limit]
    conditions = ["workspace_id = $1"]
    for fragment, value in (("shortlist_id = ${}", shortlist_id), ("id < ${}", before)):
        if value is not None:
            values.append(value)
            conditions.append(fragment.format(len(values)))
    text = f"""
        select {_COLUMNS} from reach_plans where {" and ".join(conditions)} order by id desc limit $2
    """
    return await fetch(db, PlanRow, text, *values)


# Who was erased while a job computed is not a member.
@sql("""
    insert into reach_plan_members (workspace_id, plan_id, influencer_id, account_id, place, reason, cost,
        cost_basis, tax_included, marginal, cumulative, cost_per_1000, assumed)
    select $1, $2, new.* from unnest($3::uuid[], $4::uuid[], $5::integer[], $6::text[], $7::bigint[],
        $8::text[], $9::boolean[], $10::float8[], $11::float8[], $12::bigint[], $13::boolean[])
        as new (influencer_id, account_id, place, reason, cost, cost_basis, tax_included, marginal,
            cumulative, cost_per_1000, assumed)
    where exists (select from influencers i where i.workspace_id = $1 and i.id = new.influencer_id)
    on conflict on constraint reach_plan_members_pkey do update set
        account_id = excluded.account_id, place = excluded.place, reason = excluded.reason,
        cost = excluded.cost, cost_basis = excluded.cost_basis, tax_included = excluded.tax_included,
        marginal = excluded.marginal, cumulative = excluded.cumulative,
        cost_per_1000 = excluded.cost_per_1000, assumed = excluded.assumed
""")
async def put_members(
    db: Connection,
    workspace_id: UUID,
    plan_id: UUID,
    influencers: Sequence[UUID],
    accounts: Sequence[UUID | None],
    places: Sequence[int | None],
    reasons: Sequence[str | None],
    costs: Sequence[int | None],
    bases: Sequence[str | None],
    tax_included: Sequence[bool | None],
    marginal: Sequence[float | None],
    cumulative: Sequence[float | None],
    cost_per_1000: Sequence[int | None],
    assumed: Sequence[bool],
) -> None: ...


@sql(f"""
    select {PERSON}, a.id as account_id, a.platform, a.handle, a.url, a.followers,
        a.er_value as engagement_rate, m.place, m.reason, m.cost, m.cost_basis, m.tax_included, m.marginal,
        m.cumulative, m.cost_per_1000, m.assumed
    from reach_plan_members m
    join influencers i on i.workspace_id = $1 and i.id = m.influencer_id
    left join influencer_accounts a on a.workspace_id = $1 and a.id = m.account_id
    where m.workspace_id = $1 and m.plan_id = $2
    order by m.place, i.id
""")
async def members(db: Connection, workspace_id: UUID, plan_id: UUID) -> list[MemberRow]: ...


@sql("delete from reach_plans where workspace_id = $1 and id = $2")
async def delete_plan(db: Connection, workspace_id: UUID, plan_id: UUID) -> None: ...


@sql(f"""
    select {_COLUMNS} from reach_plans
    where workspace_id = $1 and id in (
        select plan_id from reach_plan_members where workspace_id = $1 and influencer_id = any($2))
    for update
""")
async def plans_naming(
    db: Connection, workspace_id: UUID, influencer_ids: Sequence[UUID]
) -> list[PlanRow]: ...


# Of all accounts, as any may come to stand for its influencer.
@sql("""
    select coalesce(sum(s.sampled), 0)::bigint from influencer_accounts a
    join follower_sets s on s.workspace_id = $1 and s.account_id = a.id and s.of = 'followers'
    where a.workspace_id = $1 and a.influencer_id = any($2)
""")
async def memberships(db: Connection, workspace_id: UUID, influencer_ids: Sequence[UUID]) -> int: ...


@sql("""
    select i.merged_into as kept, array_agg(i.id) as merged
    from reach_plan_members m join influencers i on i.workspace_id = $1 and i.id = m.influencer_id
    where m.workspace_id = $1 and m.plan_id = $2 and i.merged_into is not null
    group by i.merged_into
""")
async def merged_members(db: Connection, workspace_id: UUID, plan_id: UUID) -> list[Merged]: ...


# Of several rows of a plan that are one person now, one beside the plan goes where another stands for it: the
# first in the plan, else the kept profile's own.
@sql("""
    delete from reach_plan_members m using (
        select plan_id, influencer_id, row_number() over (
            partition by plan_id order by place nulls last, influencer_id <> $2, influencer_id) as n
        from reach_plan_members
        where workspace_id = $1 and influencer_id = any($3::uuid[] || $2::uuid)
    ) one
    where m.workspace_id = $1 and m.plan_id = one.plan_id and m.influencer_id = one.influencer_id
      and one.n > 1 and m.place is null
""")
async def drop_doubles(db: Connection, workspace_id: UUID, kept: UUID, merged: Sequence[UUID]) -> None: ...


# The first in each plan, unless the kept profile is in it by itself.
@sql("""
    update reach_plan_members m set influencer_id = $2 from (
        select distinct on (plan_id) plan_id, influencer_id from reach_plan_members
        where workspace_id = $1 and influencer_id = any($3) order by plan_id, place nulls last, influencer_id
    ) first
    where m.workspace_id = $1 and m.plan_id = first.plan_id and m.influencer_id = first.influencer_id
      and not exists (
        select from reach_plan_members other
        where other.workspace_id = $1 and other.plan_id = m.plan_id and other.influencer_id = $2)
""")
async def move_members(db: Connection, workspace_id: UUID, kept: UUID, merged: Sequence[UUID]) -> None: ...


@sql("""
    update reach_plan_members m set influencer_id = a.influencer_id from influencer_accounts a
    where m.workspace_id = $1 and m.influencer_id = $2 and a.workspace_id = $1 and a.id = m.account_id
      and a.influencer_id = any($3) and not exists (
        select from reach_plan_members other
        where other.workspace_id = $1 and other.plan_id = m.plan_id
          and other.influencer_id = a.influencer_id)
""")
async def move_members_back(
    db: Connection, workspace_id: UUID, kept: UUID, merged: Sequence[UUID]
) -> None: ...


@sql("update reach_plans set asked = $3 where workspace_id = $1 and id = $2")
async def save_asked(db: Connection, workspace_id: UUID, plan_id: UUID, asked: Asked) -> None: ...
