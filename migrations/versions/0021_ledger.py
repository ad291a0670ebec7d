"""The ledger: double entries that are only ever added, and the commissions that they move."""

from migrations.helpers import partner_wall, run, wall

revision = "0021_ledger"
down_revision = "0020_programs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A posting's amount goes into its account: `expense` becomes negative by what partners are owed. What a
    # partner is owed stands in the partner's accounts `pending`, `on_hold`, `payable`. `exchange` takes
    # both sides of what is converted. `balance` is a cache of the postings' sum.
    run("""
    create table ledger_accounts (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        kind text not null check (kind in ('expense', 'pending', 'on_hold', 'payable', 'paid', 'exchange')),
        partner_id uuid,
        currency text collate "C" not null,
        balance bigint not null default 0,
        created_at timestamptz not null default elci_now(),
        primary key (workspace_id, id),
        constraint ledger_accounts_partner_fkey foreign key (workspace_id, partner_id)
            references partners (workspace_id, id)
    );
    -- serves: an account by what it is; one of each
    create unique index ledger_accounts_of on ledger_accounts (workspace_id, kind, partner_id, currency)
        nulls not distinct;

    create table ledger_entries (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        key text collate "C" not null,
        kind text not null,
        reason text,
        details jsonb,
        created_by text not null,
        created_at timestamptz not null default elci_now(),
        -- serves: GET /v1/ledger/entries, newest first (ids rise with time)
        primary key (workspace_id, id)
    );
    -- serves: one entry for one cause, however often it is told
    create unique index ledger_entries_key on ledger_entries (workspace_id, key);

    create table commissions (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        partner_id uuid not null,
        program_id uuid,
        conversion_id uuid,
        kind text collate "C" not null,
        key text collate "C" not null,
        n integer not null,
        corrects uuid,
        amount bigint not null,
        currency text collate "C" not null,
        base bigint,
        status text not null
            check (status in ('pending', 'on_hold', 'payable', 'paid', 'reversed', 'rejected')),
        reason text,
        rule jsonb not null,
        link_id uuid,
        coupon_id uuid,
        click_id uuid,
        occurred_at timestamptz not null,
        due_at timestamptz,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        -- serves: a commission, and GET /v1/commissions, newest first (ids rise with time)
        primary key (workspace_id, id),
        constraint commissions_partner_fkey foreign key (workspace_id, partner_id)
            references partners (workspace_id, id)
    );
    -- serves: the commissions of a conversion; each of them once
    create unique index commissions_key
        on commissions (workspace_id, conversion_id, partner_id, key, n) nulls not distinct;
    -- serves: what becomes payable
    create index commissions_due on commissions (workspace_id, due_at) where status = 'pending';
    -- serves: GET /v1/commissions?partner_id=, a partner's volume and caps
    create index commissions_partner on commissions (workspace_id, partner_id, occurred_at, id);

    create table ledger_postings (
        workspace_id uuid not null,
        entry_id uuid not null,
        n smallint not null,
        account_id uuid not null,
        commission_id uuid,
        amount bigint not null,
        currency text collate "C" not null,
        -- serves: the postings of an entry
        primary key (workspace_id, entry_id, n),
        constraint ledger_postings_entry_fkey foreign key (workspace_id, entry_id)
            references ledger_entries (workspace_id, id),
        constraint ledger_postings_account_fkey foreign key (workspace_id, account_id)
            references ledger_accounts (workspace_id, id)
    );
    -- serves: an account's balance again from its postings
    create index ledger_postings_account on ledger_postings (workspace_id, account_id);
    -- serves: where a commission stands
    create index ledger_postings_commission on ledger_postings (workspace_id, commission_id)
        where commission_id is not null;

    create table fx_rates (
        workspace_id uuid not null references workspaces (id),
        base text collate "C" not null,
        quote text collate "C" not null,
        day date not null,
        rate numeric not null check (rate > 0),
        created_at timestamptz not null default elci_now(),
        -- serves: the newest rate of a pair at a day
        primary key (workspace_id, base, quote, day)
    );
    """)
    wall("ledger_accounts", rights="select, insert, update (balance)")
    wall("ledger_entries", rights="select, insert")
    wall("ledger_postings", rights="select, insert")
    wall("commissions", rights="select, insert, update")
    wall("fx_rates")
    partner_wall("ledger_accounts")
    partner_wall("commissions")
