"""Pools of vouchers, each code given once."""

from migrations.helpers import entry, run, wall

revision = "0046_vouchers"
down_revision = "0045_advocacy"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _pools()
    _vouchers()
    for table in ("voucher_pools", "vouchers"):
        wall(table)
    _watched()


def _pools() -> None:
    """`value` and `currency`, or `rate`: what one code is worth. `low_told_at`: since when people know that
    the pool runs low; more codes take it back."""
    run("""
    create table voucher_pools (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        name text not null,
        kind text collate "C" not null
            check (kind in ('discount', 'credit', 'gift_card', 'free_shipping', 'product')),
        value bigint check (value > 0),
        currency text collate "C",
        rate double precision check (rate > 0 and rate <= 1),
        expires_at timestamptz,
        low_stock integer check (low_stock >= 0),
        recipients text[] not null default '{}',
        low_told_at timestamptz,
        closed_at timestamptz,
        created_by text collate "C" not null,
        version integer not null default 1,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        -- serves: a pool, and GET /v1/voucher-pools, newest first (ids rise with time)
        primary key (workspace_id, id),
        constraint voucher_pools_worth check (
            (value is null) = (currency is null) and (value is null or rate is null)
        )
    );
    -- serves: the pools whose stock is looked at
    create index voucher_pools_watched on voucher_pools (workspace_id, id)
        where low_stock is not null and low_told_at is null and closed_at is null;
    """)


def _vouchers() -> None:
    """`code_key`: a keyed hash of the folded code; `sealed`: the code itself; `hint`: its last characters.
    `order_ref`: the shop's order that it was used for. A voucher that was replaced keeps whose it was."""
    run("""
    create table vouchers (
        workspace_id uuid not null,
        id uuid not null,
        pool_id uuid not null,
        code_key bytea not null,
        sealed bytea not null,
        hint text not null,
        status text collate "C" not null default 'free',
        reward_id uuid,
        reference text collate "C",
        given_at timestamptz,
        order_ref text,
        redeemed_at timestamptz,
        void_reason text,
        voided_at timestamptz,
        replaced_by uuid,
        created_at timestamptz not null default elci_now(),
        -- serves: a voucher by its id
        primary key (workspace_id, id),
        -- serves: a code is in one pool, once; a shop's report of a code
        constraint vouchers_code unique (workspace_id, code_key),
        constraint vouchers_pool_fkey foreign key (workspace_id, pool_id)
            references voucher_pools (workspace_id, id),
        constraint vouchers_state check (case status
            when 'free' then given_at is null and redeemed_at is null and voided_at is null
            when 'given' then given_at is not null and redeemed_at is null and voided_at is null
            when 'redeemed' then redeemed_at is not null and order_ref is not null and voided_at is null
            when 'void' then voided_at is not null and void_reason is not null and redeemed_at is null
            else false end),
        constraint vouchers_given check (
            (given_at is null) = (reward_id is null and reference is null)
            and (replaced_by is null or status = 'void')
        )
    );
    -- serves: a reward has one code; the code of a reward
    create unique index vouchers_reward on vouchers (workspace_id, reward_id)
        where reward_id is not null and replaced_by is null;
    -- serves: a reference has one code of a pool; the code of a reference
    create unique index vouchers_reference on vouchers (workspace_id, pool_id, reference)
        where reference is not null and replaced_by is null;
    -- serves: the next free code of a pool; what a pool holds, by state; a pool's codes in a state
    create index vouchers_by_status on vouchers (workspace_id, pool_id, status, id);
    -- serves: a pool's codes, in the file's order
    create index vouchers_of_pool on vouchers (workspace_id, pool_id, id);
    """)


def _watched() -> None:
    """Workspaces with a pool whose stock is looked at."""
    run("""
    create function entry.voucher_workspaces() returns setof uuid
    language sql stable security definer set search_path = pg_catalog, public, pg_temp
    as $$
        select distinct workspace_id from voucher_pools
        where low_stock is not null and low_told_at is null and closed_at is null
    $$;
    """)
    entry("entry.voucher_workspaces()")
