"""/v1/reviews: what is sent, what is shown, and rows."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from service.conversions.orders.schemas import Shop, Text
from service.influencers.schemas import Country, Email, Language, Name, Time, Url
from service.mentions.schemas import Code, Label, Sentiment, Tags

ReviewStatus = Literal["pending", "approved", "rejected"]
Moderation = Literal["none", "all"]
VerifiedBy = Literal["order", "customer"]
# None of them is about how many stars there are.
RejectReason = Literal[
    "spam",
    "fake",
    "duplicate",
    "not_a_review",
    "offensive",
    "personal_data",
    "conflict_of_interest",
    "unlawful",
]
Rating = Annotated[float, Meta(ge=1, le=5, description="of five stars")]
ReviewText = Annotated[str, Meta(max_length=50_000)]
AnswerText = Annotated[str, Meta(min_length=1, max_length=5_000, pattern=r"\S")]
Media = Annotated[list[Url], Meta(max_length=20)]
MOST = 1_000


class ReviewProduct(Struct, forbid_unknown_fields=True):
    """What is reviewed, as the shop knows it: the id that its orders' lines have (or their sku)."""

    id: Text
    name: Annotated[str, Meta(max_length=500)] | None = None


class ReviewCustomer(Struct, forbid_unknown_fields=True):
    """Who reviews. Only keyed hashes of it are kept, those that orders know customers by."""

    external_id: Text | None = None
    email: Email | None = None


class NewReview(Struct, kw_only=True, forbid_unknown_fields=True):
    """A review as the shop has it.

    It is known again by `source` and `external_id`; told once more it is brought up to date. `status`: what
    the shop decided already; else the workspace's settings say what a new review is. `incentivized`:
    something was given for it elsewhere; what advocates are given for it here is known here. `occurred_at`
    left out: now.
    """

    external_id: Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S")]
    rating: Rating
    title: Annotated[str, Meta(max_length=2_000)] | None = None
    text: ReviewText | None = None
    language: Language | None = None
    country: Country | None = None
    product: ReviewProduct | None = None
    order_id: Text | None = None
    customer: ReviewCustomer | None = None
    author_name: Name | None = None
    occurred_at: Time | None = None
    source: Code = "reviews"
    shop: Shop = ""
    url: Url | None = None
    media: Media = []
    tags: Tags = []
    status: ReviewStatus | None = None
    reason: RejectReason | None = None
    incentivized: bool = False


class NewReviews(Struct, forbid_unknown_fields=True):
    """Up to 1,000 reviews."""

    reviews: Annotated[list[NewReview], Meta(min_length=1, max_length=MOST)]


class ReviewItems(Struct, forbid_unknown_fields=True):
    """The same as it is read: a bad item does not keep the good ones out."""

    reviews: Annotated[list[dict[str, Any]], Meta(min_length=1, max_length=MOST)]


class ReviewFault(Struct):
    """A field of an item that fails, and why."""

    path: str
    message: str


class ReviewResult(Struct):
    """What became of an item; `index` counts from 0."""

    index: int
    status: Literal["created", "updated", "unchanged", "rejected"]
    id: str | None
    errors: list[ReviewFault]


class ReviewResults(Struct):
    """A result for every item, in their order, and how many there are of each."""

    results: list[ReviewResult]
    created: int
    updated: int
    unchanged: int
    rejected: int


class ReviewPatch(Struct, forbid_unknown_fields=True):
    """What a person decides; what is left out stays. A rejection needs a `reason`, which is never the rating;
    `note` is for the team. `answer`: the brand's, which is shown beside the review; null takes it back."""

    status: ReviewStatus | UnsetType = UNSET
    reason: RejectReason | UnsetType = UNSET
    note: Annotated[str, Meta(max_length=2_000)] | UnsetType | None = UNSET
    answer: AnswerText | UnsetType | None = UNSET


class ReviewSettings(Struct, forbid_unknown_fields=True):
    """`moderation`: `none`: new reviews are approved; `all`: each waits for a decision."""

    moderation: Moderation = "none"


