"""Who brought whom, summed up: what trees of referrals show."""

from migrations.helpers import entry, run, wall

revision = "0048_referral_trees"
down_revision = "0047_consents"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _trees()
    _changes()
    wall("referral_forests")
    wall("referral_nodes")
    wall("referral_parts")
    wall("referral_changes")
    _entry()
    _triggers()
    _begin()
    _lists()


def _trees() -> None:
    # Of each account what it brought itself, and what all below it brought: a page is read from it, and a
    # change adds to the accounts above alone. `generations[k]`: people k generations below. `nets`: by
    # currency, [own, of all below too]. `referral_parts`: what of a referral stands in the sums.
    run("""
    create table referral_forests (
        workspace_id uuid not null,
        program_id uuid not null,
        as_of timestamptz not null,
        of_each jsonb not null,
        generations bigint[] not null,
        -- serves: how a program's forest branches, and of when its trees are
        primary key (workspace_id, program_id),
        constraint referral_forests_program_fkey foreign key (workspace_id, program_id)
            references programs (workspace_id, id)
    );

    create table referral_nodes (
        workspace_id uuid not null,
        advocate_id uuid not null,
        program_id uuid not null,
        parent_id uuid,
        accounts integer not null,
        friends integer not null,
        customers integer not null,
        all_customers bigint not null,
        people bigint not null,
        generations bigint[] not null,
        nets jsonb not null,
        -- serves: the account that a tree is asked for, and the way up
        primary key (workspace_id, advocate_id),
        constraint referral_nodes_advocate_fkey foreign key (workspace_id, advocate_id)
            references advocates (workspace_id, id)
    );
    -- serves: GET /v1/advocates/{id}/tree, of each account's own the heaviest
    create index referral_nodes_below on referral_nodes (workspace_id, parent_id, people desc, advocate_id)
        where parent_id is not null;
    -- serves: GET /v1/programs/{id}/referral-trees, the largest first
    create index referral_nodes_roots on referral_nodes (workspace_id, program_id, people, advocate_id)
        where parent_id is null;
    -- serves: how a program's forest branches
    create index referral_nodes_program on referral_nodes (workspace_id, program_id)
        include (accounts, friends);

    -- serves: GET /v1/advocates/leaderboard of all time
    create index referral_nodes_board
        on referral_nodes (workspace_id, program_id, customers desc, advocate_id);

    create table referral_parts (
        workspace_id uuid not null,
        referral_id uuid not null,
        program_id uuid not null,
        advocate_id uuid not null,
        friend boolean not null,
        customer boolean not null,
        nets jsonb not null,
        -- serves: what of a referral stands in the sums
        primary key (workspace_id, referral_id),
        constraint referral_parts_referral_fkey foreign key (workspace_id, referral_id)
            references referrals (workspace_id, id)
    );
    -- serves: summing up a whole program
    create index referral_parts_program on referral_parts (workspace_id, program_id);
    """)


def _changes() -> None:
    # Rows are only added, and taken by the job that sums up: nobody waits for it.
    run("""
    create table referral_changes (
        workspace_id uuid not null,
        program_id uuid not null,
        id bigint generated always as identity,
        advocate_id uuid,
        referral_id uuid,
        -- serves: what was changed since trees were summed up, the oldest first
        primary key (workspace_id, program_id, id)
    );
    """)


def _entry() -> None:
    run("""
    create function entry.branching_workspaces() returns setof uuid
    language sql stable security definer set search_path = public, pg_temp
    as $$
        select w.id from workspaces w
        where exists (select from referral_changes c where c.workspace_id = w.id)
    $$;
    """)
    entry("entry.branching_workspaces()")


def _triggers() -> None:
    # By whatever way an account or a referral changes. Invitations that nobody took up bring nobody.
    run("""
    create function note_account() returns trigger language plpgsql
    set search_path = public, pg_temp as $$
    begin
        insert into referral_changes (workspace_id, program_id, advocate_id)
        values (new.workspace_id, new.program_id, new.id);
        return null;
    end $$;
    create trigger advocates_made after insert on advocates
        for each row execute function note_account();
    create trigger advocates_brought after update on advocates
        for each row when (old.referral_id is distinct from new.referral_id)
        execute function note_account();

    create function note_referral() returns trigger language plpgsql
    set search_path = public, pg_temp as $$
    begin
        insert into referral_changes (workspace_id, program_id, referral_id)
        values (new.workspace_id, new.program_id, new.id);
        return null;
    end $$;
    create trigger referrals_came after insert on referrals
        for each row when (new.state not in ('invited', 'clicked')) execute function note_referral();
    create trigger referrals_changed after update on referrals
        for each row when (old.state not in ('invited', 'clicked')
            or new.state not in ('invited', 'clicked'))
        execute function note_referral();
    """)


def _begin() -> None:
    run("""
    insert into referral_changes (workspace_id, program_id)
    select distinct workspace_id, program_id from advocates;
    """)


def _lists() -> None:
    run("""
    -- serves: GET /v1/advocates/leaderboard of a span of time
    create index referrals_qualified on referrals (workspace_id, program_id, qualified_at)
        include (advocate_id, partner_id)
        where held is null and state in ('qualified', 'rewarded');
    -- serves: the same of those who lead of all time
    create index referrals_qualified_of on referrals (workspace_id, advocate_id, qualified_at)
        include (partner_id) where held is null and state in ('qualified', 'rewarded');
    """)
