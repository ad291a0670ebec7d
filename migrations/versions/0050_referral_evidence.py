"""What speaks for a referral that is made up."""

from migrations.helpers import entry, run, wall

revision = "0050_referral_evidence"
down_revision = "0049_advocacy_reports"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _marks()
    _evidence()
    _due()
    wall("referral_marks", rights="select, insert, delete")
    wall("referral_evidence", rights="select, insert, update")
    wall("referral_checks", rights="select, insert, update")
    entry("entry.purge_referral_marks(timestamptz, integer)")
    entry("entry.doubted_programs()")


def _marks() -> None:
    # Where a person was seen, told by a shop or a page: hashes keyed with the salt of their UTC day. A person
    # is the keyed hash that customers are known by, an advocate or not yet. Of clicks nothing is copied.
    run("""
    create table referral_marks (
        workspace_id uuid not null references workspaces (id),
        key bytea not null check (octet_length(key) = 32),
        kind text collate "C" not null check (kind in ('device', 'agent', 'address')),
        value bytea not null check (octet_length(value) = 16),
        seen_at timestamptz not null default elci_now(),
        -- serves: where somebody was seen, each place once a day; an erasure
        primary key (workspace_id, key, kind, value)
    );
    -- serves: retention, over all workspaces
    create index referral_marks_old on referral_marks (seen_at);

    create function entry.purge_referral_marks(before timestamptz, most integer) returns bigint
    language sql volatile security definer set search_path = public, pg_temp
    as $$
        with gone as (
            delete from referral_marks where ctid in (
                select ctid from referral_marks where seen_at < before limit most)
            returning 1
        )
        select count(*) from gone
    $$;
    """)


def _evidence() -> None:
    # Of referrals that are doubted. A ring has no row of its own: it is all that hang together, named by the
    # advocate at the top.
    run("""
    create table referral_evidence (
        workspace_id uuid not null,
        referral_id uuid not null,
        program_id uuid not null,
        ring_id uuid,
        found boolean not null,
        score double precision not null,
        codes text[] not null,
        weights double precision[] not null,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        check (cardinality(codes) = cardinality(weights)),
        -- serves: GET /v1/referrals/{id}/evidence
        primary key (workspace_id, referral_id),
        constraint referral_evidence_referral_fkey foreign key (workspace_id, referral_id)
            references referrals (workspace_id, id),
        constraint referral_evidence_ring_fkey foreign key (workspace_id, ring_id)
            references advocates (workspace_id, id)
    );
    -- serves: GET /v1/referrals/rings, and the referrals of one
    create index referral_evidence_ring on referral_evidence (workspace_id, ring_id, referral_id)
        where ring_id is not null;
    -- serves: what was doubted in a program before
    create index referral_evidence_program on referral_evidence (workspace_id, program_id, referral_id);

    create table referral_checks (
        workspace_id uuid not null,
        program_id uuid not null,
        changed_at timestamptz,
        started_at timestamptz,
        checked_at timestamptz,
        took interval,
        -- serves: when a program's referrals were looked at
        primary key (workspace_id, program_id),
        constraint referral_checks_program_fkey foreign key (workspace_id, program_id)
            references programs (workspace_id, id)
    );
    """)


def _due() -> None:
    # Looking at a million takes minutes: it rests ten times as long as it took. What began and did not end is
    # begun again.
    run("""
    create function entry.doubted_programs()
    returns table (workspace_id uuid, program_id uuid)
    language sql stable security definer set search_path = public, pg_temp
    as $$
        select c.workspace_id, c.program_id from referral_checks c
        where coalesce(c.started_at, '-infinity') + greatest(10 * c.took, interval '5 minutes') <= elci_now()
            and (c.changed_at is not null or c.started_at > coalesce(c.checked_at, '-infinity')
                or exists (
                    select from payout_accounts x
                    join advocates a on a.workspace_id = x.workspace_id and a.partner_id = x.partner_id
                    where x.workspace_id = c.workspace_id and a.program_id = c.program_id
                        and x.created_at > c.started_at))
            or (c.started_at is null and c.changed_at is not null)
    $$;
    """)
