"""What partners have of their own beside their log-in: wishes, keys with who made them, names elsewhere."""

from migrations.helpers import entry, partner_wall, run, wall

revision = "0028_partner_people"
down_revision = "0027_partner_access"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _preferences()
    _keys()
    _names()
    _entry()


def _preferences() -> None:
    run("""
    create table partner_preferences (
        workspace_id uuid not null,
        partner_id uuid not null,
        language text check (language in ('tr', 'en')),
        notices_off text[] not null default '{}',
        updated_at timestamptz not null default elci_now(),
        -- serves: what a partner chose
        primary key (workspace_id, partner_id),
        constraint partner_preferences_partner_fkey foreign key (workspace_id, partner_id)
            references partners (workspace_id, id)
    );
    """)
    wall("partner_preferences")
    partner_wall("partner_preferences")


def _keys() -> None:
    # Whoever made a key takes it along when they no longer act for the partner; null: the own address.
    run("alter table api_keys add made_by uuid")
    run("""
    alter table api_keys drop constraint api_keys_kind_check,
        add constraint api_keys_kind_check check (kind in ('secret', 'publishable', 'partner', 'embed'));
    alter table api_keys drop constraint api_keys_of_partner,
        add constraint api_keys_of_partner check ((kind in ('partner', 'embed')) = (partner_id is not null)),
        add constraint api_keys_embed_ends check (kind <> 'embed' or expires_at is not null);
    """)


def _names() -> None:
    # What the brand's own site calls a partner, in a program: a partner has a record for each.
    run("""
    create table partner_external_ids (
        workspace_id uuid not null,
        program_id uuid not null,
        external_id text collate "C" not null,
        partner_id uuid not null,
        created_at timestamptz not null default elci_now(),
        -- serves: POST /v1/programs/{id}/embed-tokens, the partner by the brand's own id
        primary key (workspace_id, program_id, external_id),
        constraint partner_external_ids_program_fkey foreign key (workspace_id, program_id)
            references programs (workspace_id, id),
        constraint partner_external_ids_partner_fkey foreign key (workspace_id, partner_id)
            references partners (workspace_id, id)
    );
    -- serves: forgetting a partner's names elsewhere
    create index partner_external_ids_partner on partner_external_ids (workspace_id, partner_id);
    """)
    wall("partner_external_ids")


def _entry() -> None:
    run("""
    create or replace function entry.partner_memberships(text)
        returns table (workspace_id uuid, workspace text, partner_id uuid, partner text, locale text)
        language sql stable security definer set search_path = pg_catalog, public, pg_temp
        as $$
            select w.id, w.name, p.id, p.name, coalesce(s.language, w.locale)
            from partners p join workspaces w on w.id = p.workspace_id
            left join partner_preferences s on s.workspace_id = p.workspace_id and s.partner_id = p.id
            where p.status <> 'archived' and (
                p.email_key = $1
                or (p.workspace_id, p.id) in (
                    select u.workspace_id, u.partner_id from partner_users u where u.email_key = $1
                )
            )
            order by p.created_at, p.id
        $$;
    """)
    entry("entry.partner_memberships(text)")
