"""Reach plans, as they were asked for and answered."""

from migrations.helpers import run, wall

revision = "0015_plans"
down_revision = "0014_computations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """`chosen` is null until the plan's job has ended; `job_id` is null of one that was made at once.

    Who the influencers are stands in reach_plan_members alone, so that they leave by a cascade; `asked` names
    ids, which whoever erases one takes out.
    """
    run("""
    create table reach_plans (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        name text,
        shortlist_id uuid,
        brief_id uuid,
        objective text not null,
        asked jsonb not null,
        chosen jsonb,
        job_id uuid,
        created_at timestamptz not null default elci_now(),
        computed_at timestamptz,
        -- serves: one plan, and the list of them, the newest first
        primary key (workspace_id, id),
        constraint reach_plans_shortlist_fkey foreign key (workspace_id, shortlist_id)
            references shortlists (workspace_id, id),
        constraint reach_plans_brief_fkey foreign key (workspace_id, brief_id)
            references briefs (workspace_id, id),
        check ((chosen is null) = (computed_at is null))
    );
    -- serves: the plans of a shortlist; the foreign key
    create index reach_plans_of on reach_plans (workspace_id, shortlist_id, id)
        where shortlist_id is not null;
    -- serves: the foreign key
    create index reach_plans_brief on reach_plans (workspace_id, brief_id) where brief_id is not null;

    create table reach_plan_members (
        workspace_id uuid not null,
        plan_id uuid not null,
        influencer_id uuid not null,
        account_id uuid,
        -- From 1 in the plan's order; null of those who are not in it.
        place integer,
        reason text,
        cost bigint,
        cost_basis text,
        tax_included boolean,
        marginal double precision,
        cumulative double precision,
        cost_per_1000 bigint,
        assumed boolean not null default false,
        -- serves: the members of a plan
        primary key (workspace_id, plan_id, influencer_id),
        constraint reach_plan_members_plan_fkey foreign key (workspace_id, plan_id)
            references reach_plans (workspace_id, id) on delete cascade,
        constraint reach_plan_members_influencer_fkey foreign key (workspace_id, influencer_id)
            references influencers (workspace_id, id) on delete cascade,
        check (place is null or reason is null)
    );
    -- serves: an influencer's erasure
    create index reach_plan_members_of on reach_plan_members (workspace_id, influencer_id);
    """)
    wall("reach_plans")
    wall("reach_plan_members")
