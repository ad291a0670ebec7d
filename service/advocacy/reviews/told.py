"""What is told of a review, whatever the shape that it came in: its mention, and what a mention doesn't know.
Pure, but for the key of the installation."""

from datetime import UTC, datetime
from hashlib import blake2b
from uuid import UUID

from msgspec import Struct

from service.conversions.customers import keys_of
from service.conversions.matching import normal
from service.conversions.reports import Buyer, Ref
from service.mentions.keys import mention_key
from service.mentions.reports import MentionReport

SOURCE, PLATFORM = "reviews", "review"
# What begins so is no id of a shop's.
SAID = "said "


class Words(Struct, frozen=True, kw_only=True):
    """A review as it was sent, cleaned. `external_id` None: it is known again by who said what of which thing
    and when. `undated`: no time was told, `occurred_at` is the arrival's."""

    external_id: str | None
    rating: float
    title: str | None = None
    text: str = ""
    language: str | None = None
    country: str | None = None
    product_id: str | None = None
    product_name: str | None = None
    order_id: str | None = None
    customer_id: str | None = None
    email: str | None = None
    author_name: str | None = None
    occurred_at: datetime
    undated: bool = False
    source: str = SOURCE
    shop: str = ""
    url: str | None = None
    media: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    status: str | None = None
    reason: str | None = None
    incentivized: bool = False


class Told(Struct, frozen=True, kw_only=True):
    """A review that can be taken in. `keys`: of the customer, as orders know them."""

    report: MentionReport
    undated: bool
    shop: str
    product_id: str | None
    product_name: str | None
    order_ref: str | None
    keys: tuple[bytes, ...]
    media: tuple[str, ...]
    status: str | None
    reason: str | None
    incentivized: bool


def told(workspace_id: UUID, words: Words) -> Told:
    """Authors are told apart by the customer's key, so that two of one name are two."""
    keys = tuple(keys_of(workspace_id, words.shop, Buyer(words.customer_id, words.email)))
    refs = normal([Ref("any", words.order_id)]) if words.order_id else ()
    return Told(
        report=MentionReport(
            source=words.source,
            platform=PLATFORM,
            kind="review",
            native_id=words.external_id or _said(words, keys),
            title=words.title,
            text=words.text,
            language=words.language,
            country=words.country,
            author_name=words.author_name,
            author_id=keys[0].hex() if keys else None,
            thread_id=words.product_id,
            published_at=words.occurred_at,
            url=words.url,
            stars=words.rating,
            tags=words.tags,
        ),
        undated=words.undated,
        shop=words.shop,
        product_id=words.product_id,
        product_name=words.product_name,
        order_ref=refs[0].value if refs else None,
        keys=keys,
        media=words.media,
        status=words.status,
        reason=words.reason,
        incentivized=words.incentivized,
    )


def key_of(source: str | None, external_id: str) -> str:
    """By what the mention of a review is known again.

    >>> key_of(None, " R-7 ")
    'id:reviews R-7'
    """
    at = datetime(1970, 1, 1, tzinfo=UTC)
    found = MentionReport(
        source=source or SOURCE, platform=PLATFORM, text="", published_at=at, native_id=external_id.strip()
    )
    return mention_key(found)


def deed_name(source: str, external_id: str | None) -> str | None:
    """What a review is known by among an advocate's deeds: as a shop would tell it itself, so that it is
    not rewarded twice.

    >>> deed_name("reviews", "R-7"), deed_name("app", "R-7")
    ('R-7', 'app R-7')
    """
    return external_id if external_id is None or source == SOURCE else f"{source} {external_id}"


def _said(words: Words, keys: tuple[bytes, ...]) -> str:
    at = "" if words.undated else words.occurred_at.isoformat()
    who = keys[0].hex() if keys else words.author_name
    parts = (
        words.shop,
        words.product_id,
        words.product_name,
        words.order_id,
        who,
        at,
        words.title,
        words.text,
    )
    # Without words and a name, what else is there to tell two ratings apart?
    rating = "" if words.text or words.title or who or words.order_id else f"{words.rating:g}"
    said = chr(0).join([*(part or "" for part in parts), rating])
    return f"{SAID}{blake2b(said.encode('utf-8', 'surrogatepass'), digest_size=12).hexdigest()}"
