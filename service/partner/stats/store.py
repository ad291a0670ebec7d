"""All SQL of a partner's figures.

Clicks come from their roll-ups, and in hours that have marks from the clicks themselves; sales from the
touches that are paid; commissions as they stand. All of it stands behind the partner's wall.
"""

from typing import Any, Final
from uuid import UUID

from service.kit.db import Connection, fetch, sql
from service.links.counting.store import DIMENSIONS
from service.partner.stats.schemas import (
    Asked,
    Cells,
    ClickCell,
    DateBasis,
    EarnedCell,
    NameRow,
    SaleCell,
)

# The partner, with the records that were merged into it.
_RECORDS: Final = """
    any(array(select p.id from partners p where p.workspace_id = $1 and (p.id = $2 or p.merged_into = $2)))
"""
_SPAN: Final = "{at} >= $3 and {at} < $4"
# What a roll-up and a click are of a dimension. A click has no coupon and no product.
_CLICKED: Final = {
    None: ("all", "''", "''"),
    "link": ("all", "link_id::text", "c.link_id::text"),
    "campaign": ("all", "coalesce(campaign_id::text, '')", "coalesce(c.campaign_id::text, '')"),
    "sub1": ("sub1", "value", DIMENSIONS["sub1"]),
}
_OF_TOUCH: Final = {
    None: "''",
    "link": "coalesce(t.link_id::text, '')",
    "coupon": "coalesce(t.coupon_id::text, '')",
    "campaign": "coalesce(t.campaign_id::text, '')",
    "sub1": "coalesce(t.sub1, '')",
    "product": "coalesce(x.product, '')",
}
# An agency's part of somebody else's commission says nothing of that partner's links.
_OF_COMMISSION: Final = {
    None: "''",
    "link": "case when c.kind = 'override' then '' else coalesce(c.link_id::text, '') end",
    "coupon": "case when c.kind = 'override' then '' else coalesce(c.coupon_id::text, '') end",
    "campaign": "coalesce(t.campaign_id::text, l.campaign_id::text, '')",
    "sub1": "coalesce(t.sub1, '')",
    "product": "coalesce(x.product, '')",
}
# A sum over products, cut where the sums of their nets end: the parts add up to it.
_PARTED: Final = """
    left join lateral (
        select key as product,
            (div({sum}::numeric * ends, whole) - div({sum}::numeric * (ends - net), whole))::bigint as amount
        from (
            select key, value::bigint as net, sum(value::bigint) over (order by key collate "C") as ends,
                sum(value::bigint) over () as whole
            from jsonb_each_text(t.products)
        ) lines
    ) x on true
"""
# The touch that a commission is for.
_TOUCH: Final = """
    left join lateral (
        select * from conversion_touches t
        where t.workspace_id = $1 and t.conversion_id = c.conversion_id and t.partner_id = c.partner_id
            and t.share > 0 and t.click_id is not distinct from c.click_id
            and t.coupon_id is not distinct from c.coupon_id and t.link_id is not distinct from c.link_id
        order by t.n limit 1
    ) t on true
    left join links l on l.workspace_id = $1 and l.id = c.link_id and c.kind <> 'override'
"""
# What no click brought is dated by the order. No program looks back for more than a year.
_CLICKED_AT: Final = "case when t.kind = 'click' then t.at else {}.occurred_at end"
_NEAR: Final = {
    "click": "and {0}.occurred_at >= $3::timestamptz - interval '1 day'"
    " and {0}.occurred_at < $4::timestamptz + interval '367 days'",
    "event": "",
    "validation": "",
    "payout": "",
}
# When a commission first came into the partner's payable account, and last into the paid one.
_DATED: Final = """
    dated as materialized (
        select p.commission_id as id, {pick}(e.created_at) as at
        from ledger_accounts a
        join ledger_postings p on p.workspace_id = $1 and p.account_id = a.id
        join ledger_entries e on e.workspace_id = $1 and e.id = p.entry_id
        join commissions c on c.workspace_id = $1 and c.id = p.commission_id
        where a.workspace_id = $1 and a.partner_id = {records} and a.kind = '{kind}'
            and (p.amount > 0) = (c.amount > 0) and c.status = any('{states}')
        group by 1
    ),
    sold_at as materialized (
        select c.conversion_id as id, min(d.at) as at from dated d
        join commissions c on c.workspace_id = $1 and c.id = d.id
        where c.conversion_id is not null and c.step = 'accrual' and c.kind <> 'override' group by 1
    ),
"""
_MOVED: Final = {
    "validation": {"pick": "min", "kind": "payable", "states": "{payable,paid}"},
    "payout": {"pick": "max", "kind": "paid", "states": "{paid}"},
}


