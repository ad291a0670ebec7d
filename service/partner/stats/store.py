"""All SQL of a partner's figures.

Clicks come from their roll-ups, and in hours that have marks from the clicks themselves; sales from the
touches that are paid; commissions as they stand, with the times at which they were posted as payable and
paid. One statement reads all of it, each thing once. All of it stands behind the partner's wall.
"""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from service.kit.db import Connection, fetch, sql
from service.partner.stats.clicks.store import CLICKED, clicked, day_of, marked
from service.partner.stats.schemas import Asked, Cell, NameRow

# The partner and the records that were merged into it: as values, so that the planner knows how few they are.
_RECORDS: Final = "any($2)"
_SPAN: Final = "{at} >= $3 and {at} < $4"
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
        select key as product, alone,
            (div({sum}::numeric * ends, whole) - div({sum}::numeric * (ends - net), whole))::bigint as amount
        from (
            select key, value::bigint as net, sum(value::bigint) over (order by key collate "C") as ends,
                sum(value::bigint) over () as whole, count(*) over () = 1 as alone
            from jsonb_each_text(t.products)
        ) lines
    ) x on true
"""
# The touch that a commission is for: found for all of them at once, by their orders.
_TOUCHES: Final = """
    touched as materialized (
        select distinct on (t.conversion_id, t.partner_id, t.click_id, t.coupon_id, t.link_id)
            t.conversion_id, t.partner_id, t.click_id, t.coupon_id, t.link_id, {columns}
        from conversion_touches t
        where t.workspace_id = $1 and t.partner_id = any($2) and t.share > 0
            and t.conversion_id in (select conversion_id from chosen)
        order by t.conversion_id, t.partner_id, t.click_id, t.coupon_id, t.link_id, t.n
    ),
"""
_NEEDED: Final = {"campaign": "t.campaign_id", "sub1": "t.sub1", "product": "t.products"}
_TOUCH: Final = """
    left join touched t on t.conversion_id = c.conversion_id and t.partner_id = c.partner_id
        and t.click_id is not distinct from c.click_id and t.coupon_id is not distinct from c.coupon_id
        and t.link_id is not distinct from c.link_id
"""
_LINK: Final = "left join links l on l.workspace_id = $1 and l.id = c.link_id and c.kind <> 'override'"
# What no click brought is dated by the order. No program looks back for more than a year.
_CLICKED_AT: Final = "case when t.kind = 'click' then t.at else {}.occurred_at end"
_NEAR: Final = (
    "{0}.occurred_at >= $3::timestamptz - interval '1 day'"
    " and {0}.occurred_at < $4::timestamptz + interval '367 days'"
)
# What moved: when, and which states are left to count. Of several commissions of an order the first counts.
_MOVED: Final = {"validation": ("payable_at", "{payable,paid}"), "payout": ("paid_at", "{paid}")}
# Of a minimum that lies in a span the planner expects one in 200: it must not see that.
_ORDERS_MOVED: Final = """
    moved as materialized (
        select conversion_id, min({at}) as at from commissions
        where workspace_id = $1 and partner_id = any($2) and {at} < $4 and status = any('{states}')
            and step = 'accrual' and kind <> 'override' and conversion_id is not null
        group by 1
    ),
