"""What planned posts cost by the rate cards (pure)."""

from collections.abc import Sequence

from service.discovery.reach.schemas import Priced, Settings
from service.influencers.engagement import basis_format
from service.influencers.rates.schemas import RateRow

# What is summed over a thousand influencers fits 64 bits, as every amount has to.
MOST = 2**52


def price(
    planned: Sequence[tuple[str, int]], platform: str, card: Sequence[RateRow], settings: Settings
) -> Priced:
    """The sum over the planned posts, in the workspace's currency, at today's prices.

    A price of the very format counts first, then one of the same kind of posts (video and post are the
    feed's); of several the one that began last, then the lowest. Null with no_posts_planned, no_rate_card,
    other_currency where the only prices are in another one, or cost_too_large above `MOST`.
    """
    if not planned:
        return Priced(None, "no_posts_planned")
    valid = [row for row in card if row.platform == platform and _holds(row, settings)]
    amount, tax = 0, set[bool | None]()
    for format, count in planned:
        fitting = [row for row in valid if basis_format(row.format) == basis_format(format)]
        own = [row for row in fitting if row.currency == settings.currency]
        if not own:
            return Priced(None, "other_currency" if fitting else "no_rate_card")
        best = max(own, key=lambda row: (row.format == format, row.valid_from, -row.amount))
        amount += best.amount * count
        tax.add(best.tax_included)
    if amount > MOST:
        return Priced(None, "cost_too_large")
    return Priced(amount, None, tax.pop() if len(tax) == 1 else None)


def _holds(row: RateRow, settings: Settings) -> bool:
    return row.valid_from <= settings.today and (row.valid_to is None or settings.today <= row.valid_to)