async def read(db: Connection, workspace_id: UUID, partner_id: UUID, asked: Asked) -> Cells:
    """Clicks, sales and commissions, by day and by the values that have the most of them.

    The three are read by one statement each; the values are ranked by the first and named to the others.
    """
    values: list[Any] = [workspace_id, partner_id, asked.starts_at, asked.ends_at]
    tops: list[str] | None = None
    count = 0
    if asked.dimension is not None:
        ranked = await db.fetch(_ranking(asked), *values, asked.limit)
        tops, count = [row["value"] for row in ranked], ranked[0]["values"] if ranked else 0
    values += [asked.zone.key, tops]
    clicks: list[ClickCell] = []
    if asked.dimension in _CLICKED:
        clicks = await fetch(db, ClickCell, _click_cells(asked), *values)
    sales = await fetch(db, SaleCell, _sale_cells(asked), *values)
    earned = await fetch(db, EarnedCell, _earned_cells(asked), *values)
    return Cells(clicks, sales, earned, count)


def _clicked(asked: Asked) -> str:
    """`clicked`: by quarter of an hour and value. Marks are looked for where rows are few already."""
    kept, value, raw = _CLICKED[asked.dimension]
    return f"""
        dirty as materialized (
            select distinct hour from click_marks
            where workspace_id = $1 and hour > $3::timestamptz - interval '1 hour' and hour < $4
        ),
        counted as materialized (
            select starts_at as at, {value} as value, sum(gross)::bigint as gross, sum(net)::bigint as net,
                sum(uniques)::bigint as uniques
            from click_rollups
            where workspace_id = $1 and partner_id = {_RECORDS} and dimension = '{kept}'
                and {_SPAN.format(at="starts_at")}
            group by 1, 2
        ),
        clicked as materialized (
            select * from counted where date_trunc('hour', at, 'UTC') not in (select hour from dirty)
            union all
            select c.clicked_at, {raw}, 1, c.counted::integer, (c.counted and c."unique")::integer
            from dirty d join clicks c on c.workspace_id = $1 and c.clicked_at >= greatest(d.hour, $3)
                and c.clicked_at < least(d.hour + interval '1 hour', $4) and c.partner_id = {_RECORDS}
        )
    """


def _dated(basis: DateBasis) -> str:
    moved = _MOVED.get(basis)
    return "" if moved is None else _DATED.format(records=_RECORDS, **moved)


def _sold(asked: Asked) -> str:
    """`sold`: what is paid of conversions, a row a touch (and product)."""
    at = {"click": _CLICKED_AT.format("t"), "event": "t.occurred_at"}.get(asked.basis, "s.at")
    by_product = asked.dimension == "product"
    return f"""
        sold as materialized (
            select {at} as at, {_OF_TOUCH[asked.dimension]} as value, t.conversion_id, t.currency,
                {"coalesce(x.amount, t.sales)" if by_product else "t.sales"} as sales, t.counted
            from conversion_touches t
            {"join sold_at s on s.id = t.conversion_id" if asked.basis in _MOVED else ""}
            {_PARTED.format(sum="t.sales") if by_product else ""}
            where t.workspace_id = $1 and t.partner_id = {_RECORDS} and t.share > 0
                and t.currency is not null and {_SPAN.format(at=at)} {_NEAR[asked.basis].format("t")}
        )
    """


