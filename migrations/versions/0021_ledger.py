"""The ledger: double entries that are only ever added, and the commissions that they move."""

from migrations.helpers import entry, partner_wall, run, wall

revision = "0021_ledger"
down_revision = "0020_programs"
branch_labels = None
depends_on = None

# Whose a row is and how much never changes; where it stands does, and what brought it may be learnt later.
MUTABLE = """
    status, reason, due_at, rule, refunded, total, gone, review, held, cleared, rejected, version, updated_at,
    program_id, link_id, coupon_id, click_id, occurred_at
"""


def upgrade() -> None:
    _accounts()
    _commissions()
    _rates()
    wall("ledger_accounts", rights="select, insert, update (balance)")
    wall("ledger_entries", rights="select, insert")
    wall("ledger_postings", rights="select, insert")
    wall("commissions", rights=f"select, insert, update ({MUTABLE})")
    wall("fx_rates")
    partner_wall("ledger_accounts")
    partner_wall("ledger_entries")
    partner_wall("commissions")
    _sums_of_entries()
    _due_workspaces()


def _accounts() -> None:
    # A posting's amount goes into its account: `expense` becomes negative by what partners are owed. What a
    # partner is owed stands in the partner's accounts `pending`, `on_hold`, `payable`; what was paid out, in
    # `paid`. `balance` is a cache of the postings' sum. Every account is one partner's: for a row of the
    # whole workspace every order would wait.
    run("""
    create table ledger_accounts (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        kind text not null check (kind in ('expense', 'pending', 'on_hold', 'payable', 'paid')),
        partner_id uuid not null,
        currency text collate "C" not null,
        balance bigint not null default 0,
        created_at timestamptz not null default elci_now(),
        primary key (workspace_id, id),
        constraint ledger_accounts_partner_fkey foreign key (workspace_id, partner_id)
            references partners (workspace_id, id)
    );
    -- serves: an account by what it is, one of each; GET /v1/ledger/accounts?partner_id=
    create unique index ledger_accounts_of on ledger_accounts (workspace_id, partner_id, kind, currency);

    create table ledger_entries (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        key text collate "C" not null,
        kind text collate "C" not null,
        partner_id uuid not null,
        commission_id uuid,
        reason text,
        details jsonb,
        created_by text not null,
        created_at timestamptz not null default elci_now(),
        -- serves: GET /v1/ledger/entries, newest first (ids rise with time)
        primary key (workspace_id, id)
    );
    -- serves: one entry for one cause, however often it is told
    create unique index ledger_entries_key on ledger_entries (workspace_id, key);
    -- serves: the history of a commission
    create index ledger_entries_commission on ledger_entries (workspace_id, commission_id, id)
        where commission_id is not null;
    -- serves: GET /v1/ledger/entries?partner_id=
    create index ledger_entries_partner on ledger_entries (workspace_id, partner_id, id);

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
    """)


def _commissions() -> None:
    # A commission is a family of rows, of which amounts never change: what was earned (n = 0, `accrual`),
    # what an edit added (`correction`), what refunds took (`clawback`); `corrects` names the first. The
    # first also holds what was decided of all: `held`, `review`, `rejected` are reasons, `cleared` the
    # reviews that were released, `gone` that somebody else is credited. `base`: what it was taken of.
    run("""
    create table commissions (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        partner_id uuid not null,
        program_id uuid,
        conversion_id uuid,
        kind text collate "C" not null,
        key text collate "C" not null,
        n integer not null,
        step text not null check (step in ('accrual', 'correction', 'clawback')),
        corrects uuid,
        amount bigint not null,
        currency text collate "C" not null,
        base bigint,
        base_currency text collate "C" not null,
        status text not null
            check (status in ('pending', 'on_hold', 'payable', 'paid', 'reversed', 'rejected')),
        reason text,
        cause text,
        rule jsonb not null,
        link_id uuid,
        coupon_id uuid,
        click_id uuid,
        occurred_at timestamptz not null,
        due_at timestamptz,
        refunded bigint not null default 0,
        total bigint not null default 0,
        gone text,
        review text,
        held text,
        cleared text[] not null default '{}',
        rejected text,
        version integer not null default 1,
        created_by text not null,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        -- serves: a commission, and GET /v1/commissions, newest first (ids rise with time)
        primary key (workspace_id, id),
        constraint commissions_partner_fkey foreign key (workspace_id, partner_id)
            references partners (workspace_id, id),
        constraint commissions_corrects_fkey foreign key (workspace_id, corrects)
            references commissions (workspace_id, id)
    );
    -- serves: the commissions of a conversion; each of them once
    create unique index commissions_key
        on commissions (workspace_id, conversion_id, partner_id, key, currency, n) nulls not distinct;
    -- serves: the rows that correct a commission
    create index commissions_corrects on commissions (workspace_id, corrects) where corrects is not null;
    -- serves: what becomes payable
    create index commissions_due on commissions (workspace_id, due_at) where status = 'pending';
    -- serves: GET /v1/commissions?partner_id=, a partner's volume and caps
    create index commissions_partner on commissions (workspace_id, partner_id, occurred_at, id);
    -- serves: GET /v1/commissions?updated_since=
    create index commissions_updated on commissions (workspace_id, updated_at);
    -- serves: GET /v1/commissions?status=on_hold, and other states that few are in
    create index commissions_status on commissions (workspace_id, status, id)
        where status in ('on_hold', 'rejected', 'reversed');
    -- serves: what waits for an exchange rate
    create index commissions_unconverted on commissions (workspace_id, currency) where rule ? 'unconverted';
    -- serves: GET /v1/commissions?link_id=
    create index commissions_link on commissions (workspace_id, link_id, id) where link_id is not null;
    -- serves: GET /v1/commissions?coupon=
    create index commissions_coupon on commissions (workspace_id, coupon_id, id) where coupon_id is not null;
    """)


def _rates() -> None:
    run("""
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


def _sums_of_entries() -> None:
    # Deferred: an entry's postings may come one by one, but no transaction ends with one that isn't whole.
    run("""
    create function ledger_entry_adds_up() returns trigger language plpgsql
    set search_path = public, pg_temp as $$
    begin
        if exists (
            select from ledger_postings
            where workspace_id = new.workspace_id and entry_id = new.entry_id
            group by currency having sum(amount) <> 0
        ) then
            raise exception 'the postings of an entry add up to 0 in each currency'
                using errcode = 'check_violation', constraint = 'ledger_postings_sum';
        end if;
        return null;
    end $$;

    create constraint trigger ledger_postings_sum after insert on ledger_postings
        deferrable initially deferred for each row execute function ledger_entry_adds_up();
    """)


def _due_workspaces() -> None:
    run("""
    create function entry.due_workspaces() returns setof uuid
    language sql stable security definer set search_path = public, pg_temp
    as $$
        select w.id from workspaces w where exists (
            select from commissions c
            where c.workspace_id = w.id and c.status = 'pending' and c.due_at <= elci_now()
        )
    $$;
    """)
    entry("entry.due_workspaces()")
