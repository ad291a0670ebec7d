"""Files of collaborations that were made elsewhere: a row is one, with what it cost and brought."""

import re
from datetime import datetime, timedelta
from typing import Any

from service.imports.cells.prices import Price, find_currency
from service.imports.cells.types import COUNT, ID, LINE, MOMENT, PRICE
from service.imports.columns.header import Header
from service.imports.kinds import Field, Kind, Parsed, RowError
from service.influencers.intake import who
from service.influencers.intake.posts import FORMAT
from service.influencers.intake.rows import AccountRow


class OutcomeRow(AccountRow, frozen=True):
    """One collaboration. `influencer_id` is elci's own id (inf_...) where the file has it; price and cost in
    major units."""

    influencer_id: str | None
    brand: str | None
    format: str | None
    price: Price | None
    cost: Price | None
    currency: str | None
    finished_at: datetime
    conversions: int | None
    engagements: int | None
    exclusive_until: datetime | None
    external_id: str | None


def currency_of(header: Header) -> str | None:
    """The currency that a header names: `Maliyet (TL)`."""
    return find_currency(header.text)


# elci's own ids stand in the columns of handles as well; a handle that looks like one to the letter is none.
_OWN_ID = re.compile("inf_[0-9a-hjkmnp-tv-z]{26}")


def _own_ids(values: Any) -> bool:
    return all(_OWN_ID.fullmatch(str(value)) for value in values)


def _days(values: Any) -> bool:
    """Days, and no dates: 04.04.2026 reads as a number too."""
    return all(value <= _LONGEST_DAYS for value in values)


# As far as a calendar can be counted on.
_LONGEST_DAYS = 36_500

FIELDS = (
    *(field for field in who.FIELDS if field.name not in ("as_of", "rank")),
    Field("influencer_id", ID, ("creator id", "=id"), suits=_own_ids),
    Field("brand", LINE, ("brand", "brand name", "brand id")),
    Field("format", FORMAT, ("format", "type", "content format", "post type")),
    Field("price", PRICE, ("price", "price post", "price creator"), scope_of=currency_of),
    Field("cost", PRICE, ("cost", "total cost"), scope_of=currency_of),
    Field("currency", LINE, ("currency",)),
    Field("finished_at", MOMENT, ("finished", "finished date", "date", "published", "collaboration date")),
    Field("conversions", COUNT, ("conversion", "total conversion")),
    Field("engagements", COUNT, ("engagement", "total engagement")),
    Field("exclusivity_days", COUNT, ("exclusive", "exclusive period"), suits=_days),
    Field(
        "exclusive_until", MOMENT, ("exclusive until", "exclusive finished", "exclusive date", "exclusive?")
    ),
    Field(
        "external_id", ID, ("external id", "external number", "external", "collaboration id", "collaboration")
    ),
)

WORDS = {
    "brand": ("brand", "brands", "marka", "markasi", "advertiser", "reklamveren", "client", "musteri"),
    "cost": ("cost", "costs", "maliyet", "maliyeti", "spend", "spent", "harcama", "harcanan", "gider"),
    "currency": ("currency", "para birimi", "doviz", "kur"),
    "finished": (
        *("finished", "finished at", "completed", "completed at", "ended", "ended at", "end", "end date"),
        *("bitis", "bitisi", "bitis tarihi", "biten", "tamamlanma", "tamamlanma tarihi", "tamamlandi"),
    ),
    "conversion": (
        *("conversion", "conversions", "orders", "order count", "sales count", "donusum", "donusumler"),
        *("donusum sayisi", "siparis", "siparisler", "siparis sayisi", "satis sayisi"),
    ),
    "exclusive": ("exclusive", "exclusivity", "munhasir", "munhasirlik", "munhasirligi"),
    "until": ("until", "till", "dek", "kadar"),
    "period": ("period", "sure", "suresi"),
    "collaboration": (
        *("collaboration", "collaborations", "collab", "contract", "deal"),
        *("isbirligi", "is birligi", "sozlesme", "anlasma"),
    ),
    "external": ("external", "ext", "harici", "reference", "referans"),
    "number": ("no", "number", "numara"),
}


def assemble(parsed: Parsed) -> list[list[OutcomeRow] | RowError]:
    """The collaboration of each row."""
    people = who.People(parsed).of(None)
    return [_row(parsed, at, person) for at, person in enumerate(people)]


def _row(parsed: Parsed, at: int, person: who.Who | None) -> list[OutcomeRow] | RowError:
    def cell(name: str) -> Any:
        return parsed.column(name)[at]

    own = _own_id(cell("influencer_id"), person)
    if person is None and own is None:
        return RowError("no_identity")
    finished = cell("finished_at")
    if finished is None:
        return RowError("missing_value", "finished_at")
    account = person or who.Who(cell("platform") or parsed.context.platform or "other", *[None] * 5)
    return [
        OutcomeRow(
            parsed.rows[at],
            *account,
            influencer_id=own,
            brand=cell("brand"),
            format=cell("format"),
            price=_price(parsed, "price", at),
            cost=_price(parsed, "cost", at),
            currency=cell("currency"),
            finished_at=finished,
            conversions=cell("conversions"),
            engagements=cell("engagements"),
            exclusive_until=_until(finished, cell("exclusive_until"), cell("exclusivity_days")),
            external_id=cell("external_id"),
        )
    ]


def _own_id(given: str | None, person: who.Who | None) -> str | None:
    """elci's own id, also where the file has it in the column of handles or ids."""
    told = (given, person and person.handle, person and person.platform_id, person and person.name)
    return next((text for text in told if text and _OWN_ID.fullmatch(text)), None)


def _price(parsed: Parsed, name: str, at: int) -> Price | None:
    """The price of a row; its currency is the cell's, else the header's."""
    for scope in (None, *parsed.scopes(name)):
        found: Price | None = parsed.column(name, scope)[at]
        if found is not None:
            return Price(found.amount, found.currency or scope)
    return None


def _until(finished: datetime, until: datetime | None, days: int | None) -> datetime | None:
    if until is not None or days is None:
        return until
    return finished + timedelta(days=min(days, _LONGEST_DAYS))


OUTCOMES = Kind(
    name="outcomes",
    fields=FIELDS,
    assemble=assemble,
    lists=frozenset(("outcomes", "collaborations", "campaigns", "deals", "isbirlikleri")),
    words=WORDS,
)
