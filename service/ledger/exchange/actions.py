"""Rates found and set."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from service.kit import events
from service.kit.db import Connection
from service.ledger.exchange import store
from service.ledger.exchange.checks import check
from service.ledger.exchange.events import RatesArrived
from service.ledger.exchange.schemas import FxRate, PutCounts
from service.ledger.rates import Exchange


async def exchange_for(
    db: Connection, workspace_id: UUID, base: str, quote: str, at: datetime, conversion_id: UUID | None = None
) -> Exchange | None:
    """The rate at which minor units of `base` are paid in `quote`: that of the newest day until `at`.

    A conversion that was exchanged before keeps its rate, whatever is set later: so refunds take back
    what was earned, at the rate at which it was. None where the table has no rate of the pair.
    """
    found = None
    if conversion_id is not None:
        found = await store.rate_of_conversion(db, workspace_id, conversion_id, base, quote)
    if found is None:
        found = await store.rate_at(db, workspace_id, base, quote, at.astimezone(UTC).date())
    return None if found is None else Exchange(found.rate, found.day)


async def put(db: Connection, workspace_id: UUID, rates: Sequence[FxRate]) -> PutCounts:
    """Sets rates, and tells those whose commissions waited for them. Raises InvalidInput."""
    check(rates)
    bases, quotes = [rate.base for rate in rates], [rate.quote for rate in rates]
    days = [rate.day for rate in rates]
    before = {
        (row.base, row.quote, row.day): row.rate
        for row in await store.same_days(db, workspace_id, bases, quotes, days)
    }
    same = sum(before.get((rate.base, rate.quote, rate.day)) == rate.rate for rate in rates)
    await store.put_rates(db, workspace_id, bases, quotes, days, [rate.rate for rate in rates])
    waiting = await store.unconverted(db, workspace_id, sorted({*bases, *quotes}))
    if waiting:
        await events.emit(db, RatesArrived(workspace_id, waiting))
    return PutCounts(len(rates) - len(before), len(before) - same, same, len(waiting))
