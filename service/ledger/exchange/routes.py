"""/v1/fx-rates."""

import datetime as dt
from typing import Annotated

from litestar import delete, get, put
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.kit import ids, paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput
from service.ledger.exchange import actions, store
from service.ledger.exchange.schemas import FxRate, FxRateRow, PutCounts, PutFxRates
from service.ledger.problems import UnknownRate

Reader = Annotated[Caller, May("ledger:read")]
Writer = Annotated[Caller, May("ledger:write")]
OfBase = Annotated[str | None, QueryParameter(pattern="^[A-Z]{3}$", description="from this currency")]
OfQuote = Annotated[str | None, QueryParameter(pattern="^[A-Z]{3}$", description="into this currency")]
PairBase = Annotated[str, QueryParameter(pattern="^[A-Z]{3}$", description="from this currency")]
PairQuote = Annotated[str, QueryParameter(pattern="^[A-Z]{3}$", description="into this currency")]
OfDay = Annotated[dt.date, QueryParameter(description="of this day")]
FromDay = Annotated[dt.date | None, QueryParameter(name="from", description="the first day")]
ToDay = Annotated[dt.date | None, QueryParameter(name="to", description="the day after the last")]


@get("/v1/fx-rates", tags=["ledger"], raises=[BadCursor])
async def list_fx_rates(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    base: OfBase = None,
    quote: OfQuote = None,
    since: FromDay = None,
    until: ToDay = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[FxRate]:
    """The rates, the newest day first. A day without one has the newest before it."""
    wanted = {"base": base, "quote": quote, "since": since, "until": until}
    after = paging.decode(cursor, store.ByPair)
    rows = await store.list_rates(db, caller.workspace_id, wanted, after, limit + 1)
    return paging.page(rows, limit, lambda row: (row.day, row.base, row.quote), _shown)


@put("/v1/fx-rates", tags=["ledger"], raises=[InvalidInput])
async def put_fx_rates(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[PutFxRates]
) -> PutCounts:
    """Sets rates by pair and day; the others stay.

    What was exchanged before keeps its rate. Commissions that were left in the order's currency because
    there was no rate are looked at again.
    """
    counts = await actions.put(db, caller.workspace_id, data.rates)
    await audit.record(
        db, caller, "fx_rates.changed", ids.show("ws", caller.workspace_id), {"rates": len(data.rates)}
    )
    return counts


@delete("/v1/fx-rates", tags=["ledger"], raises=[UnknownRate])
async def delete_fx_rate(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    base: PairBase,
    quote: PairQuote,
    day: OfDay,
) -> None:
    """Takes a rate out of the table; what was exchanged at it stays."""
    if await store.drop_rate(db, caller.workspace_id, base, quote, day) is None:
        raise UnknownRate()
    await audit.record(db, caller, "fx_rates.changed", ids.show("ws", caller.workspace_id), {"deleted": 1})


def _shown(row: FxRateRow) -> FxRate:
    return FxRate(row.base, row.quote, row.day, row.rate)


ROUTES: list[ControllerRouterHandler] = [list_fx_rates, put_fx_rates, delete_fx_rate]