class ReviewRow(Struct):
    id: UUID
    source: str
    external_id: str | None
    rating: float
    title: str | None
    text: str
    language: str | None
    country: str | None
    author_name: str | None
    url: str | None
    published_at: datetime
    shop: str
    product_id: str | None
    product_name: str | None
    order_ref: str | None
    conversion_id: UUID | None
    verified_by: VerifiedBy | None
    media: list[str]
    tags: list[str]
    label: Label | None
    score: float | None
    model: str | None
    hand_label: Label | None
    hand_by: str | None
    hand_at: datetime | None
    status: ReviewStatus
    reason: RejectReason | None
    note: str | None
    moderated_by: str | None
    moderated_at: datetime | None
    answer: str | None
    answered_by: str | None
    answered_at: datetime | None
    incentivized: bool
    advocate_ids: list[UUID]
    erased_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime


class ReviewAnswer(Struct):
    """What the brand says to it. `text` is null where the customer was erased."""

    text: str | None
    answered_at: datetime
    answered_by: str | None


class Review(Struct, kw_only=True):
    """A review. `mention_id` is the mention that it is among all that is said of the brand.

    `verified_purchase`: an order of theirs, from before, that stands; `verified_by` what it is known by.
    `incentivized`: something was given for it, whatever it says. `advocate_ids`: whose review it is.
    `erased`: the customer was erased on request; the stars stay.
    """

    id: str
    mention_id: str
    source: str
    external_id: str | None
    rating: float
    title: str | None
    text: str | None
    language: str | None
    country: str | None
    author_name: str | None
    url: str | None
    occurred_at: datetime
    shop: str
    product: ReviewProduct | None
    order_id: str | None
    conversion_id: str | None
    verified_purchase: bool
    verified_by: VerifiedBy | None
    media: list[str]
    tags: list[str]
    sentiment: Sentiment
    status: ReviewStatus
    reason: RejectReason | None
    note: str | None
    moderated_by: str | None
    moderated_at: datetime | None
    answer: ReviewAnswer | None
    incentivized: bool
    advocate_ids: list[str]
    erased: bool
    created_at: datetime
    updated_at: datetime


class PublicAnswer(Struct):
    """The brand's answer."""

    text: str
    answered_at: datetime


class PublicReview(Struct):
    """A review as a shop's page shows it. `author`: the first name and an initial at most. `incentivized` has
    to be shown beside it."""

    id: str
    rating: float
    title: str | None
    text: str | None
    language: str | None
    author: str | None
    occurred_at: datetime
    product: ReviewProduct | None
    verified_purchase: bool
    incentivized: bool
    media: list[str]
    answer: PublicAnswer | None


class Interval(Struct):
    """A 95% interval."""

    low: float
    high: float


class Prior(Struct):
    """What is believed before any review: so many reviews (`weight`) of this mean."""

    mean: float
    weight: float


class ReviewFigures(Struct):
    """Ratings of a group. `mean` and its interval are null where there are none; `adjusted_mean` is drawn
    towards the prior's mean, as if there were `prior.weight` reviews more (so one review of five stars is
    before no hundred of 4.8). `by_stars`: of one to five stars. `verified_share` and `incentivized_share` are
    fractions."""

    reviews: int
    mean: float | None
    interval: Interval | None
    adjusted_mean: float
    prior: Prior
    by_stars: list[int]
    with_text: int
    verified_share: float | None
    incentivized_share: float | None


class ProductFigures(Struct):
    """A product's ratings. `product` is null for reviews of none."""

    product: ReviewProduct | None
    figures: ReviewFigures


class MonthFigures(Struct):
    """A month's ratings; `month` is its first day."""

    month: date
    figures: ReviewFigures


class ReviewSummary(Struct, rename={"from_": "from"}):
    """Ratings of a span of local days. `products`: those with the most reviews first."""

    from_: date | None
    to: date | None
    tz: str
    status: ReviewStatus
    total: ReviewFigures
    products: list[ProductFigures]
    months: list[MonthFigures]


class PublicSummary(Struct):
    """Ratings of a product, or of all, as a shop's page shows them."""

    product_id: str | None
    reviews: int
    mean: float | None
    adjusted_mean: float
    by_stars: list[int]


class Tally(Struct):
    """Ratings that were counted; `product_id` and `month` are null for all of them (`grouped` says which)."""

    grouped: Literal["total", "product", "month"]
    product_id: str | None
    product_name: str | None
    month: date | None
    reviews: int
    mean: float | None
    stars_1: int
    stars_2: int
    stars_3: int
    stars_4: int
    stars_5: int
    with_text: int
    verified: int
    incentivized: int
