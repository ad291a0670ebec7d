"""Prices as the API shows them."""

from typing import cast

from service.influencers.rates.schemas import Rate, RateRow
from service.influencers.schemas import Platform
from service.kit import ids
from service.kit.money import Money


def rate(row: RateRow) -> Rate:
    """A price as it is answered."""
    return Rate(
        id=ids.show("rat", row.id),
        platform=cast(Platform, row.platform),
        format=row.format,
        price=Money(row.amount, row.currency),
        tax_included=row.tax_included,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        source=row.source,
    )
