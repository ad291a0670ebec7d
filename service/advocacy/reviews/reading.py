"""Reviews of a request, item by item: what is wrong with one does not keep the others out. Pure, but for the
key of the installation."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from msgspec import structs

from service.advocacy.reviews.schemas import NewReview, ReviewFault
from service.advocacy.reviews.told import Told, Words, told
from service.kit import clock
from service.kit.text import is_storable
from service.kit.validation import field_errors

# Clocks of shops go wrong by hours, and zones are left out.
AHEAD = timedelta(days=1)


def read_items(
    workspace_id: UUID, items: Sequence[dict[str, Any]], now: datetime
) -> list[Told | list[ReviewFault]]:
    """Each item as a review, or what is wrong with it."""
    return [_one(workspace_id, item, now) for item in items]


def read_review(workspace_id: UUID, data: NewReview, now: datetime) -> Told | list[ReviewFault]:
    """A review, or what is wrong with it."""
    found = faults(data, now)
    return found or told(workspace_id, words(data, now))


def words(data: NewReview, now: datetime) -> Words:
    """A review of the API, cleaned."""
    product, customer = data.product, data.customer
    return Words(
        external_id=data.external_id.strip(),
        rating=data.rating,
        title=(data.title or "").strip() or None,
        text=(data.text or "").strip(),
        language=data.language,
        country=data.country,
        product_id=None if product is None else product.id.strip(),
        product_name=None if product is None else (product.name or "").strip() or None,
        order_id=data.order_id,
        customer_id=None if customer is None else customer.external_id,
        email=None if customer is None else customer.email,
        author_name=None if data.author_name is None else data.author_name.strip(),
        occurred_at=data.occurred_at or now,
        undated=data.occurred_at is None,
        source=data.source,
        shop=data.shop.strip(),
        url=data.url,
        media=tuple(dict.fromkeys(data.media)),
        tags=tuple(dict.fromkeys(data.tags)),
        status=data.status,
        reason=data.reason,
        incentivized=data.incentivized,
    )


def faults(data: NewReview, now: datetime) -> list[ReviewFault]:
    """What no type says: times that can't be, a rejection without a reason, texts that can't be kept."""
    found = []
    if not clock.is_usual(data.occurred_at):
        found.append(ReviewFault("occurred_at", clock.OUTSIDE))
    elif data.occurred_at is not None and data.occurred_at > now + AHEAD:
        found.append(ReviewFault("occurred_at", "lies in the future"))
    if (data.status == "rejected") != (data.reason is not None):
        found.append(ReviewFault("reason", "is needed for a rejection, and for nothing else"))
    for path, value in _texts(data, ""):
        if not is_storable(value):
            found.append(ReviewFault(path, "holds a NUL character or half of a character"))
    return found


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for at, each in enumerate(value):
            yield from _texts(each, f"{path}[{at}]")
    elif isinstance(value, msgspec.Struct):
        for name, each in structs.asdict(value).items():
            yield from _texts(each, f"{path}.{name}".lstrip("."))


def _one(workspace_id: UUID, item: dict[str, Any], now: datetime) -> Told | list[ReviewFault]:
    wrong = [ReviewFault(error.path, error.message) for error in field_errors(NewReview, item)]
    return wrong or read_review(workspace_id, msgspec.convert(item, NewReview), now)
