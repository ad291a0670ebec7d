"""Pages on which advocates join, and what they see of their own."""

from migrations.helpers import RECORDS, WORKSPACE, entry, records_wall, run, wall

revision = "0051_advocate_pages"
down_revision = "0050_referral_evidence"
branch_labels = None
depends_on = None

# What an advocate did before their record was merged into another one is still theirs.
OF_ADVOCATES = ("advocates", "referrals", "advocate_deeds", "rewards", "redemptions")


def upgrade() -> None:
    _pages()
    _requests()
    wall("join_pages", rights="select, insert, update")
    wall("join_requests")
    _found()
    _own()


def _pages() -> None:
    # `token` names the page in its address. `texts`: in the brand's own words, where it has some.
    run("""
    create table join_pages (
        workspace_id uuid not null references workspaces (id),
        program_id uuid not null,
        token text collate "C" not null check (token ~ '^[a-z0-9]{12}$'),
        slug text collate "C",
        enabled boolean not null,
        url text,
        code_pattern text,
        member text collate "C" not null check (member in ('customer', 'fan', 'employee', 'influencer')),
        customers_only boolean not null,
        marketing boolean not null,
        texts jsonb not null,
        version integer not null default 1,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        -- serves: a program's page
        primary key (workspace_id, program_id),
        constraint join_pages_program_fkey foreign key (workspace_id, program_id)
            references programs (workspace_id, id)
    );
    -- serves: entry.find_join_page
    create index join_pages_token on join_pages (token);
    """)


def _requests() -> None:
    # Somebody who asked to join and has not yet shown that the address is theirs: `sealed` holds what they
    # wrote, until they confirm or `expires_at`. `brought_by`, `referral_id`: whose invitation they opened.
    run("""
    create table join_requests (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        program_id uuid not null,
        address_key bytea not null check (octet_length(address_key) = 32),
        sealed bytea,
        language text collate "C" not null check (language in ('tr', 'en')),
        brought_by uuid,
        referral_id uuid,
        consent_version text not null,
        marketing_version text,
        outcome text collate "C" check (outcome in ('joined', 'member')),
        advocate_id uuid,
        confirmed_at timestamptz,
        expires_at timestamptz not null,
        created_at timestamptz not null default elci_now(),
        check ((confirmed_at is null) = (outcome is null) and (outcome is null) = (advocate_id is null)),
        check (sealed is null or confirmed_at is null),
        -- serves: the request of a mail's link
        primary key (workspace_id, id),
        constraint join_requests_page_fkey foreign key (workspace_id, program_id)
            references join_pages (workspace_id, program_id)
    );
    -- serves: an erasure
    create index join_requests_address on join_requests (workspace_id, address_key);
    -- serves: those that are over
    create index join_requests_over on join_requests (workspace_id, expires_at);
    """)
    # A friend who joined by the page signed up, whether or not they ever order.
    run("alter table referrals add column joined_at timestamptz")


def _found() -> None:
    """The workspace of a page's address, and workspaces that have requests which are over."""
    run("""
    create function entry.find_join_page(text)
        returns table (workspace_id uuid, program_id uuid, locale text)
        language sql stable security definer set search_path = pg_catalog, public, pg_temp
        as $$
            select p.workspace_id, p.program_id, w.locale
            from join_pages p join workspaces w on w.id = p.workspace_id
            where p.token = $1
        $$;
    create function entry.joining_workspaces() returns setof uuid
        language sql stable security definer set search_path = public, pg_temp
        as $$
            select w.id from workspaces w where exists (
                select from join_requests r where r.workspace_id = w.id and r.expires_at <= elci_now()
            )
        $$;
    """)
    entry("entry.find_join_page(text)")
    entry("entry.joining_workspaces()")


def _own() -> None:
    for table in OF_ADVOCATES:
        records_wall(table)
    # Of programs that the partner is an advocate of: tiers, what is given for what, and where friends join.
    for table in ("advocacy_terms", "join_pages"):
        records_wall(
            table,
            f"""program_id = any(array(
                select a.program_id from advocates a
                where a.workspace_id = {WORKSPACE} and a.partner_id = any({RECORDS})
            ))""",
        )
