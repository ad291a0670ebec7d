"""Prices that stand beside the profiles in a file."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from service.influencers.bulk.profile_values import Staged
from service.influencers.bulk.schemas import Intake, Outcome
from service.influencers.bulk.stage_store import FoundRow
from service.influencers.intake.rows import InfluencerRow, Rate
from service.influencers.rates import actions
from service.influencers.rates.schemas import RateRow
from service.kit import ids, money
from service.kit.db import Connection


def wrong_prices(rows: Sequence[InfluencerRow], intake: Intake) -> dict[int, Outcome]:
    """The rows whose prices are none: of an unknown currency, or with more decimals than it has."""
    found = {}
    for at, row in enumerate(rows):
        wrong = next((why for rate in row.rates if (why := _wrong(rate, intake))), None)
        if wrong:
            found[at] = Outcome("rejected", "not_a_price", wrong)
    return found


async def put_prices(
    db: Connection, intake: Intake, staged: Sequence[Staged], found: Mapping[int, FoundRow]
) -> set[UUID]:
    """Adds the prices of rows that were taken in; whose they are."""
    new = [
        _row(rate, owner, one, intake)
        for n, one in enumerate(staged)
        if one.row.rates
        and n in found
        and found[n].verdict in ("new", "known")
        and (owner := found[n].influencer_id) is not None
        for rate in one.row.rates
    ]
    written = await actions.add(db, intake.workspace_id, sorted(new, key=lambda row: row.valid_from))
    return {row.influencer_id for row in written}


def _row(rate: Rate, owner: UUID, one: Staged, intake: Intake) -> RateRow:
    price = money.from_decimal(rate.amount, rate.currency or intake.currency)
    return RateRow(
        id=ids.new(),
        influencer_id=owner,
        platform=one.row.platform,
        format=rate.format,
        amount=price.amount,
        currency=price.currency,
        tax_included=None,
        valid_from=one.as_of.date(),
        valid_to=None,
        source=intake.source,
    )


def _wrong(rate: Rate, intake: Intake) -> str | None:
    currency = rate.currency or intake.currency
    if currency not in money.CURRENCIES:
        return f"{currency} is not a currency"
    try:
        amount = money.from_decimal(rate.amount, currency).amount
    except ValueError:
        return f"{rate.amount} has more decimals than {currency}"
    return None if 0 <= amount < 2**62 else f"{rate.amount} can't be a price"
