"""A partner's quarter made up for the benchmark of figures: clicks, conversions, commissions, postings.

All of it is written by the server, as the owner, in the shapes that clicks, settling and the ledger leave.
"""

from datetime import datetime
from uuid import UUID

from service.kit.db import Connection

DAYS = 90
# Every so many clicks a conversion.
CLICKS_EACH = 50
# Each with a fortieth of the partner's clicks.
OTHERS = 10
OTHERS_SHARE = 40
LINKS = 20

# Visitors come back: of 1,000,000 clicks about three quarters are unique.
CLICKS = f"""
    insert into clicks (workspace_id, clicked_at, id, link_id, partner_id, campaign_id, kind, visitor,
        counted, "unique", reasons, country, device, browser, sub1)
    select $1, at, gen_random_uuid(), ($2::uuid[])[1 + which % {LINKS}], $3, null, 'redirect',
        uuid_send(gen_random_uuid()), counted, counted and random() < .75,
        case when counted then '{{}}' else '{{bot}}'::text[] end, 'TR', 'phone', 'chrome',
        'sub-' || which % 50
    from (
        select date_trunc('milliseconds', $4::timestamptz - random() * interval '{DAYS} days') as at,
            floor(power(random(), 2) * 1000)::integer as which, random() < .85 as counted
        from generate_series(1, $5::integer)
    ) drawn
"""

# As counting makes them, of the dimensions that figures read.
ROLLUPS = """
    insert into click_rollups (workspace_id, link_id, partner_id, campaign_id, starts_at, dimension, value,
        gross, net, uniques)
    select $1, c.link_id, c.partner_id, c.campaign_id,
        date_bin('15 minutes', c.clicked_at, '2000-01-01 00:00Z'), d.dimension, d.value, count(*),
        count(*) filter (where c.counted), count(*) filter (where c.counted and c."unique")
    from clicks c cross join lateral (values ('all', ''), ('sub1', coalesce(c.sub1, ''))) d (dimension, value)
    where c.workspace_id = $1
    group by 2, 3, 4, 5, 6, 7
"""

SALES = f"""
    with drawn as (
        select gen_random_uuid() as id, 5000 + floor(random() * 395000)::bigint as net,
            $4::timestamptz - random() * interval '{DAYS} days' as at, random() * interval '10 days' as age,
            ($2::uuid[])[1 + floor(random() * {LINKS})::integer] as link_id, gen_random_uuid() as click_id
        from generate_series(1, $5::integer)
    ), made as (
        insert into conversions (workspace_id, id, kind, external_id, status, amount, currency, net,
            net_basis, channel, verified, occurred_at, partner_id, settled_at)
        select $1, id, 'sale', id::text, 'confirmed', net * 6 / 5, 'TRY', net, 'order', 'webhook', true, at,
            $3, at
        from drawn
    ), touched as (
        insert into conversion_touches (workspace_id, conversion_id, n, kind, partner_id, link_id, click_id,
            at, share, sub1, occurred_at, currency, sales, counted, products)
        select $1, id, 0, 'click', $3, link_id, click_id, at - age, 1, 'sub-1', at, 'TRY', net, true,
            jsonb_build_object('sku-' || net % 100, net)
        from drawn
    )
    insert into commissions (workspace_id, id, partner_id, conversion_id, kind, key, n, step, amount,
        currency, base, base_currency, status, rule, link_id, click_id, occurred_at, created_by)
    select $1, gen_random_uuid(), $3, id, 'sale', 'rule-1', 0, 'accrual', net / 10, 'TRY', net, 'TRY',
        case when at > $4::timestamptz - interval '14 days' then 'pending'
            when at > $4::timestamptz - interval '45 days' then 'payable' else 'paid' end,
        '{{}}', link_id, click_id, at, 'bench'
    from drawn
"""

ACCOUNTS = """
    insert into ledger_accounts (workspace_id, id, kind, partner_id, currency)
    select $1, gen_random_uuid(), kind, $2, 'TRY'
    from unnest('{expense,pending,payable,paid}'::text[]) kind
"""

# Each commission went from account to account up to where it stands.
POSTINGS = """
    with moved as (
        select c.id, c.amount, m.out_of, m.into_, gen_random_uuid() as entry_id, c.occurred_at + m.after as at
        from commissions c join (values
            ('accrual', 'expense', 'pending', interval '0', '{pending,payable,paid}'::text[]),
            ('maturity', 'pending', 'payable', interval '14 days', '{payable,paid}'),
            ('payout', 'payable', 'paid', interval '30 days', '{paid}')
        ) m (kind, out_of, into_, after, states) on c.status = any(m.states)
        where c.workspace_id = $1 and c.partner_id = $2
    ), entries as (
        insert into ledger_entries (workspace_id, id, key, kind, partner_id, commission_id, created_by,
            created_at)
        select $1, entry_id, 'bench ' || entry_id,
            case into_ when 'pending' then 'accrual' when 'payable' then 'maturity' else 'payout' end,
            $2, id, 'bench', at
        from moved
    ), lines as (
        select entry_id, id, 0::smallint as n, out_of as kind, -amount as amount from moved
        union all select entry_id, id, 1, into_, amount from moved
    )
    insert into ledger_postings (workspace_id, entry_id, n, account_id, commission_id, amount, currency)
    select $1, l.entry_id, l.n, a.id, l.id, l.amount, 'TRY'
    from lines l join ledger_accounts a on a.workspace_id = $1 and a.partner_id = $2 and a.kind = l.kind
"""


# As posting leaves them.
MOVES = """
    update commissions set payable_at = occurred_at + interval '14 days',
        paid_at = case when status = 'paid' then occurred_at + interval '30 days' end
    where workspace_id = $1 and partner_id = $2 and status in ('payable', 'paid')
"""


async def fill(
    owner: Connection,
    workspace_id: UUID,
    partner_id: UUID,
    link_ids: list[UUID],
    until: datetime,
    clicks: int,
) -> None:
    """What one partner has of clicks and of what they brought."""
    mine = (workspace_id, link_ids, partner_id, until)
    await owner.execute(CLICKS, *mine, clicks)
    await owner.execute(SALES, *mine, max(1, clicks // CLICKS_EACH))
    await owner.execute(ACCOUNTS, workspace_id, partner_id)
    await owner.execute(POSTINGS, workspace_id, partner_id)
    await owner.execute(MOVES, workspace_id, partner_id)
