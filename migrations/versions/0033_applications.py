"""Applications to programs, the terms that were accepted, notices that were sent."""

from migrations.helpers import entry, records_wall, run, wall

revision = "0033_applications"
down_revision = "0032_payouts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What a program says to those who may join it; {} is closed, without texts.
    run("alter table programs add page jsonb not null default '{}'")
    _applications()
    _acceptances()
    _notices()
    _told_before()


def _applications() -> None:
    run("""
    create table applications (
        workspace_id uuid not null,
        id uuid not null,
        program_id uuid not null,
        status text not null default 'open' check (status in ('open', 'approved', 'rejected')),
        name text not null,
        folded text collate "C" not null,
        email text not null,
        email_key text collate "C" not null,
        accounts jsonb not null,
        handles text[] collate "C" not null,
        website text,
        answers jsonb not null,
        language text not null check (language in ('tr', 'en')),
        terms_version integer not null,
        consent_version text collate "C" not null,
        partner_id uuid,
        reason text,
        decided_by text,
        decided_at timestamptz,
        created_at timestamptz not null default elci_now(),
        -- serves: an application, and GET /v1/applications, newest first (ids rise with time)
        primary key (workspace_id, id),
        constraint applications_program_fkey foreign key (workspace_id, program_id)
            references programs (workspace_id, id),
        constraint applications_partner_fkey foreign key (workspace_id, partner_id)
            references partners (workspace_id, id),
        constraint applications_decided check ((status = 'open') = (decided_at is null)),
        constraint applications_approved check ((status = 'approved') = (partner_id is not null)),
        constraint applications_rejected check ((status = 'rejected') = (reason is not null))
    );
    -- serves: one open application of a mailbox to a program
    create unique index applications_open on applications (workspace_id, program_id, email_key)
        where status = 'open';
    -- serves: GET /v1/applications?program_id=&status=
    create index applications_program on applications (workspace_id, program_id, status, id);
    -- serves: what an erasure takes, by address
    create index applications_email on applications (workspace_id, email_key);
    -- serves: what an erasure takes, by partner
    create index applications_partner on applications (workspace_id, partner_id)
        where partner_id is not null;

    create table consent_texts (
        workspace_id uuid not null references workspaces (id),
        version text collate "C" not null,
        language text not null check (language in ('tr', 'en')),
        text text not null,
        created_at timestamptz not null default elci_now(),
        -- serves: the text that an applicant agreed to
        primary key (workspace_id, version)
    );
    """)
    wall("applications")
    wall("consent_texts", rights="select, insert")


def _acceptances() -> None:
    run("""
    create table terms_acceptances (
        workspace_id uuid not null,
        program_id uuid not null,
        partner_id uuid not null,
        version integer not null,
        accepted_by text not null,
        accepted_at timestamptz not null default elci_now(),
        -- serves: which versions a partner accepted; each once
        primary key (workspace_id, program_id, partner_id, version),
        constraint terms_acceptances_terms_fkey foreign key (workspace_id, program_id, version)
            references program_terms (workspace_id, program_id, version),
        constraint terms_acceptances_partner_fkey foreign key (workspace_id, partner_id)
            references partners (workspace_id, id)
    );
    -- serves: GET /v1/programs/{id}/acceptances, newest first
    create index terms_acceptances_newest
        on terms_acceptances (workspace_id, program_id, accepted_at, partner_id, version);
    """)
    wall("terms_acceptances", rights="select, insert")
    records_wall("terms_acceptances")


def _notices() -> None:
    # A row is a promise to tell somebody something once. What caused it writes it in its own transaction; a
    # job mails it. `subject`: what it is about (a partner, a payout, an application), `key`: which time.
    run("""
    create table notices (
        workspace_id uuid not null references workspaces (id),
        notice text not null
            check (notice in ('application_decided', 'first_sale', 'payout_paid', 'terms_changed')),
        subject uuid not null,
        key text collate "C" not null default '',
        partner_id uuid,
        facts jsonb not null default '{}',
        state text not null default 'waiting' check (state in ('waiting', 'sent', 'unwanted')),
        created_at timestamptz not null default elci_now(),
        -- serves: that nothing is told twice
        primary key (workspace_id, notice, subject, key),
        constraint notices_partner_fkey foreign key (workspace_id, partner_id)
            references partners (workspace_id, id)
    );
    -- serves: programs.notices, what is still to be told, and in which workspaces
    create index notices_waiting on notices (workspace_id, created_at) where state = 'waiting';
    -- serves: an erasure
    create index notices_partner on notices (workspace_id, partner_id) where partner_id is not null;

    create table notice_optouts (
        workspace_id uuid not null references workspaces (id),
        address bytea not null check (octet_length(address) = 32),
        notice text not null,
        created_at timestamptz not null default elci_now(),
        -- serves: whether an address that is no partner's wants a notice; a keyed hash of it
        primary key (workspace_id, address, notice)
    );

    create function entry.noticing_workspaces() returns setof uuid
    language sql stable security definer set search_path = pg_catalog, public, pg_temp
    as $$ select distinct n.workspace_id from notices n where n.state = 'waiting' $$;
    """)
    wall("notices")
    wall("notice_optouts", rights="select, insert, delete")
    entry("entry.noticing_workspaces()")


def _told_before() -> None:
    # Who has sold something before this version has had a first sale.
    run("""
    insert into notices (workspace_id, notice, subject, partner_id, state)
    select distinct c.workspace_id, 'first_sale', p.id, p.id, 'unwanted'
    from commissions c
    join partners d on d.workspace_id = c.workspace_id and d.id = c.partner_id
    join partners p on p.workspace_id = c.workspace_id and p.id = coalesce(d.merged_into, d.id)
    where c.kind = 'sale' and c.step = 'accrual' and c.amount > 0 and c.status not in ('on_hold', 'rejected')
    """)
