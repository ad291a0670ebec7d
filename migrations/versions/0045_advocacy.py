"""Advocates, their referrals and rewards."""

from migrations.helpers import entry, partner_wall, run, wall

revision = "0045_advocacy"
down_revision = "0044_emv"
branch_labels = None
depends_on = None

# What a reward is never changes; where it stands does.
MUTABLE = """
    status, reason, held, cleared, rejected, gone, refunded, total, redeemed, expired, rest, due_at,
    expires_at, delivered_at, version, updated_at
"""


def upgrade() -> None:
    _terms()
    _advocates()
    _referrals()
    _deeds()
    _rewards()
    _accounts()
    wall("advocacy_terms", rights="select, insert")
    wall("advocates", rights="select, insert, update")
    wall("advocate_keys")
    wall("referrals", rights="select, insert, update")
    wall("referral_keys")
    wall("advocate_deeds", rights="select, insert")
    wall("rewards", rights=f"select, insert, update ({MUTABLE})")
    wall("redemptions", rights="select, insert")
    for table in ("advocates", "referrals", "advocate_deeds", "rewards", "redemptions"):
        partner_wall(table)
    _due_workspaces()


def _terms() -> None:
    run("""
    create table advocacy_terms (
        workspace_id uuid not null references workspaces (id),
        program_id uuid not null,
        version integer not null,
        valid_from timestamptz,
        terms jsonb not null,
        created_by text not null,
        created_at timestamptz not null default elci_now(),
        -- serves: the terms of a program, and the version in force at a time
        primary key (workspace_id, program_id, version),
        constraint advocacy_terms_program_fkey foreign key (workspace_id, program_id)
            references programs (workspace_id, id)
    );
    """)


def _advocates() -> None:
    # An advocate is a partner of an advocacy program: links, coupons, attribution and the ledger know the
    # partner. A `guest` has not joined: a friend for whom a reward is kept. People are known by the keyed
    # hashes that customers are known by. `referral_id`: the referral that brought them.
    run("""
    create table advocates (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        program_id uuid not null,
        partner_id uuid not null,
        member text collate "C" not null check (member in ('customer', 'fan', 'employee', 'influencer')),
        joined_by text collate "C" check (joined_by in ('api', 'page', 'purchase', 'mention')),
        join_on text collate "C" check (join_on in ('purchase', 'mention')),
        status text collate "C" not null default 'active'
            check (status in ('guest', 'active', 'paused', 'left')),
        tier text,
        board_name text,
        consent_at timestamptz,
        consent_text text,
        referral_id uuid,
        link_id uuid,
        coupon_id uuid,
        joined_at timestamptz,
        version integer not null default 1,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        check ((status = 'guest') = (joined_at is null)),
        check (status = 'guest' or consent_at is not null),
        check (join_on is null or consent_at is not null),
        -- serves: an advocate, and GET /v1/advocates, newest first (ids rise with time)
        primary key (workspace_id, id),
        -- serves: the advocate of a partner, one of each
        constraint advocates_partner unique (workspace_id, partner_id),
        constraint advocates_partner_fkey foreign key (workspace_id, partner_id)
            references partners (workspace_id, id),
        constraint advocates_program_fkey foreign key (workspace_id, program_id)
            references programs (workspace_id, id)
    );
    -- serves: GET /v1/advocates?program_id=
    create index advocates_program on advocates (workspace_id, program_id, id);
    -- serves: who joins by what is said of a brand
    create index advocates_waiting on advocates (workspace_id, partner_id) where join_on is not null;
    -- serves: who came by a referral
    create index advocates_referral on advocates (workspace_id, referral_id) where referral_id is not null;

    create table advocate_keys (
        workspace_id uuid not null,
        program_id uuid not null,
        key bytea not null check (octet_length(key) = 32),
        advocate_id uuid not null,
        -- serves: the advocate that a person is, one in each program
        constraint advocate_keys_pkey primary key (workspace_id, program_id, key),
        constraint advocate_keys_advocate_fkey foreign key (workspace_id, advocate_id)
            references advocates (workspace_id, id)
    );
    -- serves: what an advocate is known by
    create index advocate_keys_advocate on advocate_keys (workspace_id, advocate_id);
    -- serves: an erasure, and a person in all programs
    create index advocate_keys_key on advocate_keys (workspace_id, key);
    """)


