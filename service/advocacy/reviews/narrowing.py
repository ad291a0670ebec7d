"""What a list of reviews is narrowed by, and the condition of each (SQL of a closed set)."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar.params import QueryParameter
from msgspec import Struct

from service.advocacy.reviews.schemas import ReviewStatus
from service.influencers.schemas import ByTime

AtLeast = Annotated[float | None, QueryParameter(ge=1, le=5, description="with so many stars or more")]
AtMost = Annotated[float | None, QueryParameter(ge=1, le=5, description="with so many stars or fewer")]
OfProduct = Annotated[
    str | None, QueryParameter(max_length=200, description="of this product (the shop's id)")
]
OfShop = Annotated[str | None, QueryParameter(max_length=200, description="of this shop")]
OfSource = Annotated[str | None, QueryParameter(max_length=40, description="told by this source")]
IsVerified = Annotated[bool | None, QueryParameter(description="of a purchase that is known, or of none")]
InStatus = Annotated[ReviewStatus | None, QueryParameter(name="status", description="in this status")]
HasText = Annotated[bool | None, QueryParameter(description="with words, or stars alone")]
HasAnswer = Annotated[bool | None, QueryParameter(description="answered by the brand, or not")]
IsIncentivized = Annotated[bool | None, QueryParameter(description="for which something was given, or not")]
InLanguage = Annotated[str | None, QueryParameter(max_length=3, description="in this language (ISO 639)")]
ByWords = Annotated[
    str | None,
    QueryParameter(max_length=4_000, description="found by this expression of listening's query language"),
]
ByExternalId = Annotated[
    str | None, QueryParameter(min_length=1, max_length=200, description="the review's id in its source")
]
OfCustomer = Annotated[
    str | None,
    QueryParameter(min_length=1, max_length=200, description="of this customer, as the shop knows them"),
]
OfAddress = Annotated[
    str | None, QueryParameter(max_length=254, description="of the customer with this e-mail address")
]


class Listed(Struct, kw_only=True, omit_defaults=True):
    """What is asked for; None: all."""

    ids: list[UUID] | None = None
    min_rating: float | None = None
    max_rating: float | None = None
    product_id: str | None = None
    shop: str | None = None
    source: str | None = None
    verified: bool | None = None
    status: str | None = None
    has_text: bool | None = None
    answered: bool | None = None
    incentivized: bool | None = None
    language: str | None = None
    mention_key: str | None = None
    keys: list[bytes] | None = None
    settled: bool | None = None
    since: datetime | None = None
    until: datetime | None = None


FRAGMENTS = {
    "ids": "r.id = any(${})",
    "min_rating": "round(m.stars::numeric, 2) >= ${}::numeric",
    "max_rating": "round(m.stars::numeric, 2) <= ${}::numeric",
    "product_id": "r.product_id = ${}",
    "shop": "r.shop = ${}",
    "source": "m.source = ${}",
    "verified": "(r.verified_by is not null) = ${}",
    "status": "r.status = ${}",
    "has_text": "(m.text <> '' or m.title is not null) = ${}",
    "answered": "(r.answered_at is not null) = ${}",
    "incentivized": "(r.told_incentivized or r.incentivized) = ${}",
    "language": "m.language = ${}",
    "mention_key": "m.key = ${}",
    "keys": "r.id in (select k.review_id from review_keys k where k.workspace_id = $1 and k.key = any(${}))",
    "settled": "r.settled = ${}",
    "since": "r.published_at >= ${}",
    "until": "r.published_at < ${}",
}


def conditions(workspace_id: UUID, wanted: Listed, before: ByTime | None) -> tuple[str, list[Any]]:
    """The condition over `reviews r join mentions m`, and its values; $1 is the workspace."""
    values: list[Any] = [workspace_id]
    found = ["r.workspace_id = $1"]
    for name, fragment in FRAGMENTS.items():
        if (value := getattr(wanted, name)) is not None:
            values.append(value)
            found.append(fragment.format(len(values)))
    if wanted.status not in (None, "approved"):
        # Words for the planner, which has an index of those.
        found.append("r.status <> 'approved'")
    if before is not None:
        values += before
        found.append(f"(r.published_at, r.id) < (${len(values) - 1}, ${len(values)})")
    return " and ".join(found), values


def narrows(wanted: Listed) -> bool:
    """Whether few are left, which are found at once, by whatever order."""
    return wanted.ids is not None or wanted.keys is not None or wanted.mention_key is not None
