"""What reports of advocacy read."""

from migrations.helpers import entry, run, wall

revision = "0049_advocacy_reports"
down_revision = "0048_referral_trees"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _kept()
    _changes()
    for table in ("advocacy_report_zones", "advocacy_reports"):
        wall(table)
    _workspaces()


def _kept() -> None:
    """`mark`: what was changed before is in; `seconds`: what the last build took."""
    run("""
    create table advocacy_report_zones (
        workspace_id uuid not null references workspaces (id),
        tz text collate "C" not null,
        asked_at timestamptz not null default elci_now(),
        job_id uuid,
        as_of timestamptz,
        mark timestamptz,
        seconds double precision,
        -- serves: the time zones whose days are kept, and what is built anew
        primary key (workspace_id, tz)
    );

    create table advocacy_reports (
        workspace_id uuid not null,
        tz text collate "C" not null,
        scope uuid not null,
        body bytea not null,
        -- serves: GET /v1/advocacy/report: the days of a program, or of all (a nil scope)
        primary key (workspace_id, tz, scope),
        constraint advocacy_reports_zone_fkey foreign key (workspace_id, tz)
            references advocacy_report_zones (workspace_id, tz) on delete cascade
    );
    alter table advocacy_reports alter column body set storage external;
    """)


def _changes() -> None:
    # Whether anything changed since a mark. An order changes when it is told and when it is settled.
    run("""
    -- serves: whether a report of advocacy is out of date
    create index advocates_updated on advocates (workspace_id, updated_at);
    -- serves: whether a report of advocacy is out of date
    create index referrals_updated on referrals (workspace_id, updated_at);
    -- serves: whether a report of advocacy is out of date
    create index rewards_updated on rewards (workspace_id, updated_at);
    -- serves: whether a report of advocacy is out of date
    create index conversions_changed on conversions (workspace_id, greatest(updated_at, settled_at));
    """)


def _workspaces() -> None:
    """Workspaces whose reports are kept fresh: somebody asked lately."""
    run("""
    create function entry.advocacy_report_workspaces() returns setof uuid
    language sql stable security definer set search_path = pg_catalog, public, pg_temp
    as $$
        select distinct workspace_id from advocacy_report_zones
        where asked_at > elci_now() - interval '30 days'
    $$;
    """)
    entry("entry.advocacy_report_workspaces()")
