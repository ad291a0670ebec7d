"""GET /v1/loyalty."""

from datetime import date
from typing import Annotated, Literal

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.advocacy.loyalty import actions, table
from service.advocacy.loyalty.asking import asked
from service.advocacy.loyalty.schemas import Customers, Loyalty
from service.advocacy.tables import CSV, lines
from service.imports.rejects_csv import BOM
from service.kit import clock
from service.kit.db import Connection
from service.kit.problems import Forbidden, InvalidInput
from service.links.stats.grouping import DEFAULT_ZONE

Reader = Annotated[Caller, May("advocacy:read")]
First = Annotated[date | None, QueryParameter(name="from", description="first day; else a year")]
Last = Annotated[date | None, QueryParameter(name="to", description="last day, included; else today")]
Zone = Annotated[str, QueryParameter(name="tz", max_length=64, description="IANA time zone of the days")]
Grouped = Annotated[Literal["month"] | None, QueryParameter(description="month: figures of each, too")]
Whose = Annotated[
    Customers,
    QueryParameter(description="orders of all customers, of new ones (first purchases), or of existing ones"),
]


@get("/v1/loyalty", tags=["advocacy"], raises=[InvalidInput, Forbidden])
async def get_loyalty(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    first: First = None,
    last: Last = None,
    tz: Zone = DEFAULT_ZONE,
    group_by: Grouped = None,
    customers: Whose = "all",
) -> Loyalty:
    """How customers stay: repeat customers, their value, average orders and their growth per currency;
    reviews and ratings, engaged users, NPS, net followers of own accounts; positive and negative actions.

    Counted are confirmed sales and bookings without tests, by when they occurred. `customers` is about orders
    alone. What isn't known is null with a reason. It needs the scopes conversions:read, mentions:read and
    brands:read, too.
    """
    span = asked(first, last, tz, await clock.now(db))
    return await actions.loyalty(db, caller, span, tz, customers, by_month=group_by == "month")


@get("/v1/loyalty.csv", tags=["advocacy"], opt={"openapi_answer": CSV}, raises=[InvalidInput, Forbidden])
async def export_loyalty(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    first: First = None,
    last: Last = None,
    tz: Zone = DEFAULT_ZONE,
    group_by: Grouped = None,
    customers: Whose = "all",
) -> Response[str]:
    """The same as a spreadsheet, a row a figure (month, metric, currency, value, reason)."""
    span = asked(first, last, tz, await clock.now(db))
    found = await actions.loyalty(db, caller, span, tz, customers, by_month=group_by == "month")
    headers = {"Content-Disposition": 'attachment; filename="loyalty.csv"', "Cache-Control": "no-store"}
    text = BOM + lines([table.COLUMNS, *table.rows(found)])
    return Response(text, media_type="text/csv", headers=headers)


ROUTES: list[ControllerRouterHandler] = [get_loyalty, export_loyalty]
