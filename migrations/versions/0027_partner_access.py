"""Partners come in: who may act for one, log-in codes, sessions, invitations, keys of their own."""

from migrations.helpers import entry, partner_wall, run, shared, wall

revision = "0027_partner_access"
down_revision = "0026_earnings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _users()
    _codes()
    _sessions()
    _keys()
    _entry()


def _users() -> None:
    # Beside a partner's own address: an agency's people, each by their own.
    run("""
    create table partner_users (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        partner_id uuid not null,
        email text not null,
        email_key text collate "C" not null,
        created_at timestamptz not null default elci_now(),
        primary key (workspace_id, id),
        constraint partner_users_partner_fkey foreign key (workspace_id, partner_id)
            references partners (workspace_id, id)
    );
    -- serves: the people of a partner; each once
    create unique index partner_users_once on partner_users (workspace_id, partner_id, email_key);
    -- serves: entry.partner_memberships
    create index partner_users_email on partner_users (email_key);
    -- serves: entry.partner_memberships
    create index partners_email_key on partners (email_key) where email_key is not null;

    create table partner_invitations (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        partner_id uuid not null,
        email text not null,
        email_key text collate "C" not null,
        token_hash bytea not null,
        expires_at timestamptz not null,
        accepted_at timestamptz,
        revoked_at timestamptz,
        created_at timestamptz not null default elci_now(),
        primary key (workspace_id, id),
        constraint partner_invitations_partner_fkey foreign key (workspace_id, partner_id)
            references partners (workspace_id, id)
    );
    -- serves: entry.find_partner_invitation
    create index partner_invitations_token on partner_invitations (token_hash);
    -- serves: one open invitation of a partner to an address
    create unique index partner_invitations_open on partner_invitations (workspace_id, partner_id, email_key)
        where accepted_at is null and revoked_at is null;
    """)
    for table in ("partner_users", "partner_invitations"):
        wall(table)
        partner_wall(table)


def _codes() -> None:
    # By a keyed digest of the address, known or not, so that the table is no list of people.
    run("""
    create table partner_codes (
        address bytea primary key check (octet_length(address) = 32),
        code_hash bytea not null check (octet_length(code_hash) = 32),
        tries smallint not null default 0,
        expires_at timestamptz not null
    );
    """)
    shared("partner_codes", "select, insert, update, delete")


def _sessions() -> None:
    run("""
    create table partner_sessions (
        workspace_id uuid not null,
        id uuid not null,
        partner_id uuid not null,
        email_key text collate "C" not null,
        refresh_hash bytea not null,
        expires_at timestamptz not null,
        revoked_at timestamptz,
        created_at timestamptz not null default elci_now(),
        refreshed_at timestamptz not null default elci_now(),
        primary key (workspace_id, id),
        constraint partner_sessions_partner_fkey foreign key (workspace_id, partner_id)
            references partners (workspace_id, id)
    );
    -- serves: ending the sessions of a partner's people
    create index partner_sessions_partner on partner_sessions (workspace_id, partner_id);
    -- serves: entry.find_partner_session
    create index partner_sessions_id on partner_sessions (id);
    """)
    wall("partner_sessions")
    partner_wall("partner_sessions")


def _keys() -> None:
    run("""
    alter table api_keys add partner_id uuid,
        add constraint api_keys_partner_fkey foreign key (workspace_id, partner_id)
            references partners (workspace_id, id);
    alter table api_keys drop constraint api_keys_kind_check,
        add constraint api_keys_kind_check check (kind in ('secret', 'publishable', 'partner')),
        add constraint api_keys_of_partner check ((kind = 'partner') = (partner_id is not null));
    -- serves: a partner's own keys
    create index api_keys_partner on api_keys (workspace_id, partner_id, id) where partner_id is not null;
    """)
    partner_wall("api_keys")


def _entry() -> None:
    # An archived partner is nobody; one who is paused may still look at what was earned.
    run("""
    create function entry.partner_memberships(text)
        returns table (workspace_id uuid, workspace text, partner_id uuid, partner text, locale text)
        language sql stable security definer set search_path = pg_catalog, public, pg_temp
        as $$
            select w.id, w.name, p.id, p.name, w.locale
            from partners p join workspaces w on w.id = p.workspace_id
            where p.status <> 'archived' and (
                p.email_key = $1
                or (p.workspace_id, p.id) in (
                    select u.workspace_id, u.partner_id from partner_users u where u.email_key = $1
                )
            )
            order by p.created_at, p.id
        $$;

    create function entry.find_partner_session(uuid)
        returns table (workspace_id uuid, partner_id uuid, email_key text, now timestamptz)
        language sql stable security definer set search_path = pg_catalog, public, pg_temp
        as $$
            select s.workspace_id, s.partner_id, s.email_key, elci_now()
            from partner_sessions s
            join partners p on p.workspace_id = s.workspace_id and p.id = s.partner_id
            where s.id = $1 and s.revoked_at is null and s.expires_at > elci_now()
                and p.status <> 'archived'
                and (p.email_key = s.email_key or exists (
                    select from partner_users u
                    where u.workspace_id = s.workspace_id and u.partner_id = s.partner_id
                        and u.email_key = s.email_key
                ))
        $$;

    create function entry.find_partner_invitation(bytea)
        returns table (workspace_id uuid, id uuid, partner_id uuid)
        language sql stable security definer set search_path = pg_catalog, public, pg_temp
        as $$ select workspace_id, id, partner_id from partner_invitations where token_hash = $1 $$;

    drop function entry.find_key(text);
    create function entry.find_key(text)
        returns table (
            workspace_id uuid, id uuid, kind text, scopes text[], secret_hash bytea, stale boolean,
            now timestamptz, partner_id uuid
        )
        language sql stable security definer set search_path = pg_catalog, public, pg_temp
        as $$
            select k.workspace_id, k.id, k.kind, k.scopes, k.secret_hash,
                coalesce(k.last_used_at < elci_now() - interval '1 minute', true), elci_now(), k.partner_id
            from api_keys k
            left join partners p on p.workspace_id = k.workspace_id and p.id = k.partner_id
            where k.prefix = $1 and k.revoked_at is null and coalesce(k.expires_at > elci_now(), true)
                and (k.partner_id is null or p.status <> 'archived')
        $$;
    """)
    entry("entry.partner_memberships(text)")
    entry("entry.find_partner_session(uuid)")
    entry("entry.find_partner_invitation(bytea)")
    entry("entry.find_key(text)")
