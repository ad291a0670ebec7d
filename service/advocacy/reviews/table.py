"""Reviews as a spreadsheet. Pure."""

from service.advocacy.reviews.schemas import Review
from service.advocacy.tables import Cell

COLUMNS = (
    *("id", "source", "external_id", "occurred_at", "rating", "title", "text", "language", "sentiment"),
    *("author_name", "product_id", "product_name", "shop", "order_id", "verified_purchase", "verified_by"),
    *("status", "reason", "incentivized", "answer", "answered_at", "media"),
)


def row(shown: Review) -> list[Cell]:
    """A review's line."""
    product, answer = shown.product, shown.answer
    return [
        *(
            shown.id,
            shown.source,
            shown.external_id,
            shown.occurred_at,
            shown.rating,
            shown.title,
            shown.text,
        ),
        *(shown.language, shown.sentiment.label, shown.author_name),
        *((None, None) if product is None else (product.id, product.name)),
        *(shown.shop, shown.order_id, shown.verified_purchase, shown.verified_by, shown.status, shown.reason),
        shown.incentivized,
        *((None, None) if answer is None else (answer.text, answer.answered_at)),
        " ".join(shown.media),
    ]
