"""Figures of partners by day, for every basis of a date."""

from migrations.helpers import app_role, records_wall, run, wall

revision = "0036_partner_days"
down_revision = "0035_postbacks"
branch_labels = None
depends_on = None

# Of what was counted before.
HOURS = """
    insert into partner_click_hours
    select workspace_id, partner_id, d.dimension, date_trunc('hour', starts_at, 'UTC'), d.value, sum(gross),
        sum(net), sum(uniques)
    from click_rollups r cross join lateral (values
        ('link', 'all', r.link_id::text), ('campaign', 'all', coalesce(r.campaign_id::text, '')),
        ('sub1', 'sub1', r.value)
    ) d (dimension, of, value)
    where r.dimension = d.of and r.partner_id is not null
    group by 1, 2, 3, 4, 5
"""
# When a commission first came into the partner's payable account, and last into the paid one, of what was
# posted before.
MOVES = """
    update commissions c set payable_at = m.payable_at, paid_at = m.paid_at
    from (
        select p.workspace_id, p.commission_id, p.amount > 0 as positive,
            min(e.created_at) filter (where a.kind = 'payable') as payable_at,
            max(e.created_at) filter (where a.kind = 'paid') as paid_at
        from ledger_postings p
        join ledger_accounts a on a.workspace_id = p.workspace_id and a.id = p.account_id
        join ledger_entries e on e.workspace_id = p.workspace_id and e.id = p.entry_id
        where a.kind in ('payable', 'paid') and p.commission_id is not null
        group by 1, 2, 3
    ) m
    where c.workspace_id = m.workspace_id and c.id = m.commission_id and (c.amount > 0) = m.positive
"""


def upgrade() -> None:
    _clicks()
    _moves()


def _clicks() -> None:
    # A partner's clicks by hour and value: of a million in 20 links and 50 sub ids, a quarter and a sixth of
    # the rows of click_rollups.
    run("""
    create table partner_click_hours (
        workspace_id uuid not null references workspaces (id),
        partner_id uuid not null,
        dimension text collate "C" not null check (dimension in ('link', 'campaign', 'sub1')),
        starts_at timestamptz not null,
        value text collate "C" not null,
        gross bigint not null,
        net bigint not null,
        uniques bigint not null,
        -- serves: GET /v1/partner/stats by link, campaign and sub1, read from the index alone
        primary key (workspace_id, partner_id, dimension, starts_at, value) include (gross, net, uniques),
        check (gross >= net and net >= uniques and uniques >= 0)
    );
    -- serves: an hour that is counted again
    create index partner_click_hours_time on partner_click_hours (workspace_id, starts_at);
    """)
    run(HOURS)
    wall("partner_click_hours")
    # The clicks of duplicates that were merged into the partner belong to the partner, too.
    records_wall("partner_click_hours")


def _moves() -> None:
    run("alter table commissions add column payable_at timestamptz, add column paid_at timestamptz")
    run(MOVES)
    run("""
    -- serves: GET /v1/partner/stats by the day of validation
    create index commissions_payable_at on commissions (workspace_id, partner_id, payable_at)
        where payable_at is not null;
    -- serves: GET /v1/partner/stats by the day of payment
    create index commissions_paid_at on commissions (workspace_id, partner_id, paid_at)
        where paid_at is not null;
    """)
    run(f"grant update (payable_at, paid_at) on commissions to {app_role()}")
