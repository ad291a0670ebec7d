"""From a file's row to what is stored of a collaboration. Pure."""

from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from uuid import UUID

from msgspec import Struct

from service.discovery.outcomes.rows import OutcomeRow
from service.imports.cells.prices import Price, find_currency
from service.imports.outcomes import Outcome
from service.influencers.identity import digest
from service.kit.money import exponent
from service.kit.text import fold_tr

_MOST = 2**63 - 1

TWO_CURRENCIES = Outcome("rejected", "conflict", "its price and its cost are in different currencies")
TOO_LARGE = Outcome("rejected", "too_large", "its price or cost is larger than any amount can be")
UNKNOWN_CURRENCY = Outcome("rejected", "not_a_price", "its currency is not one of ISO 4217")
NEGATIVE = Outcome("rejected", "negative", "its price or cost is negative")


class OutcomeValues(Struct, frozen=True):
    """A collaboration as the table holds it. `key`: by what it is known within its source."""

    influencer_id: UUID
    key: str
    external_id: str | None
    platform: str | None
    format: str | None
    brand_id: UUID | None
    brand_name: str | None
    brand_folded: str | None
    finished_at: datetime
    price: int | None
    cost: int | None
    currency: str | None
    conversions: int | None
    engagements: int | None
    exclusive_until: datetime | None
    digest: int


def values(
    row: OutcomeRow,
    influencer_id: UUID,
    brand: tuple[UUID | None, str | None],
    platform: str | None,
    home: str,
) -> OutcomeValues | Outcome:
    """What a row says of an influencer and a brand (id, name), or why it can't be taken.

    `home` is the workspace's currency, for amounts that name none.
    """
    money = _money(row, home)
    if isinstance(money, Outcome):
        return money
    price, cost, currency = money
    finished, until = row.finished_at, row.exclusive_until
    folded = None if brand[1] is None else fold_tr(brand[1]) or None
    said = (influencer_id, row.external_id, platform, row.format, folded, finished, price, cost, currency)
    return OutcomeValues(
        influencer_id=influencer_id,
        key=_key(row, influencer_id, platform, folded, finished),
        external_id=row.external_id,
        platform=platform,
        format=row.format,
        brand_id=brand[0],
        brand_name=brand[1],
        brand_folded=folded,
        finished_at=finished,
        price=price,
        cost=cost,
        currency=currency,
        conversions=row.conversions,
        engagements=row.engagements,
        exclusive_until=until,
        digest=digest([*said, row.conversions, row.engagements, until]),
    )


def _key(
    row: OutcomeRow, influencer_id: UUID, platform: str | None, brand: str | None, finished: datetime
) -> str:
    """The file's own id; else who, where, for whom, what and on which day."""
    if row.external_id:
        return f"id {row.external_id}"
    parts = (
        influencer_id.hex,
        platform or "",
        brand or "",
        row.format or "",
        finished.astimezone(UTC).date().isoformat(),
    )
    return " ".join(("day", *(part.replace(" ", "_") for part in parts)))


def _money(row: OutcomeRow, home: str) -> tuple[int | None, int | None, str | None] | Outcome:
    named = find_currency(row.currency or "")
    if row.currency and named is None:
        return UNKNOWN_CURRENCY
    told = {price.currency for price in (row.price, row.cost) if price and price.currency}
    if len(told) > 1:
        return TWO_CURRENCIES
    currency = next(iter(told), named or home)
    price, cost = _minor(row.price, currency), _minor(row.cost, currency)
    if max(price or 0, cost or 0) > _MOST:
        return TOO_LARGE
    if min(price or 0, cost or 0) < 0:
        return NEGATIVE
    return price, cost, currency if row.price or row.cost else None


def _minor(price: Price | None, currency: str) -> int | None:
    """Minor units; a fraction of one, as sums of converted amounts have it, is rounded half to even."""
    if price is None:
        return None
    scaled = Decimal(price.amount).scaleb(exponent(currency))
    return int(scaled.to_integral_value(ROUND_HALF_EVEN))
