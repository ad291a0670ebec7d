"""Files of reviews, with headers in English and Turkish. Pure."""

from datetime import datetime
from typing import Any

from msgspec import Struct

from service.advocacy.reviews.files.words import WORDS
from service.imports.cells.style import Style
from service.imports.cells.types import BOOLEAN, EMAIL, ID, LINE, MOMENT, CellType
from service.imports.kinds import Field, Kind, Parsed, RowError
from service.imports.rejects import Unfit
from service.kit.text import fold_tr
from service.mentions.intake import values
from service.mentions.intake.files import RATING, STARS, TEXT, stars_of, within

_STATUSES = {
    **dict.fromkeys(("approved", "published", "yes", "true", "1", "onaylandi", "onayli"), "approved"),
    **dict.fromkeys(("yayinda", "evet", "visible", "active", "aktif", "yayinlandi"), "approved"),
    **dict.fromkeys(
        ("pending", "unpublished", "waiting", "beklemede", "bekliyor", "onay bekliyor"), "pending"
    ),
    **dict.fromkeys(("no", "false", "0", "hayir", "hidden", "draft", "taslak", "pasif"), "pending"),
}


class ReviewFileRow(Struct, frozen=True):
    """One row as the file has it. `rating` is of five stars."""

    row: int
    external_id: str | None
    rating: float
    title: str | None
    text: str | None
    product_id: str | None
    product_name: str | None
    order_id: str | None
    customer_id: str | None
    email: str | None
    author_name: str | None
    occurred_at: datetime | None
    language: str | None
    source: str | None
    media: tuple[str, ...]
    status: str | None
    incentivized: bool


def _language(value: Any, style: Style) -> str | None:
    found = values.language(value)
    if found is None and not values.is_unknown(value):
        raise Unfit("not_a_language")
    return found


def _media(value: Any, style: Style) -> tuple[str, ...]:
    parts = value if isinstance(value, list) else str(value).replace(",", " ").replace(";", " ").split()
    found = [values.address(part) for part in parts]
    if None in found:
        raise Unfit("not_a_url")
    return tuple(dict.fromkeys(each for each in found if each))[:20]


def read_status(value: Any, style: Style) -> str:
    """A state that says nothing of why a review isn't shown is no rejection: it waits.

    >>> read_status("Yayında", Style()), read_status("onay bekliyor", Style())
    ('approved', 'pending')
    """
    found = _STATUSES.get(fold_tr(str(value)).strip()[:40])
    if found is None:
        raise Unfit("not_a_code")
    return found


FIELDS = (
    Field("external_id", ID, ("=reviewid",)),
    *(Field(name, RATING, ("=reviewrating",), suits=within(low, top)) for name, low, top in STARS),
    Field("title", LINE, ("=reviewtitle",)),
    Field("text", TEXT, ("=reviewtext",)),
    Field("product_id", ID, ("=reviewproductid",)),
    Field("product_name", LINE, ("=reviewproductname",)),
    Field("order_id", ID, ("=revieworder",)),
    Field("customer_id", ID, ("=reviewcustomer",)),
    Field("email", EMAIL, ("=reviewemail",)),
    Field("author_name", LINE, ("=reviewauthor",)),
    Field("occurred_at", MOMENT, ("=reviewtime",)),
    Field("language", CellType("language", _language), ("=reviewlanguage",)),
    Field("source", LINE, ("=reviewsource",)),
    Field("media", CellType("media", _media), ("=reviewmedia",)),
    Field("status", CellType("status", read_status), ("=reviewstatus",)),
    Field("incentivized", BOOLEAN, ("=reviewincentivized",)),
)
_SAME = tuple(
    name
    for name in ReviewFileRow.__struct_fields__
    if name not in ("row", "rating", "product_id", "media", "incentivized")
)
_LONGEST = {"external_id": 200, "product_id": 200, "order_id": 200, "customer_id": 200, "title": 2_000}


def assemble(parsed: Parsed) -> list[list[ReviewFileRow] | RowError]:
    """The review of each row."""
    columns = {each.name: parsed.column(each.name) for each in FIELDS}
    return [
        _row(row, {name: column[at] for name, column in columns.items()})
        for at, row in enumerate(parsed.rows)
    ]


def _row(row: int, cells: dict[str, Any]) -> list[ReviewFileRow] | RowError:
    rated = next(((cells[name], top) for name, _, top in STARS if cells[name] is not None), None)
    if rated is None:
        return RowError("missing_value", "rating")
    stars = stars_of(*rated)
    if stars is None or stars < 1:
        return RowError("too_large" if stars is None else "too_small", "rating", rated[0].number)
    for name, most in _LONGEST.items():
        if len(cells[name] or "") > most:
            return RowError("too_long", name, cells[name][:100])
    told = {name: cells[name] for name in _SAME}
    # A product of which only the name is told is known by it.
    return [
        ReviewFileRow(
            row=row,
            rating=stars,
            product_id=cells["product_id"] or (cells["product_name"] or "")[:200] or None,
            media=cells["media"] or (),
            incentivized=bool(cells["incentivized"]),
            **told,
        )
    ]


REVIEWS = Kind(
    name="reviews",
    fields=FIELDS,
    assemble=assemble,
    lists=frozenset(("reviews", "yorumlar", "degerlendirmeler", "comments")),
    words=WORDS,
    hidden=frozenset(("customer_id", "email", "author_name")),
)
