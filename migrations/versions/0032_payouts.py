"""Payouts, where they go, and statements."""

from migrations.helpers import WORKSPACE, records_wall, run, wall

revision = "0032_payouts"
down_revision = "0031_partner_figures"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _postings()
    _accounts()
    _runs()
    _payouts()
    for table in ("payout_accounts", "payout_runs", "payouts", "payout_items", "payout_skips"):
        wall(table)
    for table in ("payout_accounts", "payouts", "payout_items"):
        records_wall(table)


def _postings() -> None:
    # They name no partner: they are their account's.
    records_wall(
        "ledger_postings",
        f"account_id in (select a.id from ledger_accounts a where a.workspace_id = {WORKSPACE})",
    )


def _accounts() -> None:
    # Number and name are sealed together; `number_key` is a keyed hash of the number, so that two partners
    # who are paid to one account are seen. What was replaced stays for the payouts that went there.
    run("""
    create table payout_accounts (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        partner_id uuid not null,
        sealed bytea,
        number_key bytea check (octet_length(number_key) = 32),
        country text collate "C",
        hint text,
        created_by text not null,
        created_at timestamptz not null default elci_now(),
        ended_at timestamptz,
        primary key (workspace_id, id),
        constraint payout_accounts_partner_fkey foreign key (workspace_id, partner_id)
            references partners (workspace_id, id)
    );
    -- serves: where a partner is paid to; one place at a time
    create unique index payout_accounts_of on payout_accounts (workspace_id, partner_id)
        where ended_at is null;
    -- serves: forgetting a partner's accounts
    create index payout_accounts_partner on payout_accounts (workspace_id, partner_id);
    -- serves: who else is paid to this account
    create index payout_accounts_number on payout_accounts (workspace_id, number_key)
        where number_key is not null;
    """)


def _runs() -> None:
    run("""
    create table payout_runs (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        wanted jsonb not null,
        wanted_key text collate "C" not null,
        job_id uuid,
        created_by text not null,
        created_at timestamptz not null default elci_now(),
        finished_at timestamptz,
        -- serves: a run, and GET /v1/payout-runs, newest first (ids rise with time)
        primary key (workspace_id, id)
    );
    -- serves: the same run, asked for again before it is over, is one
    create unique index payout_runs_open on payout_runs (workspace_id, wanted_key) where finished_at is null;

    create table payout_skips (
        workspace_id uuid not null,
        run_id uuid not null,
        partner_id uuid not null,
        currency text collate "C" not null,
        amount bigint not null,
        reason text not null check (reason in ('negative', 'below_minimum', 'no_account')),
        -- serves: who a run did not pay
        primary key (workspace_id, run_id, partner_id, currency),
        constraint payout_skips_run_fkey foreign key (workspace_id, run_id)
            references payout_runs (workspace_id, id)
    );
    """)


def _payouts() -> None:
    # `unallocated`: what is paid beside the rows of commissions, less what was paid in advance before:
    # amount = rows - unallocated.
    run("""
    create table payouts (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        key text collate "C" not null,
        reference text collate "C" not null,
        run_id uuid,
        partner_id uuid not null,
        account_id uuid,
        method text not null check (method in ('bank', 'outside')),
        amount bigint not null check (amount > 0),
        unallocated bigint not null default 0,
        currency text collate "C" not null,
        status text not null check (status in ('created', 'sent', 'paid', 'failed')),
        reason text,
        note text,
        created_by text not null,
        created_at timestamptz not null default elci_now(),
        sent_at timestamptz,
        paid_at timestamptz,
        failed_at timestamptz,
        updated_at timestamptz not null default elci_now(),
        -- serves: a payout, and GET /v1/payouts, newest first (ids rise with time)
        primary key (workspace_id, id),
        constraint payouts_partner_fkey foreign key (workspace_id, partner_id)
            references partners (workspace_id, id),
        constraint payouts_account_fkey foreign key (workspace_id, account_id)
            references payout_accounts (workspace_id, id),
        constraint payouts_run_fkey foreign key (workspace_id, run_id)
            references payout_runs (workspace_id, id)
    );
    -- serves: one payment of the same rows, however often it is asked for
    create unique index payouts_key on payouts (workspace_id, key);
    -- serves: the payouts of a run; each partner once per currency
    create unique index payouts_run on payouts (workspace_id, run_id, partner_id, currency)
        where run_id is not null;
    -- serves: GET /v1/payouts?partner_id=, a partner's own payouts
    create index payouts_partner on payouts (workspace_id, partner_id, id);
    -- serves: GET /v1/payouts?status=, what is on its way
    create index payouts_status on payouts (workspace_id, status, id) where status in ('created', 'sent');

    create table payout_items (
        workspace_id uuid not null,
        payout_id uuid not null,
        commission_id uuid not null,
        partner_id uuid not null,
        amount bigint not null,
        released_at timestamptz,
        -- serves: what a payout pays
        primary key (workspace_id, payout_id, commission_id),
        constraint payout_items_payout_fkey foreign key (workspace_id, payout_id)
            references payouts (workspace_id, id),
        constraint payout_items_commission_fkey foreign key (workspace_id, commission_id)
            references commissions (workspace_id, id)
    );
    -- serves: a row of a commission is in one payout that did not fail
    create unique index payout_items_once on payout_items (workspace_id, commission_id)
        where released_at is null;
    -- serves: what can be paid out to a partner
    create index commissions_payable on commissions (workspace_id, partner_id) where status = 'payable';
    """)
