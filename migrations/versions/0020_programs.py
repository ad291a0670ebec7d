"""Programs with the versions of their terms."""

from migrations.helpers import partner_wall, run, wall

revision = "0020_programs"
down_revision = "0019_reach_answers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Terms are versions that are never changed: an order is paid by those that were in force when it was
    # placed. Without `valid_from` (the first alone) they hold from the beginning, as the first row of a
    # history does: orders are taken in that are older than their program.
    run("""
    create table programs (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        name text not null,
        folded text collate "C" not null,
        kind text not null check (kind in ('affiliate', 'advocacy')),
        status text not null default 'active' check (status in ('active', 'paused', 'archived')),
        min_payout bigint check (min_payout >= 0),
        min_payout_currency text collate "C",
        version integer not null default 1,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        -- serves: a program, and GET /v1/programs, newest first (ids rise with time)
        primary key (workspace_id, id)
    );

    create table program_terms (
        workspace_id uuid not null,
        program_id uuid not null,
        version integer not null check (version > 0),
        valid_from timestamptz,
        terms jsonb not null,
        created_by text not null,
        created_at timestamptz not null default elci_now(),
        -- serves: the terms of a program, all and those in force at a time (few versions each)
        primary key (workspace_id, program_id, version),
        constraint program_terms_program_fkey foreign key (workspace_id, program_id)
            references programs (workspace_id, id)
    );

    create table program_history (
        workspace_id uuid not null,
        program_id uuid not null,
        since timestamptz not null,
        status text not null check (status in ('active', 'paused', 'archived')),
        -- serves: whether a program paid at a time
        primary key (workspace_id, program_id, since),
        constraint program_history_program_fkey foreign key (workspace_id, program_id)
            references programs (workspace_id, id)
    );

    create table partner_history (
        workspace_id uuid not null,
        partner_id uuid not null,
        since timestamptz not null,
        program_id uuid,
        "group" text,
        status text not null check (status in ('active', 'paused', 'archived')),
        -- serves: what held for a partner at a time
        primary key (workspace_id, partner_id, since),
        constraint partner_history_partner_fkey foreign key (workspace_id, partner_id)
            references partners (workspace_id, id)
    );
    insert into partner_history (workspace_id, partner_id, since, program_id, "group", status)
    select workspace_id, id, '-infinity', null, "group", 'active' from partners;
    insert into partner_history (workspace_id, partner_id, since, program_id, "group", status)
    select workspace_id, id, updated_at, null, "group", status from partners where status <> 'active';

    -- A partner that was merged points at the one that stands, never at one that was merged itself.
    alter table partners add column merged_into uuid, add column merged_at timestamptz;
    -- serves: GET /v1/partners?program_id=, the partners of a program
    create index partners_program on partners (workspace_id, program_id) where program_id is not null;
    alter table partners add constraint partners_merged_fkey foreign key (workspace_id, merged_into)
        references partners (workspace_id, id);
    -- serves: the records that were merged into a partner
    create index partners_merged on partners (workspace_id, merged_into) where merged_into is not null;
    alter table partners add constraint partners_program_fkey foreign key (workspace_id, program_id)
        references programs (workspace_id, id);
    """)
    wall("programs", rights="select, insert, update")
    wall("program_terms", rights="select, insert")
    wall("program_history", rights="select, insert, update")
    wall("partner_history", rights="select, insert, update")
    partner_wall("partner_history")
