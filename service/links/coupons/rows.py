"""Files of coupons: a row is a code."""

from datetime import datetime
from typing import Any

from msgspec import Struct

from service.imports.cells.types import COUNT, LINE, MOMENT
from service.imports.kinds import Field, Kind, Parsed, RowError


class CouponFileRow(Struct, frozen=True):
    """One coupon as the file has it. `partner`: an id, an address, or a name that one partner has."""

    row: int
    code: str
    kind: str | None
    partner: str | None
    starts_at: datetime | None
    ends_at: datetime | None
    limit: int | None


WORDS = {
    "couponcode": (
        "code",
        "coupon",
        "coupon code",
        "discount code",
        "kod",
        "kupon",
        "kupon kodu",
        "indirim kodu",
    ),
    "couponkind": ("kind", "type", "tur", "tip", "kupon turu"),
    "partner": ("partner", "partner id", "partner name", "partner email", "ortak", "is ortagi", "influencer"),
    "couponstart": ("starts at", "start", "start date", "baslangic", "baslangic tarihi"),
    "couponend": ("ends at", "end", "end date", "bitis", "bitis tarihi", "son tarih"),
    "usagelimit": ("limit", "usage limit", "kullanim siniri", "sinir"),
}
FIELDS = (
    Field("code", LINE, ("=couponcode",)),
    Field("kind", LINE, ("=couponkind",)),
    Field("partner", LINE, ("=partner",)),
    Field("starts_at", MOMENT, ("=couponstart",)),
    Field("ends_at", MOMENT, ("=couponend",)),
    Field("limit", COUNT, ("=usagelimit",)),
)


def assemble(parsed: Parsed) -> list[list[CouponFileRow] | RowError]:
    """The coupon of each row."""
    columns = {name: parsed.column(name) for name in CouponFileRow.__struct_fields__[1:]}
    return [
        _row(row, {name: column[at] for name, column in columns.items()})
        for at, row in enumerate(parsed.rows)
    ]


def _row(row: int, cells: dict[str, Any]) -> list[CouponFileRow] | RowError:
    if not cells["code"]:
        return RowError("missing_value", "code")
    return [CouponFileRow(row, **cells)]


COUPONS = Kind(
    name="coupons",
    fields=FIELDS,
    assemble=assemble,
    lists=frozenset(("coupons", "codes", "kuponlar")),
    words=WORDS,
)
