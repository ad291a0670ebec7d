"""Whether influencers' posts disclose that they were paid for: who is watched, and what was found."""

from migrations.helpers import entry, run, wall

revision = "0039_disclosure"
down_revision = "0038_program_pages"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _watches()
    _checks()
    for table in ("disclosure_watches", "disclosure_checks", "disclosure_findings", "disclosure_marks"):
        wall(table)
    _waiting()


def _watches() -> None:
    # `rules`: the stamp of the rule packs that the watch's posts were last looked at by; null: not yet.
    run("""
    create table disclosure_watches (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        influencer_id uuid,
        advertiser text not null,
        handles text[] not null default '{}',
        hashtags text[] not null default '{}',
        market text collate "C" not null,
        starts_at timestamptz not null,
        ends_at timestamptz,
        note text,
        rules text collate "C",
        archived_at timestamptz,
        version integer not null default 1,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        -- serves: a watch, and GET /v1/disclosure/watches, newest first (ids rise with time)
        primary key (workspace_id, id),
        constraint disclosure_watches_influencer_fkey foreign key (workspace_id, influencer_id)
            references influencers (workspace_id, id) on delete cascade,
        constraint disclosure_watches_period check (starts_at < ends_at)
    );
    -- serves: the foreign key when an influencer goes; GET /v1/disclosure/watches?influencer_id=
    create index disclosure_watches_influencer on disclosure_watches (workspace_id, influencer_id)
        where influencer_id is not null;
    """)


def _checks() -> None:
    # A finding is known again by its rule and frame: a second look keeps what a person said of it.
    # What is no longer found is cleared, not deleted.
    run("""
    create table disclosure_checks (
        workspace_id uuid not null,
        id uuid not null,
        watch_id uuid not null,
        post_id uuid not null,
        verdict text not null check (verdict in ('ok', 'possible_issue')),
        pack_id text collate "C",
        pack_version integer,
        checked_at timestamptz not null default elci_now(),
        primary key (workspace_id, id),
        -- serves: a post is checked once a watch, whoever looks
        constraint disclosure_checks_key unique (workspace_id, watch_id, post_id),
        constraint disclosure_checks_watch_fkey foreign key (workspace_id, watch_id)
            references disclosure_watches (workspace_id, id) on delete cascade,
        constraint disclosure_checks_post_fkey foreign key (workspace_id, post_id)
            references influencer_posts (workspace_id, id) on delete cascade
    );
    -- serves: the foreign key when a post goes
    create index disclosure_checks_post on disclosure_checks (workspace_id, post_id);

    create table disclosure_findings (
        workspace_id uuid not null,
        id uuid not null,
        check_id uuid not null,
        code text collate "C" not null,
        rule_id text collate "C" not null,
        pack_id text collate "C" not null,
        pack_version integer not null,
        field text collate "C",
        frame integer not null default -1,
        span_start integer,
        span_end integer,
        about text not null,
        explanation jsonb not null,
        status text not null default 'open' check (status in ('open', 'confirmed', 'dismissed')),
        reason text,
        decided_by text collate "C",
        decided_at timestamptz,
        cleared_at timestamptz,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        -- serves: a finding, and GET /v1/disclosure/findings, newest first (ids rise with time)
        primary key (workspace_id, id),
        -- serves: what is found again; a check's findings
        constraint disclosure_findings_key unique (workspace_id, check_id, rule_id, frame),
        constraint disclosure_findings_check_fkey foreign key (workspace_id, check_id)
            references disclosure_checks (workspace_id, id) on delete cascade
    );

    create table disclosure_marks (
        workspace_id uuid not null,
        influencer_id uuid not null,
        -- serves: influencers whose posts wait to be looked at, once each
        primary key (workspace_id, influencer_id),
        constraint disclosure_marks_influencer_fkey foreign key (workspace_id, influencer_id)
            references influencers (workspace_id, id) on delete cascade
    );
    """)


def _waiting() -> None:
    """Workspaces with a watch whose posts were looked at by other rules than those of the stamp."""
    run("""
    create function entry.disclosing_workspaces(text) returns setof uuid
    language sql stable security definer set search_path = pg_catalog, public, pg_temp
    as $$
        select distinct workspace_id from disclosure_watches
        where archived_at is null and rules is distinct from $1
    $$;
    """)
    entry("entry.disclosing_workspaces(text)")
