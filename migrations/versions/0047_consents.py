"""Who may be written to, and what people answer when they are asked how likely they recommend the brand."""

from migrations.helpers import run, wall

revision = "0047_consents"
down_revision = "0046_vouchers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    consents()
    surveys()


def consents() -> None:
    """The history is only added to; an erasure alone removes rows.

    `address_key` is a keyed hash; `sealed` holds the address for the file of the İYS, and is null of what an
    erasure leaves behind (a refusal, so that nobody writes again). `person_key`: the shop's customer.
    """
    run("""
    create table consents (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        channel text collate "C" not null check (channel in ('email', 'sms', 'call')),
        address_key bytea not null check (octet_length(address_key) = 32),
        sealed bytea,
        person_key bytea check (octet_length(person_key) = 32),
        recipient_type text collate "C" not null check (recipient_type in ('individual', 'merchant')),
        status text collate "C" not null check (status in ('given', 'withdrawn')),
        source text collate "C" not null,
        text_version text,
        origin text collate "C" not null check (origin in ('own', 'iys')),
        occurred_at timestamptz not null,
        created_at timestamptz not null default elci_now(),
        -- serves: the newest entries, page by page
        primary key (workspace_id, id)
    );
    -- serves: the gate; of one moment, a refusal comes first. What is told twice is one entry
    create unique index consents_address on consents
        (workspace_id, channel, address_key, occurred_at desc, status desc, recipient_type);
    -- serves: a customer's consents, and their erasure
    create index consents_person on consents (workspace_id, person_key) where person_key is not null;
    -- serves: an erasure by address, whatever the channel
    create index consents_key on consents (workspace_id, address_key);
    """)
    wall("consents", rights="select, insert, delete")


def surveys() -> None:
    """One invitation a survey and person, one answer an invitation: by constraint."""
    run("""
    create table nps_surveys (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        name text not null,
        brand text,
        language text collate "C" not null check (language in ('tr', 'en')),
        question_tr text,
        question_en text,
        days integer not null check (days between 1 and 365),
        status text collate "C" not null default 'open' check (status in ('open', 'closed')),
        created_by text collate "C" not null,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        -- serves: one survey, and the list of them
        primary key (workspace_id, id)
    );

    create table nps_invites (
        workspace_id uuid not null,
        id uuid not null,
        survey_id uuid not null,
        address_key bytea check (octet_length(address_key) = 32),
        sealed bytea,
        person_key bytea check (octet_length(person_key) = 32),
        segment text,
        language text collate "C" not null check (language in ('tr', 'en')),
        sent_at timestamptz,
        expires_at timestamptz not null,
        created_at timestamptz not null default elci_now(),
        -- serves: the invitation of a link
        primary key (workspace_id, id),
        constraint nps_invites_survey_fkey foreign key (workspace_id, survey_id)
            references nps_surveys (workspace_id, id)
    );
    -- serves: an address is asked once a survey; an erasure
    create unique index nps_invites_address on nps_invites (workspace_id, address_key, survey_id)
        where address_key is not null;
    -- serves: a customer is asked once a survey; an erasure
    create unique index nps_invites_person on nps_invites (workspace_id, person_key, survey_id)
        where person_key is not null;
    -- serves: how many were asked
    create index nps_invites_survey on nps_invites (workspace_id, survey_id, created_at);

    create table nps_answers (
        workspace_id uuid not null,
        invite_id uuid not null,
        survey_id uuid not null,
        score smallint not null check (score between 0 and 10),
        comment text,
        segment text,
        language text collate "C" not null,
        answered_at timestamptz not null default elci_now(),
        -- serves: one answer an invitation
        primary key (workspace_id, invite_id),
        constraint nps_answers_invite_fkey foreign key (workspace_id, invite_id)
            references nps_invites (workspace_id, id)
    );
    -- serves: a survey's answers, the newest first, and results over a span of time
    create index nps_answers_time on nps_answers (workspace_id, survey_id, answered_at, invite_id);
    """)
    for table in ("nps_surveys", "nps_invites", "nps_answers"):
        wall(table)
