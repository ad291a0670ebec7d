"""Claims and questions of partners, and the files that they prove them by."""

from migrations.helpers import PARTNER, RECORDS, WORKSPACE, records_wall, run, wall

revision = "0034_claims"
down_revision = "0033_applications"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _files()
    _claims()
    for table in ("claims", "claim_evidence"):
        wall(table)
    # What was decided is added once and never changed; only words that name a person may be forgotten.
    wall("claim_ends", rights="select, insert, update (reason)")
    # The brand's own: without a partner's wall it is closed to them.
    wall("claim_notes")
    for table in ("claims", "claim_evidence", "claim_ends"):
        records_wall(table)


def _files() -> None:
    # A partner's upload is the partner's: the transaction that it comes in says whose.
    run(f"""
    alter table files add column partner_id uuid;
    alter table files alter column partner_id set default {PARTNER};
    """)
    records_wall("files", f"partner_id = any({RECORDS})")
    records_wall(
        "file_chunks",
        f"""exists (
            select from files f
            where f.workspace_id = {WORKSPACE} and f.id = file_chunks.file_id
                and f.partner_id = any({RECORDS})
        )""",
    )


def _claims() -> None:
    # `order_key`: the order's number as orders are found by it. A question names a commission, a claim an
    # order with what the partner knows of it.
    run("""
    create table claims (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        partner_id uuid not null,
        kind text not null check (kind in ('untracked_sale', 'question')),
        status text not null default 'open'
            check (status in ('open', 'accepted', 'declined', 'withdrawn')),
        text text not null,
        shop text,
        order_number text,
        order_key text collate "C",
        ordered_on date,
        amount bigint check (amount >= 0),
        currency text collate "C",
        commission_id uuid,
        created_by text not null,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        -- serves: a claim, and GET /v1/claims, newest first (ids rise with time)
        primary key (workspace_id, id),
        constraint claims_partner_fkey foreign key (workspace_id, partner_id)
            references partners (workspace_id, id),
        constraint claims_whole check (
            case kind
                when 'question' then commission_id is not null and order_key is null
                else commission_id is null and order_key is not null and shop is not null
                    and ordered_on is not null and amount is not null and currency is not null
            end
        )
    );
    -- serves: an order is claimed once by a partner; what was withdrawn may be claimed again
    create unique index claims_order on claims (workspace_id, partner_id, shop, order_key)
        where kind = 'untracked_sale' and status <> 'withdrawn';
    -- serves: one question at a time about a commission
    create unique index claims_question on claims (workspace_id, partner_id, commission_id)
        where kind = 'question' and status = 'open';
    -- serves: who else claims this order
    create index claims_same_order on claims (workspace_id, order_key) where order_key is not null;
    -- serves: GET /v1/claims?status=open, what waits for a decision
    create index claims_open on claims (workspace_id, id) where status = 'open';
    -- serves: GET /v1/partner/claims, GET /v1/claims?partner_id=
    create index claims_of_partner on claims (workspace_id, partner_id, id);

    create table claim_evidence (
        workspace_id uuid not null,
        claim_id uuid not null,
        file_id uuid not null,
        partner_id uuid not null,
        -- serves: the files of a claim
        primary key (workspace_id, claim_id, file_id),
        constraint claim_evidence_claim_fkey foreign key (workspace_id, claim_id)
            references claims (workspace_id, id),
        constraint claim_evidence_file_fkey foreign key (workspace_id, file_id)
            references files (workspace_id, id) on delete cascade
    );
    -- serves: deleting a file
    create index claim_evidence_file on claim_evidence (workspace_id, file_id);

    create table claim_ends (
        workspace_id uuid not null,
        claim_id uuid not null,
        partner_id uuid not null,
        outcome text not null check (outcome in ('accepted', 'declined', 'withdrawn')),
        reason text check (reason is not null or outcome = 'withdrawn'),
        conversion_id uuid,
        made boolean not null default false,
        ended_by text not null,
        ended_at timestamptz not null default elci_now(),
        -- serves: how a claim ended; it ends once
        constraint claim_ends_once primary key (workspace_id, claim_id),
        constraint claim_ends_claim_fkey foreign key (workspace_id, claim_id)
            references claims (workspace_id, id)
    );

    create table claim_notes (
        workspace_id uuid not null,
        claim_id uuid not null,
        note text not null,
        written_by text not null,
        written_at timestamptz not null default elci_now(),
        -- serves: what the brand noted of a claim for itself
        primary key (workspace_id, claim_id),
        constraint claim_notes_claim_fkey foreign key (workspace_id, claim_id)
            references claims (workspace_id, id)
    );
    """)
