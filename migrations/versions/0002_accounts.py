"""Workspaces, people and their log-ins, keys, files, the audit log."""

from migrations.helpers import WORKSPACE, app_role, entry, run, shared, wall

revision = "0002_accounts"
down_revision = "0001_kit"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Tables first, then their walls, then what is found before the workspace is known."""
    _workspaces()
    _people()
    _keys()
    _files()
    _audit_log()
    for table in ("members", "invitations", "sessions", "api_keys", "files", "file_chunks"):
        wall(table)
    wall("audit_log", rights="select, insert")
    _workspace_wall()
    shared("people", "select, insert, update")
    _entry()


def _workspaces() -> None:
    # Bounds of tiers are lower ends (FORMULAS.md 1); reach_rates is empty where the built-in table holds.
    run("""
        create table workspaces (
            id uuid primary key,
            name text not null,
            currency text not null default 'TRY',
            timezone text not null default 'Europe/Istanbul',
            locale text not null default 'tr',
            cors_origins text[] not null default '{}',
            link_hosts text[] not null default '{}',
            destination_hosts text[] not null default '{}',
            tiers jsonb not null
                default '{"nano": 1000, "micro": 10000, "mid": 50000, "macro": 500000, "mega": 1000000}',
            reach_rates jsonb not null default '[]',
            test_share double precision not null default 0.1 check (test_share between 0 and 1),
            version integer not null default 1,
            created_at timestamptz not null default elci_now(),
            updated_at timestamptz not null default elci_now()
        );
    """)


def _workspace_wall() -> None:
    run(f"""
        alter table workspaces enable row level security;
        alter table workspaces force row level security;
        create policy wall on workspaces to {app_role()}
            using (id = {WORKSPACE}) with check (id = {WORKSPACE});
        create policy owner on workspaces to current_user using (true) with check (true);
        grant select, update on workspaces to {app_role()};
    """)


def _people() -> None:
    run("""
        create table people (
            id uuid primary key,
            email text not null,
            -- Serves: log-in, and that one address is one person.
            email_key text collate "C" not null constraint people_email unique,
            name text not null,
            password_hash text not null,
            -- A session that is older has ended.
            password_changed_at timestamptz not null default elci_now(),
            created_at timestamptz not null default elci_now()
        );

        create table members (
            workspace_id uuid not null references workspaces,
            person_id uuid not null references people,
            role text not null check (role in ('owner', 'manager', 'analyst')),
            created_at timestamptz not null default elci_now(),
            constraint members_once primary key (workspace_id, person_id)
        );
        -- Serves: entry.memberships.
        create index members_person on members (person_id);

        create table invitations (
            workspace_id uuid not null references workspaces,
            id uuid not null,
            email text not null,
            email_key text collate "C" not null,
            role text not null check (role in ('owner', 'manager', 'analyst')),
            token_hash bytea not null,
            expires_at timestamptz not null,
            accepted_at timestamptz,
            revoked_at timestamptz,
            created_at timestamptz not null default elci_now(),
            primary key (workspace_id, id)
        );
        -- Serves: entry.find_invitation.
        create index invitations_token on invitations (token_hash);
        -- Serves: one open invitation per address.
        create unique index invitations_open on invitations (workspace_id, email_key)
            where accepted_at is null and revoked_at is null;

        create table sessions (
            workspace_id uuid not null,
            id uuid not null,
            person_id uuid not null,
            -- SHA-256 of the one refresh token that is still good.
            refresh_hash bytea not null,
            expires_at timestamptz not null,
            revoked_at timestamptz,
            created_at timestamptz not null default elci_now(),
            refreshed_at timestamptz not null default elci_now(),
            primary key (workspace_id, id),
            foreign key (workspace_id, person_id) references members on delete cascade
        );
        -- Serves: a member's removal, and dropping a person's old sessions at log-in.
        create index sessions_person on sessions (workspace_id, person_id);
        -- Serves: entry.find_session.
        create index sessions_id on sessions (id);
    """)


def _keys() -> None:
    run("""
        create table api_keys (
            workspace_id uuid not null references workspaces,
            id uuid not null,
            name text not null,
            kind text not null check (kind in ('secret', 'publishable')),
            -- The key's first characters: shown in lists, and how it is looked up.
            prefix text collate "C" not null,
            secret_hash bytea not null,
            scopes text[] not null,
            expires_at timestamptz,
            last_used_at timestamptz,
            revoked_at timestamptz,
            created_at timestamptz not null default elci_now(),
            primary key (workspace_id, id)
        );
        -- Serves: entry.find_key.
        create index api_keys_prefix on api_keys (prefix);
    """)


def _files() -> None:
    run("""
        create table files (
            workspace_id uuid not null references workspaces,
            id uuid not null,
            name text not null,
            purpose text not null
                check (purpose in ('draft', 'contract', 'evidence', 'avatar', 'other')),
            content_type text not null default 'application/octet-stream',
            bytes bigint not null default 0,
            sha256 bytea,
            -- Null as long as chunks arrive: such a file is shown to nobody.
            completed_at timestamptz,
            created_at timestamptz not null default elci_now(),
            primary key (workspace_id, id)
        );
        -- Serves: sweeping uploads that were broken off.
        create index files_incomplete on files (workspace_id, created_at) where completed_at is null;

        create table file_chunks (
            workspace_id uuid not null,
            file_id uuid not null,
            seq integer not null,
            data bytea not null,
            primary key (workspace_id, file_id, seq),
            foreign key (workspace_id, file_id) references files on delete cascade
        );
        -- Images and archives are compressed already.
        alter table file_chunks alter column data set storage external;
    """)


def _audit_log() -> None:
    run("""
        create table audit_log (
            workspace_id uuid not null references workspaces,
            id uuid not null,
            actor text collate "C" not null,
            action text collate "C" not null,
            subject text collate "C" not null,
            details jsonb not null default '{}',
            created_at timestamptz not null default elci_now(),
            primary key (workspace_id, id)
        );
        -- Serves: GET /v1/audit-log, whole and between two times.
        create index audit_log_time on audit_log (workspace_id, created_at, id);
        -- Serves: GET /v1/audit-log?subject=, the history of one thing.
        create index audit_log_subject on audit_log (workspace_id, subject, created_at, id);
        -- Serves: GET /v1/audit-log?actor=, what one caller did.
        create index audit_log_actor on audit_log (workspace_id, actor, created_at, id);
    """)


def _entry() -> None:
    """Each finds a row by what only its holder knows, or a person's own workspaces; one makes a workspace."""
    run("""
        create function entry.new_workspace(uuid, text) returns void
            language sql security definer set search_path = pg_catalog, public, pg_temp
            as $$ insert into workspaces (id, name) values ($1, $2) $$;

        create function entry.find_key(text)
            returns table (
                workspace_id uuid, id uuid, kind text, scopes text[], secret_hash bytea, stale boolean,
                now timestamptz
            )
            language sql stable security definer set search_path = pg_catalog, public, pg_temp
            as $$
                select workspace_id, id, kind, scopes, secret_hash,
                    coalesce(last_used_at < elci_now() - interval '1 minute', true), elci_now()
                from api_keys
                where prefix = $1 and revoked_at is null and coalesce(expires_at > elci_now(), true)
            $$;

        -- Never waits: where another worker writes the same row, its time is as good.
        create function entry.touch_key(uuid, uuid) returns void
            language sql security definer set search_path = pg_catalog, public, pg_temp
            as $$
                update api_keys set last_used_at = elci_now()
                where (workspace_id, id) = (
                    select workspace_id, id from api_keys
                    where workspace_id = $1 and id = $2 for update skip locked
                )
            $$;

        create function entry.find_session(uuid)
            returns table (workspace_id uuid, person_id uuid, role text, now timestamptz)
            language sql stable security definer set search_path = pg_catalog, public, pg_temp
            as $$
                select workspace_id, person_id, m.role, elci_now()
                from sessions s
                join members m using (workspace_id, person_id)
                join people p on p.id = person_id
                where s.id = $1 and s.revoked_at is null and s.expires_at > elci_now()
                    and s.created_at >= p.password_changed_at
            $$;

        create function entry.find_invitation(bytea) returns table (workspace_id uuid, id uuid)
            language sql stable security definer set search_path = pg_catalog, public, pg_temp
            as $$ select workspace_id, id from invitations where token_hash = $1 $$;

        create function entry.memberships(uuid) returns table (workspace_id uuid, name text, role text)
            language sql stable security definer set search_path = pg_catalog, public, pg_temp
            as $$
                select w.id, w.name, m.role
                from members m join workspaces w on w.id = m.workspace_id
                where m.person_id = $1
                order by m.created_at, w.id
            $$;
    """)
    entry("entry.new_workspace(uuid, text)")
    entry("entry.find_key(text)")
    entry("entry.touch_key(uuid, uuid)")
    entry("entry.find_session(uuid)")
    entry("entry.find_invitation(bytea)")
    entry("entry.memberships(uuid)")
