"""GET /v1/reported: what marketplaces' panels say; apart from orders."""

from datetime import date
from typing import Annotated
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.conversions.inbound.reported import store
from service.conversions.inbound.reported.schemas import (
    GroupBy,
    ReportedLine,
    ReportedRow,
    ReportedSum,
    ReportedTotals,
    SumRow,
    Wanted,
)
from service.kit import ids, paging
from service.kit.db import Connection
from service.kit.money import Money
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import NotFound

Reader = Annotated[Caller, May("conversions:read")]
OfNetwork = Annotated[
    str | None, QueryParameter(max_length=60, description="of this marketplace: trendyol, amazon, ...")
]
OfShop = Annotated[str | None, QueryParameter(max_length=200, description="of this shop")]
OfPartner = Annotated[str | None, QueryParameter(max_length=40, description="of this partner")]
OfLink = Annotated[str | None, QueryParameter(max_length=40, description="of this link")]
OfTracking = Annotated[str | None, QueryParameter(max_length=200, description="of this tracking id")]
InState = Annotated[
    str | None,
    QueryParameter(name="state", max_length=200, description="in this state, as the panel says it"),
]
Since = Annotated[date | None, QueryParameter(name="from", description="about this day or later")]
Until = Annotated[date | None, QueryParameter(name="to", description="about this day or earlier")]
By = Annotated[GroupBy, QueryParameter(description="what is summed up")]
MOST_GROUPS = 1_000


@get("/v1/reported", tags=["conversions"], raises=[BadCursor, NotFound])
async def list_reported(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    network: OfNetwork = None,
    shop: OfShop = None,
    partner_id: OfPartner = None,
    link_id: OfLink = None,
    tracking_id: OfTracking = None,
    in_state: InState = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[ReportedLine]:
    """Lines of imported `network_report` files, of the newest days first. They are what a marketplace states:
    they are no conversions, earn no commissions, and are never summed with orders."""
    wanted = _wanted(network, shop, partner_id, link_id, tracking_id, in_state, since, until)
    before = paging.decode(cursor, tuple[date, UUID])
    rows = await store.list_lines(db, caller.workspace_id, wanted, before, limit + 1)
    return paging.page(rows, limit, lambda row: (row.ends_on, row.id), shown)


@get("/v1/reported/totals", tags=["conversions"], raises=[NotFound])
async def sum_reported(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    group_by: By = "network",
    network: OfNetwork = None,
    shop: OfShop = None,
    partner_id: OfPartner = None,
    link_id: OfLink = None,
    tracking_id: OfTracking = None,
    in_state: InState = None,
    since: Since = None,
    until: Until = None,
) -> ReportedTotals:
    """What marketplaces report, summed by network, partner, link, tracking id and so on, per currency; the
    largest sales first, 1,000 groups at most."""
    wanted = _wanted(network, shop, partner_id, link_id, tracking_id, in_state, since, until)
    rows = await store.sums(db, caller.workspace_id, wanted, group_by, MOST_GROUPS + 1)
    made = [_sum(row, group_by) for row in rows[:MOST_GROUPS]]
    return ReportedTotals("network_report", group_by, made, len(rows) > MOST_GROUPS)


def _wanted(
    network: str | None,
    shop: str | None,
    partner_id: str | None,
    link_id: str | None,
    tracking_id: str | None,
    state: str | None,
    since: date | None,
    until: date | None,
) -> Wanted:
    partner = None if partner_id is None else ids.read("prt", partner_id)
    link = None if link_id is None else ids.read("lnk", link_id)
    return Wanted(network, shop, partner, link, tracking_id, state, since, until)


def shown(row: ReportedRow) -> ReportedLine:
    """A line as the API shows it."""

    def money(amount: int | None) -> Money | None:
        return None if amount is None else Money(amount, row.currency)

    return ReportedLine(
        id=ids.show("rep", row.id),
        network=row.network,
        shop=row.shop,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        tracking_id=row.tracking_id,
        sub_id=row.sub_id,
        campaign=row.campaign,
        product_id=row.product_id,
        reference=row.reference,
        state=row.state,
        clicks=row.clicks,
        orders=row.orders,
        items=row.items,
        sales=money(row.sales),
        returns=money(row.returns),
        commission=money(row.commission),
        link_id=ids.show_or_none("lnk", row.link_id),
        partner_id=ids.show_or_none("prt", row.partner_id),
        import_id=ids.show("imp", row.import_id),
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def _sum(row: SumRow, group_by: GroupBy) -> ReportedSum:
    prefix = {"partner": "prt", "link": "lnk"}.get(group_by)
    group = ids.show(prefix, UUID(row.group)) if prefix and row.group else row.group
    return ReportedSum(
        group=group,
        currency=row.currency,
        lines=row.lines,
        clicks=row.clicks,
        orders=row.orders,
        items=row.items,
        sales=Money(row.sales, row.currency),
        returns=Money(row.returns, row.currency),
        commission=Money(row.commission, row.currency),
    )


ROUTES: list[ControllerRouterHandler] = [list_reported, sum_reported]
