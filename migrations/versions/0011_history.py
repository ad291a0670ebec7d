"""Scores as they were, with what they were made of."""

from migrations.helpers import entry, run, wall

revision = "0011_history"
down_revision = "0010_outcomes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _populations()
    _history()
    _dropping()


def _populations() -> None:
    """A run keeps more than its peers. Runs live for a week, and those of an older model are not read."""
    run("""
    alter table score_runs drop column peers;
    alter table score_runs add column populations jsonb not null default '{}';
    """)


def _history() -> None:
    """What runs have shown: once what the run was held against, and of each influencer the inputs."""
    run("""
    create table score_contexts (
        workspace_id uuid not null,
        run_id uuid not null,
        brief_id uuid not null,
        brief_version integer not null,
        asked jsonb not null,
        populations jsonb not null,
        model_version text not null,
        as_of timestamptz not null,
        -- serves: the replay of a score
        primary key (workspace_id, run_id),
        constraint score_contexts_brief_fkey foreign key (workspace_id, brief_id)
            references briefs (workspace_id, id) on delete cascade
    );
    -- serves: the foreign key when a brief goes
    create index score_contexts_of on score_contexts (workspace_id, brief_id);
    -- serves: entry.drop_score_contexts
    create index score_contexts_old on score_contexts (as_of);

    create table score_records (
        workspace_id uuid not null,
        influencer_id uuid not null,
        run_id uuid not null,
        rank integer not null,
        inputs jsonb not null,
        vetoes jsonb not null,
        scores jsonb not null,
        as_of timestamptz not null,
        -- serves: an influencer's history, newest first (ids of runs rise with time)
        primary key (workspace_id, influencer_id, run_id),
        constraint score_records_influencer_fkey foreign key (workspace_id, influencer_id)
            references influencers (workspace_id, id) on delete cascade,
        constraint score_records_context_fkey foreign key (workspace_id, run_id)
            references score_contexts (workspace_id, run_id) on delete cascade
    );
    -- serves: the foreign key when a context goes
    create index score_records_of on score_records (workspace_id, run_id);
    """)
    wall("score_contexts", rights="select, insert")
    wall("score_records")


def _dropping() -> None:
    """Old history is dropped in all workspaces."""
    run("""
    create function entry.drop_score_contexts(age interval, most integer) returns bigint
        language sql volatile security definer set search_path = pg_catalog, public, pg_temp
        as $$
            with gone as (
                delete from score_contexts where ctid in (
                    select ctid from score_contexts where as_of < elci_now() - age limit most)
                returning 1
            )
            select count(*) from gone
        $$;
    """)
    entry("entry.drop_score_contexts(interval, integer)")
