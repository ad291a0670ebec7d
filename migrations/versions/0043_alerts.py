"""Alerts, their rules, and approved statements."""

from migrations.helpers import entry, run, wall

revision = "0043_alerts"
down_revision = "0042_mention_hours"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _rules()
    _spikes()
    _alerts()
    _statements()
    _answering()
    _events()
    for table in ("alert_rules", "mention_spikes", "alerts", "statements", "listening_events"):
        wall(table)
    _watched()


def _rules() -> None:
    """`baselines`, `occurrences`: what the query's hours usually bring, fitted once a day; of the query's
    `fitted_version`. Hours before `watched_from` alert nobody."""
    run("""
    create table alert_rules (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        query_id uuid not null,
        kinds text[] not null check (kinds <@ array['spike', 'crisis'] and cardinality(kinds) > 0),
        p double precision not null check (p > 0 and p < 1),
        min_mentions integer not null check (min_mentions > 0),
        quiet_hours jsonb,
        recipients text[] not null default '{}',
        checklist text[] not null default '{}',
        enabled boolean not null,
        watched_from timestamptz not null,
        checked_at timestamptz,
        fitted_version integer,
        baselines jsonb not null default '[]',
        occurrences jsonb not null default '[]',
        created_by text collate "C" not null,
        version integer not null default 1,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        -- serves: a rule, and GET /v1/alert-rules, newest first
        primary key (workspace_id, id),
        -- serves: the rule of a query; two would tell of one spike twice
        constraint alert_rules_query unique (workspace_id, query_id),
        constraint alert_rules_query_fkey foreign key (workspace_id, query_id)
            references listening_queries (workspace_id, id) on delete cascade
    );
    """)


def _spikes() -> None:
    """`spell`: how a spike goes on; `before`: the sentiment of the weeks before it."""
    run("""
    create table mention_spikes (
        workspace_id uuid not null,
        id uuid not null,
        query_id uuid not null,
        opened_at timestamptz not null,
        last_at timestamptz not null,
        ended_at timestamptz,
        spell jsonb not null,
        before jsonb not null,
        primary key (workspace_id, id),
        -- serves: a spike is found once, whoever looks; a query's newest spike
        constraint mention_spikes_key unique (workspace_id, query_id, opened_at),
        constraint mention_spikes_query_fkey foreign key (workspace_id, query_id)
            references listening_queries (workspace_id, id) on delete cascade
    );
    -- serves: one spike of a query at a time
    create unique index mention_spikes_on on mention_spikes (workspace_id, query_id) where ended_at is null;
    """)


def _alerts() -> None:
    run("""
    create table alerts (
        workspace_id uuid not null,
        id uuid not null,
        spike_id uuid not null,
        query_id uuid not null,
        kind text collate "C" not null check (kind in ('spike', 'crisis')),
        status text collate "C" not null default 'open',
        starts_at timestamptz not null,
        ended_at timestamptz,
        peak_at timestamptz not null,
        peak_count integer not null,
        peak_p double precision not null,
        mentions integer not null,
        expected double precision not null,
        event text collate "C",
        cause jsonb not null,
        crisis jsonb not null,
        example_ids uuid[] not null,
        owner uuid,
        notes text not null default '',
        checklist jsonb not null default '[]',
        escalated_at timestamptz,
        first_response_at timestamptz,
        acknowledged_at timestamptz,
        acknowledged_by text collate "C",
        resolved_at timestamptz,
        resolved_by text collate "C",
        version integer not null default 1,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        -- serves: an alert, and GET /v1/alerts, newest first (ids rise with time)
        primary key (workspace_id, id),
        -- serves: no alert twice for one spike
        constraint alerts_spike unique (workspace_id, spike_id),
        constraint alerts_spike_fkey foreign key (workspace_id, spike_id)
            references mention_spikes (workspace_id, id) on delete cascade,
        constraint alerts_state check (case status
            when 'open' then acknowledged_at is null and resolved_at is null
            when 'acknowledged' then acknowledged_at is not null and resolved_at is null
            when 'resolved' then acknowledged_at is not null and resolved_at is not null
            else false end)
    );
    -- serves: GET /v1/alerts?query_id=
    create index alerts_of_query on alerts (workspace_id, query_id, id);
    -- serves: GET /v1/alerts/live
    create index alerts_by_change on alerts (workspace_id, updated_at);
    """)


def _statements() -> None:
    """A text is worked on once a channel; what was published stays."""
    run("""
    create table statements (
        workspace_id uuid not null,
        id uuid not null,
        alert_id uuid not null,
        channel text collate "C" not null,
        text text not null,
        status text collate "C" not null default 'draft',
        written_by text collate "C" not null,
        approved_by uuid,
        approved_at timestamptz,
        published_by text collate "C",
        published_at timestamptz,
        url text,
        version integer not null default 1,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        -- serves: a statement, and GET /v1/statements, newest first
        primary key (workspace_id, id),
        constraint statements_alert_fkey foreign key (workspace_id, alert_id)
            references alerts (workspace_id, id) on delete cascade,
        constraint statements_state check (case status
            when 'draft' then approved_at is null and approved_by is null and published_at is null
            when 'approved' then approved_at is not null and approved_by is not null and published_at is null
            when 'published' then approved_at is not null and approved_by is not null
                and published_at is not null
            else false end)
    );
    -- serves: an alert's statements
    create index statements_of_alert on statements (workspace_id, alert_id, id);
    -- serves: one text in work for an alert and channel
    create unique index statements_in_work on statements (workspace_id, alert_id, channel)
        where status <> 'published';
    """)


def _events() -> None:
    run("""
    create table listening_events (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        key text collate "C" not null,
        name text not null,
        starts_at timestamptz not null,
        ends_at timestamptz not null,
        created_by text collate "C" not null,
        created_at timestamptz not null default elci_now(),
        primary key (workspace_id, id),
        constraint listening_events_key unique (workspace_id, key, starts_at),
        constraint listening_events_span check (starts_at < ends_at)
    );
    -- serves: GET /v1/listening/events, the latest first; what is left out of usual hours
    create index listening_events_by_time on listening_events (workspace_id, starts_at, id);
    """)


def _answering() -> None:
    run("""
    -- serves: GET /v1/listening/response-times
    create index mentions_handled on mentions (workspace_id, published_at)
        where assigned_at is not null or answered_at is not null;
    -- serves: GET /v1/mentions/waiting, the longest first
    create index mentions_assigned on mentions (workspace_id, published_at, id) where status = 'assigned';
    """)


def _watched() -> None:
    """Workspaces with a rule that is on."""
    run("""
    create function entry.alerting_workspaces() returns setof uuid
    language sql stable security definer set search_path = pg_catalog, public, pg_temp
    as $$ select distinct workspace_id from alert_rules where enabled $$;
    """)
    entry("entry.alerting_workspaces()")