def _referrals() -> None:
    # `state` is how far it came; what holds it stands beside, so that a release leaves it where it is.
    run("""
    create table referrals (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        program_id uuid not null,
        advocate_id uuid not null,
        partner_id uuid not null,
        channel text collate "C" not null check (channel in ('link', 'code', 'email', 'manual')),
        state text collate "C" not null
            check (state in ('invited', 'clicked', 'signed_up', 'qualified', 'rewarded', 'rejected')),
        before text collate "C" check (before <> 'rejected'),
        held text collate "C",
        cleared text[] not null default '{}',
        reason text,
        click_id uuid,
        conversion_id uuid,
        friend_id uuid,
        purchases integer not null default 0,
        invited_at timestamptz,
        clicked_at timestamptz,
        signed_up_at timestamptz,
        qualified_at timestamptz,
        rewarded_at timestamptz,
        rejected_at timestamptz,
        version integer not null default 1,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        check ((state = 'rejected') = (before is not null)),
        -- serves: a referral, and GET /v1/referrals, newest first (ids rise with time)
        primary key (workspace_id, id),
        constraint referrals_advocate_fkey foreign key (workspace_id, advocate_id)
            references advocates (workspace_id, id),
        constraint referrals_friend_fkey foreign key (workspace_id, friend_id)
            references advocates (workspace_id, id)
    );
    -- serves: GET /v1/referrals?advocate_id=, whom an advocate brought
    create index referrals_advocate on referrals (workspace_id, advocate_id, id);
    -- serves: GET /v1/referrals?program_id=, the funnel of a program
    create index referrals_program on referrals (workspace_id, program_id, id);
    -- serves: the referral of an order
    create index referrals_conversion on referrals (workspace_id, conversion_id)
        where conversion_id is not null;
    -- serves: GET /v1/referrals?held=true
    create index referrals_held on referrals (workspace_id, id) where held is not null;
    -- serves: invitations by link that nobody opened yet
    create index referrals_invited on referrals (workspace_id, id)
        where state = 'invited' and channel = 'link';
    -- serves: who brought an advocate
    create index referrals_friend on referrals (workspace_id, friend_id) where friend_id is not null;

    create table referral_keys (
        workspace_id uuid not null,
        program_id uuid not null,
        key bytea not null check (octet_length(key) = 32),
        referral_id uuid not null,
        -- serves: a person is referred once in a program
        constraint referral_keys_pkey primary key (workspace_id, program_id, key),
        constraint referral_keys_referral_fkey foreign key (workspace_id, referral_id)
            references referrals (workspace_id, id)
    );
    -- serves: what the friend of a referral is known by
    create index referral_keys_referral on referral_keys (workspace_id, referral_id);
    -- serves: an erasure, and a customer's orders
    create index referral_keys_key on referral_keys (workspace_id, key);
    """)


def _deeds() -> None:
    # What an advocate did that no order tells: each once, by the name that it has elsewhere.
    run("""
    create table advocate_deeds (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        program_id uuid not null,
        advocate_id uuid not null,
        partner_id uuid not null,
        kind text collate "C" not null
            check (kind in ('click', 'review', 'content', 'mention', 'comment', 'share')),
        external_id text collate "C" not null,
        occurred_at timestamptz not null,
        created_by text not null,
        created_at timestamptz not null default elci_now(),
        -- serves: a deed (ids rise with time)
        primary key (workspace_id, id),
        -- serves: one deed, however often it is told
        constraint advocate_deeds_once unique (workspace_id, program_id, kind, external_id),
        constraint advocate_deeds_advocate_fkey foreign key (workspace_id, advocate_id)
            references advocates (workspace_id, id)
    );
    -- serves: GET /v1/advocates/{id}/deeds
    create index advocate_deeds_advocate on advocate_deeds (workspace_id, advocate_id, id);
    """)


