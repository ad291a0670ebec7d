"""GET /v1/partner/stats, also as a CSV."""

from datetime import date
from typing import Annotated

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.kit.db import Connection
from service.kit.problems import InvalidInput
from service.partner.stats import actions, table
from service.partner.stats.schemas import DateBasis, PartnerStats

Partner = Annotated[Caller, May("partner")]
GroupBy = Annotated[
    str,
    QueryParameter(
        name="group_by",
        max_length=100,
        description="day, and one of link, coupon, campaign, product, sub1; empty for the totals alone",
    ),
]
Basis = Annotated[
    DateBasis,
    QueryParameter(
        name="date_basis",
        description="what dates conversions and commissions: the click that brought them (without one, the"
        " order), the order itself, when they became payable, or when they were paid. Clicks are always"
        " dated by themselves",
    ),
]
First = Annotated[date | None, QueryParameter(name="from", description="first day; else 30 days")]
Last = Annotated[date | None, QueryParameter(name="to", description="last day, included; else today")]
Zone = Annotated[
    str | None,
    QueryParameter(name="tz", max_length=64, description="IANA time zone of the days; else the workspace's"),
]
Most = Annotated[
    int, QueryParameter(ge=1, le=1000, description="values with the most net clicks; the rest is summed")
]
CSV = {"text/csv": {"schema": {"type": "string"}}}


@get("/v1/partner/stats", tags=["partner"], raises=[InvalidInput])
async def get_partner_stats(
    caller: NamedDependency[Partner],
    db: NamedDependency[Connection],
    group_by: GroupBy = "day",
    date_basis: Basis = "event",
    first: First = None,
    last: Last = None,
    tz: Zone = None,
    limit: Most = 50,
) -> PartnerStats:
    """What you brought and what it earns: clicks, conversions, sales, commissions by state, EPC.

    Exact up to this moment. With `date_basis` validation (or payout) only what is payable or paid (or paid)
    now is counted, by the day on which it became so. What an order's products earn is shared out by their
    net prices.
    """
    return await actions.stats(
        db, caller.workspace_id, caller.partner, group_by, date_basis, first, last, tz, limit
    )


@get("/v1/partner/stats.csv", tags=["partner"], opt={"openapi_answer": CSV}, raises=[InvalidInput])
async def export_partner_stats(
    caller: NamedDependency[Partner],
    db: NamedDependency[Connection],
    group_by: GroupBy = "day",
    date_basis: Basis = "event",
    first: First = None,
    last: Last = None,
    tz: Zone = None,
    limit: Most = 50,
) -> Response[str]:
    """The same as a spreadsheet: a line for each currency of a row, totals last; minor units."""
    found = await actions.stats(
        db, caller.workspace_id, caller.partner, group_by, date_basis, first, last, tz, limit
    )
    headers = {"Content-Disposition": 'attachment; filename="stats.csv"'}
    return Response(table.lines(found), media_type="text/csv", headers=headers)


ROUTES: list[ControllerRouterHandler] = [get_partner_stats, export_partner_stats]
