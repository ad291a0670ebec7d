"""What every domain stands on: the clock, the wall's settings, jobs, idempotency keys, the outbox, limits."""

from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment
from pgqueuer.domain.settings import DBSettings

from migrations.helpers import app_role, entry, run, shared, wall

revision = "0001_kit"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    clock_and_wall()
    queue()
    jobs()
    idempotency_keys()
    outbox()
    rate_limits()
    housekeeping()
    shared("alembic_version")


def clock_and_wall() -> None:
    # Stable, although the clock moves: one statement may take one reading, and only so can it be compared
    # with an indexed column. The offset is a setting that tests make.
    run("""
        create function elci_now() returns timestamptz
        language sql stable parallel safe
        as $$ select clock_timestamp() + coalesce(
            nullif(current_setting('app.clock_offset', true), '')::interval, interval '0') $$;

        create function app_workspace() returns uuid
        language sql stable parallel safe
        as $$ select nullif(current_setting('app.workspace_id', true), '')::uuid $$;

        create function app_partner() returns uuid
        language sql stable parallel safe
        as $$ select nullif(current_setting('app.partner_id', true), '')::uuid $$;
    """)


def queue() -> None:
    # Every name is given: unset ones would be read from the environment of whoever migrates.
    names = DBSettings(
        prefix="",
        db_schema="public",
        channel="ch_pgqueuer",  # type: ignore[arg-type]
        function="fn_pgqueuer_changed",
        statistics_table="pgqueuer_statistics",
        queue_status_type="pgqueuer_status",
        queue_table="pgqueuer",
        queue_table_log="pgqueuer_log",
        trigger="tg_pgqueuer_changed",
        schedules_table="pgqueuer_schedules",
    )
    run(QueryBuilderEnvironment(names).build_install_query(create_schema=False))
    for table in ("pgqueuer", "pgqueuer_log", "pgqueuer_schedules", "pgqueuer_statistics"):
        shared(table, "select, insert, update, delete")
        run(f"grant usage, select on sequence {table}_id_seq to {app_role()}")


def jobs() -> None:
    run("""
        create table jobs (
            workspace_id uuid not null,
            id uuid not null,
            kind text collate "C" not null,
            payload jsonb,
            status text collate "C" not null default 'queued'
                check (status in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
            done bigint not null default 0 check (done >= 0),
            total bigint check (total >= 0),
            result jsonb,
            error jsonb,
            dedupe text collate "C",
            priority integer not null default 0,
            queue_id bigint not null,
            attempts integer not null default 0,
            cancel_requested boolean not null default false,
            created_at timestamptz not null default elci_now(),
            started_at timestamptz,
            finished_at timestamptz,
            primary key (workspace_id, id)
        );
        -- serves: a workspace's jobs of one kind, newest first (ids rise with time)
        create index jobs_by_kind on jobs (workspace_id, kind, id);
        -- serves: one queued job per key (enqueue's dedupe)
        create unique index jobs_dedupe on jobs (workspace_id, kind, dedupe)
            where status = 'queued' and dedupe is not null;
        -- serves: counts of open jobs (metrics), jobs that lost their place in the queue
        create index jobs_open on jobs (status) where status in ('queued', 'running');
        -- serves: the purge of finished jobs
        create index jobs_finished on jobs (finished_at) where finished_at is not null;
    """)
    wall("jobs")


def idempotency_keys() -> None:
    run("""
        create table idempotency_keys (
            workspace_id uuid not null,
            -- SHA-256 of actor, method, path and the client's key
            digest bytea not null,
            fingerprint bytea,
            -- status, headers and body, sealed: an answer may hold a secret that is shown once
            answer bytea,
            created_at timestamptz not null default elci_now(),
            expires_at timestamptz not null,
            constraint idempotency_keys_pkey primary key (workspace_id, digest)
        );
        -- serves: the purge of expired keys
        create index idempotency_keys_expired on idempotency_keys (expires_at);
    """)
    wall("idempotency_keys")


def outbox() -> None:
    run("""
        create table outbox (
            workspace_id uuid not null,
            id uuid not null,
            topic text collate "C" not null,
            -- messages of one lane wait for each other's receiver, not for other lanes'
            lane text collate "C" not null default '',
            -- whom the message is about, so that erasure finds it
            subject text collate "C",
            body jsonb,
            status text collate "C" not null default 'waiting'
                check (status in ('waiting', 'delivered', 'dead')),
            attempts integer not null default 0,
            next_attempt_at timestamptz not null default elci_now(),
            last_error text,
            queue_id bigint not null,
            created_at timestamptz not null default elci_now(),
            finished_at timestamptz,
            primary key (workspace_id, id)
        );
        -- serves: erasure of a person
        create index outbox_subject on outbox (workspace_id, subject) where subject is not null;
        -- serves: counts of waiting messages (metrics), messages that lost their place in the queue
        create index outbox_waiting on outbox (topic) where status = 'waiting';
        -- serves: the purge of finished messages
        create index outbox_finished on outbox (finished_at) where finished_at is not null;
    """)
    wall("outbox")


def rate_limits() -> None:
    # Unlogged: losing the counts in a crash costs nothing, and a count costs no flush of the log. Half-full
    # pages and no second index keep every update on its page (HOT).
    run("""
        create unlogged table rate_limits (
            key bytea primary key,
            full_at timestamptz not null
        ) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);
    """)
    shared("rate_limits", "select, insert, update, delete")


def housekeeping() -> None:
    """What runs across workspaces, and so before one is known."""
    run("""
        create function entry.open_work()
        returns table (what text, state text, number bigint, oldest_s double precision)
        language sql stable security definer set search_path = public, pg_temp
        as $$
            select 'job', status, count(*), extract(epoch from elci_now() - min(created_at))::float8
            from jobs where status in ('queued', 'running') group by status
            union all
            select 'message', topic, count(*), extract(epoch from elci_now() - min(created_at))::float8
            from outbox where status = 'waiting' group by topic
        $$;

        create function entry.lost_work()
        returns table (what text, workspace_id uuid, id uuid)
        language sql stable security definer set search_path = public, pg_temp
        as $$
            select 'job', j.workspace_id, j.id from jobs j
            where j.status in ('queued', 'running')
              and not exists (select from pgqueuer q where q.id = j.queue_id)
            union all
            select 'message', o.workspace_id, o.id from outbox o
            where o.status = 'waiting'
              and not exists (select from pgqueuer q where q.id = o.queue_id)
            limit 1000
        $$;

        create function entry.purge_kit(most integer)
        returns bigint
        language sql volatile security definer set search_path = public, pg_temp
        as $$
            with keys as (
                delete from idempotency_keys where ctid in (
                    select ctid from idempotency_keys where expires_at <= elci_now() limit most)
                returning 1
            ), messages as (
                delete from outbox where ctid in (
                    select ctid from outbox where finished_at < elci_now() - interval '7 days' limit most)
                returning 1
            ), finished as (
                delete from jobs where ctid in (
                    select ctid from jobs where finished_at < elci_now() - interval '90 days' limit most)
                returning 1
            )
            select (select count(*) from keys) + (select count(*) from messages)
                 + (select count(*) from finished)
        $$;
    """)
    entry("entry.open_work()")
    entry("entry.lost_work()")
    entry("entry.purge_kit(integer)")
