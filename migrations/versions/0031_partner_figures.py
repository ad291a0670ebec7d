"""A partner's figures."""

from migrations.helpers import records_wall, run

revision = "0031_partner_figures"
down_revision = "0030_partner_view"
branch_labels = None
depends_on = None

# What is left of a partner's part after refunds, by what settling writes since.
_SALES = """
    round(v.net * t.share) - case when v.status = 'cancelled' then round(v.net * t.share)
        else round(round(v.net * t.share) * least(v.refunded, greatest(v.amount, 1)) / greatest(v.amount, 1))
    end
"""
_PRODUCTS = """
    select jsonb_object_agg(name, net) from (
        select coalesce(nullif(l ->> 'product_id', ''), nullif(l ->> 'sku', '')) as name,
            sum((l ->> 'net')::bigint) as net
        from jsonb_array_elements(v.lines) l where (l ->> 'net')::bigint > 0 group by 1
    ) lines where name is not null
"""


def upgrade() -> None:
    _touches()
    _indexes()
    _walls()


def _touches() -> None:
    # A touch that is paid holds what figures need of its order, so that a partner's view never opens the
    # order itself. `products`: the net of its lines by product, by which sums are shared out.
    run(f"""
    alter table conversion_touches
        add column occurred_at timestamptz,
        add column sub1 text,
        add column currency text collate "C",
        add column sales bigint,
        add column counted boolean not null default false,
        add column products jsonb;
    update conversion_touches t
    set occurred_at = v.occurred_at, currency = v.currency, counted = v.status <> 'cancelled',
        sales = {_SALES}, products = ({_PRODUCTS})
    from conversions v
    where v.workspace_id = t.workspace_id and v.id = t.conversion_id and t.share > 0;
    update conversion_touches t set sub1 = c.sub1
    from clicks c
    where c.workspace_id = t.workspace_id and c.clicked_at = t.at and c.id = t.click_id;
    """)


def _indexes() -> None:
    run("""
    -- serves: GET /v1/partner/stats by the day of the order
    create index conversion_touches_sold on conversion_touches (workspace_id, partner_id, occurred_at)
        where share > 0;
    -- serves: GET /v1/partner/stats, read from the index alone
    create index click_rollups_partner on click_rollups (workspace_id, partner_id, dimension, starts_at)
        include (gross, net, uniques) where partner_id is not null;
    """)


def _walls() -> None:
    # The clicks of duplicates that were merged into the partner belong to the partner, too.
    records_wall("click_rollups")
