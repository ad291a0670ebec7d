"""A summary as a spreadsheet. Pure."""

from collections.abc import Iterator

from service.advocacy.reviews.schemas import ReviewFigures, ReviewSummary
from service.advocacy.tables import Cell

COLUMNS = (
    *("group", "product_id", "product_name", "month", "reviews", "mean", "mean_low", "mean_high"),
    *("adjusted_mean", "stars_1", "stars_2", "stars_3", "stars_4", "stars_5", "with_text"),
    *("verified_share", "incentivized_share"),
)


def rows(found: ReviewSummary) -> Iterator[list[Cell]]:
    """All of them first, then each product and each month."""
    yield ["total", None, None, None, *_figures(found.total)]
    for each in found.products:
        product = each.product
        named = [None, None] if product is None else [product.id, product.name]
        yield ["product", *named, None, *_figures(each.figures)]
    for month in found.months:
        yield ["month", None, None, month.month, *_figures(month.figures)]


def _figures(figures: ReviewFigures) -> list[Cell]:
    ends = (None, None) if figures.interval is None else (figures.interval.low, figures.interval.high)
    return [
        *(figures.reviews, figures.mean, *ends, figures.adjusted_mean, *figures.by_stars),
        *(figures.with_text, figures.verified_share, figures.incentivized_share),
    ]
