"""All SQL of reported totals."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from service.conversions.inbound.reported.schemas import (
    GroupBy,
    LineKey,
    NewLine,
    ReportedClick,
    ReportedRow,
    StoredLine,
    SumRow,
    TrackedLink,
    Wanted,
)
from service.kit.db import Connection, fetch, sql

_COLUMNS = """
    id, network, shop, starts_on, ends_on, tracking_id, sub_id, campaign, product_id, reference, state,
    currency, clicks, orders, items, sales, returns, commission, link_id, partner_id, import_id, created_at,
    updated_at
"""
_FRAGMENTS = {
    "network": "network = ${}",
    "shop": "shop = ${}",
    "partner_id": "partner_id = ${}",
    "link_id": "link_id = ${}",
    "tracking_id": "tracking_id = ${}",
    "state": "state = ${}",
    "since": "ends_on >= ${}",
    "until": "starts_on <= ${}",
}
_GROUPS: dict[GroupBy, str] = {
    "network": "network",
    "partner": "partner_id::text",
    "link": "link_id::text",
    "tracking_id": "nullif(tracking_id, '')",
    "campaign": "nullif(campaign, '')",
    "product": "nullif(product_id, '')",
    "state": "nullif(state, '')",
    "day": "case when starts_on = ends_on then starts_on::text else starts_on || '/' || ends_on end",
    "shop": "nullif(shop, '')",
}
# The lines of a batch, as records.
_KEYS = """
    network text, shop text, starts_on date, ends_on date, tracking_id text, sub_id text, campaign text,
    product_id text, reference text, state text, currency text
"""


@sql(f"""
    select t.network, t.shop, t.starts_on, t.ends_on, t.tracking_id, t.sub_id, t.campaign, t.product_id,
        t.reference, t.state, t.currency, t.clicks, t.orders, t.items, t.sales, t.returns, t.commission
    from jsonb_to_recordset($2::jsonb) as k ({_KEYS}) join reported_totals t on t.workspace_id = $1
        and t.network = k.network and t.starts_on = k.starts_on and t.ends_on = k.ends_on
        and t.tracking_id = k.tracking_id and t.sub_id = k.sub_id and t.campaign = k.campaign
        and t.product_id = k.product_id and t.reference = k.reference and t.state = k.state
        and t.currency = k.currency and t.shop = k.shop
    for no key update of t
""")
async def known_lines(db: Connection, workspace_id: UUID, keys: Sequence[LineKey]) -> list[StoredLine]: ...


@sql(f"""
    insert into reported_totals (workspace_id, id, network, shop, starts_on, ends_on, tracking_id, sub_id,
        campaign, product_id, reference, state, currency, clicks, orders, items, sales, returns, commission,
        link_id, partner_id, import_id)
    select $1, id, network, shop, starts_on, ends_on, tracking_id, sub_id, campaign, product_id, reference,
        state, currency, clicks, orders, items, sales, returns, commission, link_id, partner_id, $3
    from jsonb_to_recordset($2::jsonb) as v (id uuid, {_KEYS}, clicks bigint, orders bigint, items bigint,
        sales bigint, returns bigint, commission bigint, link_id uuid, partner_id uuid)
    order by id
    on conflict (workspace_id, network, starts_on, ends_on, tracking_id, sub_id, campaign, product_id,
        reference, state, currency, shop)
    do update set clicks = excluded.clicks, orders = excluded.orders, items = excluded.items,
        sales = excluded.sales, returns = excluded.returns, commission = excluded.commission,
        link_id = excluded.link_id, partner_id = excluded.partner_id, import_id = excluded.import_id,
        updated_at = elci_now()
""")
async def put_lines(
    db: Connection, workspace_id: UUID, lines: Sequence[NewLine], import_id: UUID
) -> None: ...


@sql("""
    select network, tracking_id,
        case when count(*) = 1 then (array_agg(id))[1] end as link_id,
        case when count(distinct partner_id) = 1 and count(partner_id) = count(*)
            then (array_agg(partner_id))[1] end as partner_id
    from links where workspace_id = $1 and network is not null and tracking_id = any($2)
    group by 1, 2
""")
async def tracked_links(
    db: Connection, workspace_id: UUID, tracking_ids: Sequence[str]
) -> list[TrackedLink]: ...


@sql("""
    select c.id as click_id, c.link_id, c.partner_id
    from unnest($2::uuid[], $3::timestamptz[]) as asked (id, clicked_at)
    join clicks c on c.workspace_id = $1 and c.clicked_at = asked.clicked_at and c.id = asked.id
""")
async def tracked_clicks(
    db: Connection, workspace_id: UUID, click_ids: Sequence[UUID], times: Sequence[datetime]
) -> list[ReportedClick]: ...


async def list_lines(
    db: Connection, workspace_id: UUID, wanted: Wanted, before: tuple[date, UUID] | None, limit: int
) -> list[ReportedRow]:
    """Lines, of the newest days first."""
    conditions, values = _narrowed(workspace_id, wanted)
    if before is not None:
        values += before
        conditions.append(f"(ends_on, id) < (${len(values) - 1}, ${len(values)})")
    values.append(limit)
    text = f"""
        select {_COLUMNS} from reported_totals where {" and ".join(conditions)}
        order by ends_on desc, id desc limit ${len(values)}
    """
    return await fetch(db, ReportedRow, text, *values)


async def sums(
    db: Connection, workspace_id: UUID, wanted: Wanted, group_by: GroupBy, limit: int
) -> list[SumRow]:
    """Sums by group and currency, the largest sales first."""
    conditions, values = _narrowed(workspace_id, wanted)
    values.append(limit)
    totals = ", ".join(
        f"coalesce(sum({name}), 0)::bigint as {name}"
        for name in ("clicks", "orders", "items", "sales", "returns", "commission")
    )
    text = f"""
        select {_GROUPS[group_by]} as "group", currency, count(*)::integer as lines, {totals}
        from reported_totals where {" and ".join(conditions)}
        group by 1, 2 order by sales desc, 1, 2 limit ${len(values)}
    """
    return await fetch(db, SumRow, text, *values)


def _narrowed(workspace_id: UUID, wanted: Wanted) -> tuple[list[str], list[Any]]:
    values: list[Any] = [workspace_id]
    conditions = ["workspace_id = $1"]
    for name, fragment in _FRAGMENTS.items():
        if (value := getattr(wanted, name)) is not None:
            values.append(value)
            conditions.append(fragment.format(len(values)))
    return conditions, values
