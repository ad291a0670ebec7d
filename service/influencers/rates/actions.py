"""Prices as they come in, by hand or from files."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from service.influencers.problems import RateTaken
from service.influencers.rates import store
from service.influencers.rates.schemas import NewRate, RateRow
from service.influencers.rates.timeline import follow
from service.kit import ids
from service.kit.db import Connection
from service.kit.money import CURRENCIES
from service.kit.problems import InvalidInput


def rows(influencer_id: UUID, rates: Sequence[NewRate], source: str, today: date) -> list[RateRow]:
    """Prices of a request as rows. Raises InvalidInput for unknown currencies and reversed days."""
    made = [_row(influencer_id, rate, source, today) for rate in rates]
    errors = [
        {"path": f"rates[{at}]", "message": message}
        for at, row in enumerate(made)
        if (message := _wrong(row)) is not None
    ]
    if errors:
        raise InvalidInput("a price can't be used", errors=errors)
    return made


async def add(db: Connection, workspace_id: UUID, new: Sequence[RateRow]) -> list[RateRow]:
    """Adds prices to those that are known; the rows that were written."""
    if not new:
        return []
    owners = list({row.influencer_id for row in new})
    known: dict[UUID, dict[UUID, RateRow]] = {owner: {} for owner in owners}
    for row in await store.rates_of(db, workspace_id, owners):
        known[row.influencer_id][row.id] = row
    written: dict[UUID, RateRow] = {}
    for row in new:
        line = known[row.influencer_id]
        changed = {change.id: change for change in follow(list(line.values()), row)}
        line |= changed
        written |= changed
    await write(db, workspace_id, list(written.values()))
    return list(written.values())


async def replace(db: Connection, workspace_id: UUID, influencer_id: UUID, card: Sequence[RateRow]) -> None:
    """Makes these the influencer's prices, days as given. Raises RateTaken where two begin on one day."""
    keys = {(row.platform, row.format, row.currency, row.source, row.valid_from) for row in card}
    if len(keys) < len(card):
        raise RateTaken("two prices of the same platform, format, currency and source begin on one day")
    await store.clear_rates(db, workspace_id, influencer_id)
    await write(db, workspace_id, card)


async def write(db: Connection, workspace_id: UUID, written: Sequence[RateRow]) -> None:
    if written:
        await store.put_rates(
            db,
            workspace_id,
            [row.id for row in written],
            [row.influencer_id for row in written],
            [row.platform for row in written],
            [row.format for row in written],
            [row.amount for row in written],
            [row.currency for row in written],
            [row.tax_included for row in written],
            [row.valid_from for row in written],
            [row.valid_to for row in written],
            [row.source for row in written],
        )


def _row(influencer_id: UUID, rate: NewRate, source: str, today: date) -> RateRow:
    return RateRow(
        id=ids.new(),
        influencer_id=influencer_id,
        platform=rate.platform,
        format=rate.format,
        amount=rate.price.amount,
        currency=rate.price.currency,
        tax_included=rate.tax_included,
        valid_from=rate.valid_from or today,
        valid_to=rate.valid_to,
        source=rate.source or source,
    )


def _wrong(row: RateRow) -> str | None:
    if row.currency not in CURRENCIES:
        return f"{row.currency} is not a currency of ISO 4217"
    if row.valid_to is not None and row.valid_to < row.valid_from:
        return "ends before it begins"
    return None