def _rewards() -> None:
    # `cause` names what a reward is for: rule, side, and the referral, order or deed. Points and credit are
    # amounts (`currency` 'points' or money) that stand in the ledger, `rest` is what of them is left (below
    # 0: it was redeemed before it went back); a voucher or a discount is one thing.
    run("""
    create table rewards (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        program_id uuid not null,
        advocate_id uuid not null,
        partner_id uuid not null,
        referral_id uuid,
        conversion_id uuid,
        deed_id uuid,
        cause text collate "C" not null,
        rule text collate "C" not null,
        trigger text collate "C" not null,
        side text collate "C" not null check (side in ('advocate', 'friend')),
        kind text collate "C" not null check (kind in ('points', 'credit', 'cash', 'voucher', 'discount')),
        amount bigint not null check (amount >= 0),
        currency text collate "C",
        rate numeric,
        pool_id uuid,
        terms_version integer not null,
        status text collate "C" not null check (status in
            ('pending', 'on_hold', 'available', 'redeemed', 'expired', 'reversed', 'rejected')),
        reason text,
        held text,
        cleared text[] not null default '{}',
        rejected text,
        gone text,
        refunded bigint not null default 0,
        total bigint not null default 0,
        redeemed bigint not null default 0 check (redeemed >= 0),
        expired bigint not null default 0 check (expired >= 0),
        rest bigint not null default 0,
        due_at timestamptz,
        expires_at timestamptz,
        earned_at timestamptz not null,
        delivered_at timestamptz,
        version integer not null default 1,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        check ((kind = 'points') = (currency is not distinct from 'points')),
        check (kind not in ('points', 'credit', 'cash') or currency is not null),
        check (redeemed + expired <= amount),
        -- serves: a reward, and GET /v1/rewards, newest first (ids rise with time)
        primary key (workspace_id, id),
        -- serves: nothing is rewarded twice
        constraint rewards_once unique (workspace_id, program_id, cause),
        constraint rewards_advocate_fkey foreign key (workspace_id, advocate_id)
            references advocates (workspace_id, id)
    );
    -- serves: GET /v1/rewards?advocate_id=, the lots of a balance
    create index rewards_advocate on rewards (workspace_id, advocate_id, id);
    -- serves: the rewards of a referral
    create index rewards_referral on rewards (workspace_id, referral_id) where referral_id is not null;
    -- serves: the rewards of a program in a period, limits and budgets
    create index rewards_program on rewards (workspace_id, program_id, earned_at);
    -- serves: the rewards of an order
    create index rewards_conversion on rewards (workspace_id, conversion_id) where conversion_id is not null;
    -- serves: what becomes available
    create index rewards_due on rewards (workspace_id, due_at) where status = 'pending';
    -- serves: what expires
    create index rewards_expiring on rewards (workspace_id, expires_at)
        where status = 'available' and expires_at is not null and rest >= 0;

    create table redemptions (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        program_id uuid not null,
        advocate_id uuid not null,
        partner_id uuid not null,
        external_id text collate "C" not null,
        reward_id uuid,
        amount bigint not null check (amount >= 0),
        currency text collate "C",
        created_by text not null,
        created_at timestamptz not null default elci_now(),
        check ((currency is null) = (reward_id is not null)),
        -- serves: GET /v1/rewards/redemptions, newest first (ids rise with time)
        primary key (workspace_id, id),
        -- serves: one redemption, however often it is asked for
        constraint redemptions_once unique (workspace_id, advocate_id, external_id),
        constraint redemptions_advocate_fkey foreign key (workspace_id, advocate_id)
            references advocates (workspace_id, id)
    );
    -- serves: a thing is redeemed once
    create unique index redemptions_reward on redemptions (workspace_id, reward_id)
        where reward_id is not null;
    """)


def _accounts() -> None:
    # Points and credit have accounts of their own, so that no payout ever finds them.
    run("""
    alter table ledger_accounts drop constraint ledger_accounts_kind_check,
        add constraint ledger_accounts_kind_check check (kind in (
            'expense', 'pending', 'on_hold', 'payable', 'paid', 'reward_expense', 'reward_pending',
            'reward_on_hold', 'reward_available', 'reward_redeemed', 'reward_expired'
        )),
        add constraint ledger_accounts_points check (currency <> 'points' or kind like 'reward_%');
    """)


def _due_workspaces() -> None:
    run("""
    create function entry.rewarding_workspaces() returns setof uuid
    language sql stable security definer set search_path = public, pg_temp
    as $$
        select w.id from workspaces w where exists (
            select from rewards r
            where r.workspace_id = w.id and r.status = 'pending' and r.due_at <= elci_now()
        ) or exists (
            select from rewards r
            where r.workspace_id = w.id and r.status = 'available' and r.rest >= 0
                and r.expires_at <= elci_now()
        ) or exists (
            select from referrals r
            where r.workspace_id = w.id and r.state = 'invited' and r.channel = 'link'
                and r.invited_at > elci_now() - interval '90 days'
        )
    $$;
    """)
    entry("entry.rewarding_workspaces()")
