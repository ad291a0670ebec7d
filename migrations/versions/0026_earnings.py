"""What is earned by clicks and goals over a span of time; whose a coupon was when."""

from migrations.helpers import entry, run, wall

revision = "0026_earnings"
down_revision = "0025_comparisons"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run("""
    create table earning_marks (
        workspace_id uuid not null references workspaces (id),
        goals_until timestamptz not null,
        -- serves: how far changes have been looked at for goals
        primary key (workspace_id)
    );

    create function entry.earning_workspaces() returns setof uuid
    language sql stable security definer set search_path = public, pg_temp
    as $$
        select distinct workspace_id from program_terms
        where terms -> 'rules' @> '[{"kind": "click"}]' or jsonb_array_length(terms -> 'bonuses') > 0
    $$;
    """)
    _coupons()
    wall("earning_marks", rights="select, insert, update")
    entry("entry.earning_workspaces()")


def _coupons() -> None:
    # A click carries its partner; an order with a coupon is credited to whoever had it when the order was
    # placed, also when it is settled again after the coupon is another's.
    run("""
    create table coupon_history (
        workspace_id uuid not null,
        coupon_id uuid not null,
        since timestamptz not null,
        kind text collate "C" not null,
        partner_id uuid,
        -- serves: whose a coupon was at a time; the first row holds from the beginning
        primary key (workspace_id, coupon_id, since),
        constraint coupon_history_coupon_fkey foreign key (workspace_id, coupon_id)
            references coupons (workspace_id, id) on delete cascade
    );
    insert into coupon_history (workspace_id, coupon_id, since, kind, partner_id)
    select workspace_id, id, '-infinity', kind, partner_id from coupons;

    create function note_coupon() returns trigger language plpgsql
    set search_path = public, pg_temp as $$
    begin
        insert into coupon_history (workspace_id, coupon_id, since, kind, partner_id)
        values (new.workspace_id, new.id,
            case tg_op when 'INSERT' then '-infinity'::timestamptz else elci_now() end,
            new.kind, new.partner_id)
        on conflict (workspace_id, coupon_id, since) do update
        set kind = excluded.kind, partner_id = excluded.partner_id;
        return null;
    end $$;
    create trigger coupons_made after insert on coupons for each row execute function note_coupon();
    create trigger coupons_handed_over after update on coupons
        for each row when (old.partner_id is distinct from new.partner_id or old.kind <> new.kind)
        execute function note_coupon();
    """)
    wall("coupon_history", rights="select, insert, update")
