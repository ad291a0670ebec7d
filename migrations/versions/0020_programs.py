"""Programs with the versions of their terms."""

from migrations.helpers import run, wall

revision = "0020_programs"
down_revision = "0019_reach_answers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Terms are versions that are never changed: an order is paid by those that were in force when it was
    # placed.
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
        valid_from timestamptz not null,
        terms jsonb not null,
        created_by text not null,
        created_at timestamptz not null default elci_now(),
        -- serves: the terms of a program, all and those in force at a time (few versions each)
        primary key (workspace_id, program_id, version),
        constraint program_terms_program_fkey foreign key (workspace_id, program_id)
            references programs (workspace_id, id)
    );

    alter table partners add constraint partners_program_fkey foreign key (workspace_id, program_id)
        references programs (workspace_id, id);
    """)
    wall("programs", rights="select, insert, update")
    wall("program_terms", rights="select, insert")
