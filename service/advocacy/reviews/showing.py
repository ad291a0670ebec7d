"""Reviews as the API and shops' pages show them. Pure."""

from collections.abc import Sequence

from service.advocacy.reviews.naming import short_name
from service.advocacy.reviews.schemas import (
    PublicAnswer,
    PublicReview,
    Review,
    ReviewAnswer,
    ReviewFault,
    ReviewProduct,
    ReviewResult,
    ReviewResults,
    ReviewRow,
)
from service.advocacy.reviews.taking import Taken
from service.advocacy.reviews.told import SAID
from service.kit import ids
from service.mentions.schemas import Sentiment

_OTHERWISE = (
    *("id", "mention_id", "external_id", "text", "occurred_at", "product", "order_id", "conversion_id"),
    *("verified_purchase", "sentiment", "answer", "advocate_ids", "erased"),
)
_SAME = tuple(name for name in Review.__struct_fields__ if name not in _OTHERWISE)


def review(row: ReviewRow) -> Review:
    """A review with all that the brand may read."""
    return Review(
        id=ids.show("rev", row.id),
        mention_id=ids.show("men", row.id),
        external_id=None if (row.external_id or SAID).startswith(SAID) else row.external_id,
        text=row.text or None,
        occurred_at=row.published_at,
        product=_product(row),
        order_id=row.order_ref,
        conversion_id=ids.show_or_none("cnv", row.conversion_id),
        verified_purchase=row.verified_by is not None,
        sentiment=Sentiment(
            row.hand_label or row.label,
            "hand" if row.hand_label else "model",
            row.score,
            row.model,
            row.label,
            row.hand_by,
            row.hand_at,
        ),
        answer=None
        if row.answered_at is None
        else ReviewAnswer(row.answer, row.answered_at, row.answered_by),
        advocate_ids=[ids.show("adv", each) for each in row.advocate_ids],
        erased=row.erased_at is not None,
        **{name: getattr(row, name) for name in _SAME},
    )


def public(row: ReviewRow) -> PublicReview:
    """A review as everybody reads it."""
    answer = None
    if row.answer is not None and row.answered_at is not None:
        answer = PublicAnswer(row.answer, row.answered_at)
    return PublicReview(
        id=ids.show("rev", row.id),
        rating=row.rating,
        title=row.title,
        text=row.text or None,
        language=row.language,
        author=short_name(row.author_name),
        occurred_at=row.published_at,
        product=_product(row),
        verified_purchase=row.verified_by is not None,
        incentivized=row.incentivized,
        media=row.media,
        answer=answer,
    )


def results(outcomes: Sequence[Taken | list[ReviewFault]]) -> ReviewResults:
    """A result for every item, in their order."""
    shown = [
        ReviewResult(at, "rejected", None, one)
        if isinstance(one, list)
        else ReviewResult(at, one.status, ids.show("rev", one.review_id), [])
        for at, one in enumerate(outcomes)
    ]
    told = [each.status for each in shown]
    counts = [told.count(name) for name in ("created", "updated", "unchanged", "rejected")]
    return ReviewResults(shown, *counts)


def _product(row: ReviewRow) -> ReviewProduct | None:
    return None if row.product_id is None else ReviewProduct(row.product_id, row.product_name)