def _earned(asked: Asked) -> str:
    """`earned`: rows of commissions (by product: parts of them)."""
    at = {"click": _CLICKED_AT.format("c"), "event": "c.occurred_at"}.get(asked.basis, "d.at")
    with_touch = asked.basis == "click" or asked.dimension in ("campaign", "product", "sub1")
    by_product = asked.dimension == "product"
    # Of what was lost whole, the row that was earned says how much that was.
    return f"""
        earned as materialized (
            select {at} as at, {_OF_COMMISSION[asked.dimension]} as value, c.currency, c.status,
                {"coalesce(x.amount, c.amount)" if by_product else "c.amount"} as amount
            from commissions c
            {"join dated d on d.id = c.id" if asked.basis in _MOVED else ""}
            {_TOUCH if with_touch else ""}
            {_PARTED.format(sum="c.amount") if by_product else ""}
            where c.workspace_id = $1 and c.partner_id = {_RECORDS} and {_SPAN.format(at=at)}
                {_NEAR[asked.basis].format("c")} and (c.status <> 'reversed' or c.step <> 'clawback')
        )
    """


def _ranking(asked: Asked) -> str:
    """The values with the most net clicks, then conversions; and how many there are."""
    parts = [f"{_dated(asked.basis)} {_sold(asked)}", _earned(asked)]
    facts = [
        "select value, 0::bigint as clicks, count(*) as sales from sold group by 1",
        "select value, 0, 0 from earned group by 1",
    ]
    if asked.dimension in _CLICKED:
        parts.append(_clicked(asked))
        facts.append("select value, sum(net), 0 from clicked group by 1")
    return f"""
        with {", ".join(parts)}
        select value, count(*) over () as values from ({" union all ".join(facts)}) f
        group by value order by sum(clicks) desc, sum(sales) desc, value collate "C" limit $5
    """


def _places(asked: Asked) -> str:
    """`placed`: where a row of `r` stands: its day, and its value or the rest."""
    day = "(r.at at time zone $5)::date" if asked.by_day else "null::date"
    return f"""
        select r.*, {day} as date, named.rest, case when named.rest then '' else r.value end as shown
        from {{}} r cross join lateral (
            select $6::text[] is not null and r.value <> all($6::text[]) as rest, $5::text as zone
        ) named
    """


def _click_cells(asked: Asked) -> str:
    return f"""
        with {_clicked(asked)}, placed as ({_places(asked).format("clicked")})
        select date, shown as value, rest, sum(gross)::bigint as gross, sum(net)::bigint as net,
            sum(uniques)::bigint as uniques
        from placed group by 1, 2, 3
    """


def _sale_cells(asked: Asked) -> str:
    return f"""
        with {_dated(asked.basis)} {_sold(asked)}, placed as ({_places(asked).format("sold")})
        select grouping(shown) = 1 as whole, date, coalesce(shown, '') as value,
            coalesce(rest, false) as rest, currency,
            count(distinct conversion_id) filter (where counted) as conversions,
            count(distinct conversion_id) filter (where not counted) as cancelled,
            sum(sales)::bigint as sales
        from placed group by grouping sets ((date, shown, rest, currency), (currency))
    """


def _earned_cells(asked: Asked) -> str:
    return f"""
        with {_dated(asked.basis)} {_earned(asked)}, placed as ({_places(asked).format("earned")})
        select date, shown as value, rest, currency, status, sum(amount)::bigint as amount
        from placed group by 1, 2, 3, 4, 5
    """


@sql("""
    select id, coalesce(title, code) as name from links where workspace_id = $1 and id = any($2)
""")
async def link_names(db: Connection, workspace_id: UUID, link_ids: list[UUID]) -> list[NameRow]: ...


@sql("select id, code as name from coupons where workspace_id = $1 and id = any($2)")
async def coupon_names(db: Connection, workspace_id: UUID, coupon_ids: list[UUID]) -> list[NameRow]: ...