"""


@sql("select id from partners where workspace_id = $1 and (id = $2 or merged_into = $2)")
async def records(db: Connection, workspace_id: UUID, partner_id: UUID) -> list[UUID]: ...


async def read(db: Connection, workspace_id: UUID, partner_id: UUID, asked: Asked) -> list[Cell]:
    """Clicks, sales and commissions, by day and by the values that have the most of them.

    An hour that is counted after its mark was seen is read from its clicks all the same.
    """
    mine = await records(db, workspace_id, partner_id)
    values: list[Any] = [workspace_id, mine, asked.starts_at, asked.ends_at, asked.zone.key, asked.limit]
    hours: list[datetime] = []
    if asked.dimension in CLICKED:
        hours = await marked(db, workspace_id, asked.starts_at, asked.ends_at)
    if hours:
        values += [hours, hours[0], hours[-1] + timedelta(hours=1)]
    return await fetch(db, Cell, _statement(asked, bool(hours)), *values)


def _statement(asked: Asked, has_marks: bool) -> str:
    parts = ["given as (select $5::text as zone, $6::bigint as most)", _sold(asked), _earned(asked)]
    cells = {"sold": _SALE_CELLS, "earned": _EARNED_CELLS}
    if asked.dimension in CLICKED:
        parts.append(clicked(asked, has_marks))
        cells["clicked"] = _CLICK_CELLS
    placed = "select r.*, r.value as shown, false as rest from {} r"
    if asked.dimension is not None:
        parts.append(_ranked("clicked" in cells))
        placed = _PLACED
    texts = [text.format(placed.format(name)) for name, text in cells.items()]
    texts += [_VALUES] if asked.dimension is not None else []
    return f"with {', '.join(parts)} {' union all '.join(texts)}"


def _sold(asked: Asked) -> str:
    """`sold`: what is paid of conversions, summed by day and value.

    `again`: an order that may be in several rows or values; what one touch has whole is in one alone.
    """
    by_product = asked.dimension == "product"
    at, join, near = "t.occurred_at", "", ""
    if asked.basis == "click":
        at, near = _CLICKED_AT.format("t"), f"and {_NEAR.format('t')}"
    elif asked.basis in _MOVED:
        at, join = "m.at", "join moved m on m.conversion_id = t.conversion_id"
    alone = "t.share = 1 and coalesce(x.alone, true)" if by_product else "t.share = 1"
    moved = ""
    if asked.basis in _MOVED:
        moved = _ORDERS_MOVED.format(at=_MOVED[asked.basis][0], states=_MOVED[asked.basis][1])
    return f"""
        {moved} sold as materialized (
            select {day_of(asked, at)} as date, {_OF_TOUCH[asked.dimension]} as value, t.currency, t.counted,
                case when {alone} then null else t.conversion_id end as again, count(*) as orders,
                sum({"coalesce(x.amount, t.sales)" if by_product else "t.sales"})::bigint as sales
            from conversion_touches t {join} {_PARTED.format(sum="t.sales") if by_product else ""}
            where t.workspace_id = $1 and t.partner_id = {_RECORDS} and t.share > 0
                and t.currency is not null and {_SPAN.format(at=at)} {near}
            group by 1, 2, 3, 4, 5
        )
    """


def _earned(asked: Asked) -> str:
    """`earned`: commissions (by product: parts of them), summed by day, value and state."""
    by_product = asked.dimension == "product"
    clicked = asked.basis == "click"
    of_touch = ["t.kind, t.at"] if clicked else []
    of_touch += [_NEEDED[asked.dimension]] if asked.dimension in _NEEDED else []
    touches = _TOUCHES.format(columns=", ".join(of_touch)) if of_touch else ""
    column = _MOVED.get(asked.basis, ("occurred_at",))[0]
    at = _CLICKED_AT.format("c") if clicked else f"c.{column}"
    states = f"and status = any('{_MOVED[asked.basis][1]}')" if asked.basis in _MOVED else ""
    # Of what was lost whole, the row that was earned says how much that was.
    return f"""
        chosen as (
            select partner_id, conversion_id, kind, link_id, coupon_id, click_id, currency, status, amount,
                {column}
            from commissions
            where workspace_id = $1 and partner_id = {_RECORDS} {states}
                and {_NEAR.format("commissions") if clicked else _SPAN.format(at=column)}
                and (status <> 'reversed' or step <> 'clawback')
        ), {touches}
        earned as materialized (
            select {day_of(asked, at)} as date,
                {_OF_COMMISSION[asked.dimension]} as value, c.currency, c.status,
                sum({"coalesce(x.amount, c.amount)" if by_product else "c.amount"})::bigint as amount
            from chosen c {_TOUCH if of_touch else ""} {_LINK if asked.dimension == "campaign" else ""}
                {_PARTED.format(sum="c.amount") if by_product else ""}
            {f"where {_SPAN.format(at=at)}" if clicked else ""}
            group by 1, 2, 3, 4
        )
    """


# Where a row stands: at its value, or among the rest.
_PLACED: Final = """
    select r.*, coalesce(k.value, '') as shown, k.value is null as rest
    from {} r left join ranked k on k.value = r.value
"""
_CLICK_CELLS: Final = """
    select 'clicks' as kind, false as whole, date, shown as value, rest, null as currency, null as status,
        sum(gross)::bigint, sum(net)::bigint, sum(uniques)::bigint
    from ({}) p group by date, shown, rest
"""
_SALE_CELLS: Final = """
    select 'sales' as kind, grouping(shown) = 1 as whole, date, coalesce(shown, '') as value,
        coalesce(rest, false) as rest, currency, null as status,
        (coalesce(sum(orders) filter (where counted and again is null), 0)
            + count(distinct again) filter (where counted))::bigint,
        (coalesce(sum(orders) filter (where not counted and again is null), 0)
            + count(distinct again) filter (where not counted))::bigint,
        sum(sales)::bigint
    from ({}) p group by grouping sets ((date, shown, rest, currency), (currency))
"""
_EARNED_CELLS: Final = """
    select 'earned' as kind, false as whole, date, shown as value, rest, currency, status,
        sum(amount)::bigint, 0::bigint, 0::bigint
    from ({}) p group by date, shown, rest, currency, status
"""
_VALUES: Final = """
    (select 'values', false, null, '', false, null, null, "values", 0, 0 from ranked limit 1)
"""


def _ranked(with_clicks: bool) -> str:
    """`ranked`: the values with the most net clicks, then conversions; and how many there are."""
    facts = ["select value, 0::bigint as clicks, orders from sold", "select value, 0, 0 from earned"]
    if with_clicks:
        facts.append("select value, net, 0 from clicked")
    return f"""
        ranked as materialized (
            select value, count(*) over () as values from ({" union all ".join(facts)}) f
            group by value order by sum(clicks) desc, sum(orders) desc, value collate "C"
            limit (select most from given)
        )
    """


@sql("""
    select id, coalesce(title, code) as name from links where workspace_id = $1 and id = any($2)
""")
async def link_names(db: Connection, workspace_id: UUID, link_ids: list[UUID]) -> list[NameRow]: ...


@sql("select id, code as name from coupons where workspace_id = $1 and id = any($2)")
async def coupon_names(db: Connection, workspace_id: UUID, coupon_ids: list[UUID]) -> list[NameRow]: ...
