"""Figures of reviews from what was counted. Pure."""

from collections.abc import Sequence
from typing import Final

from service.advocacy.reviews.schemas import (
    MonthFigures,
    ProductFigures,
    PublicSummary,
    ReviewProduct,
    Tally,
)
from service.advocacy.reviews.summaries import averaging

NOTHING: Final = Tally("total", None, None, None, 0, None, 0, 0, 0, 0, 0, 0, 0, 0)


def total(rows: Sequence[Tally]) -> Tally:
    """All of them together."""
    return next((row for row in rows if row.grouped == "total"), NOTHING)


def by_product(rows: Sequence[Tally]) -> list[ProductFigures]:
    """Each product's figures, drawn towards all products' mean."""
    prior = averaging.like_others(total(rows))
    return [
        ProductFigures(_product(row), averaging.figures(row, prior))
        for row in rows
        if row.grouped == "product"
    ]


def by_month(rows: Sequence[Tally]) -> list[MonthFigures]:
    """Each month's figures, drawn towards all months' mean."""
    prior = averaging.like_others(total(rows))
    return [
        MonthFigures(row.month, averaging.figures(row, prior))
        for row in rows
        if row.grouped == "month" and row.month is not None
    ]


def public(rows: Sequence[Tally], product_id: str | None) -> PublicSummary:
    """What a page shows: of all, or of one product."""
    figures = averaging.figures(total(rows))
    return PublicSummary(product_id, figures.reviews, figures.mean, figures.adjusted_mean, figures.by_stars)


def _product(row: Tally) -> ReviewProduct | None:
    return None if row.product_id is None else ReviewProduct(row.product_id, row.product_name)
