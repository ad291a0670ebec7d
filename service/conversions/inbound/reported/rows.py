"""Files of marketplaces' partner panels (Trendyol, Hepsiburada, Amazon, N11): a row is a line of the report.

No panel's columns are documented: the headers are those that panels and their exports show, in Turkish and
English, and a mapping overrides them.
"""

import re
from typing import Any

from msgspec import Struct

from service.conversions.inbound.files.cells import CASH, CURRENCY, PERIOD, Cash, Period
from service.imports.cells.types import COUNT, ID
from service.imports.kinds import Field, Kind, Parsed, RowError
from service.kit.text import fold_tr


class PanelRow(Struct, frozen=True):
    """One line as the file has it."""

    row: int
    network: str | None
    period: Period | None
    ends: Period | None
    tracking_id: str | None
    sub_id: str | None
    campaign: str | None
    product_id: str | None
    reference: str | None
    state: str | None
    currency: str | None
    clicks: int | None
    orders: int | None
    items: int | None
    sales: Cash | None
    returns: Cash | None
    commission: Cash | None


WORDS = {
    "networkname": ("network", "marketplace", "pazaryeri", "pazar yeri", "ag", "platform", "satis kanali"),
    "reportday": (
        *("date", "day", "tarih", "gun", "donem", "period", "month", "ay", "siparis tarihi", "order date"),
        *("start date", "baslangic", "baslangic tarihi", "date shipped", "from", "satis tarihi"),
    ),
    "reportend": ("end date", "bitis", "bitis tarihi", "to", "son tarih"),
    "trackingid": (
        *("tracking id", "tracking id tag", "takip kodu", "takip kimligi", "takip id", "store id", "tag"),
        *("influencer kodu", "link kodu", "link id", "baglanti", "baglanti kodu", "affiliate id", "ref"),
        *("koleksiyon", "koleksiyon kodu", "koleksiyon adi", "tracking code", "adjust t", "wt af"),
    ),
    "subid": ("sub id", "subid", "sub tag", "ascsubtag", "alt kimlik", "alt id", "utm subaff", "click id"),
    "campaignname": ("campaign", "campaign name", "kampanya", "kampanya adi", "campaign id", "kampanya id"),
    "productid": (
        *("product", "product id", "product code", "asin", "sku", "urun", "urun kodu", "urun id"),
        *("barkod", "barcode", "stok kodu", "icerik id", "content id"),
    ),
    "orderreference": (
        "order id",
        "order no",
        "order number",
        "siparis no",
        "siparis numarasi",
        "siparis id",
    ),
    "reportstate": ("status", "state", "durum", "siparis durumu", "onay durumu", "komisyon durumu"),
    "currencyname": ("currency", "para birimi", "doviz"),
    "clickcount": (
        *("click", "clicks", "total clicks", "tiklama", "tiklama sayisi", "toplam tiklama", "tik"),
        *("tiklanma", "ziyaret", "visits", "tekil tiklama"),
    ),
    "ordercount": (
        *("orders", "order count", "siparis", "siparis sayisi", "siparis adedi", "toplam siparis"),
        *("number of orders", "conversions", "donusum", "donusum sayisi", "satis sayisi"),
    ),
    "itemcount": (
        *("items", "items shipped", "shipped items", "ordered items", "items ordered", "quantity", "qty"),
        *("adet", "urun adedi", "satilan urun", "satis adedi", "satilan adet", "urun sayisi"),
    ),
    "saletotal": (
        *("sales", "revenue", "sales amount", "gmv", "ciro", "satis", "satis tutari", "toplam satis"),
        *("toplam ciro", "siparis tutari", "tutar", "toplam tutar", "items shipped revenue", "net satis"),
        *("net ciro", "amount", "ordered revenue", "shipped revenue"),
    ),
    "returntotal": ("returns", "return amount", "iade", "iade tutari", "refunds", "iptal iade tutari"),
    "commissiontotal": (
        *("commission", "commissions", "earnings", "ad fees", "ad fee", "fees", "komisyon", "kazanc"),
        *("komisyon tutari", "toplam komisyon", "hakedis", "hak edis", "toplam kazanc", "total earnings"),
        *("bounty", "gelir", "net kazanc", "tahmini kazanc", "total commission"),
    ),
    "aside": (
        *("name", "product name", "urun adi", "category", "kategori", "title", "price", "fiyat"),
        *("conversion", "conversion rate", "donusum orani", "commission rate", "komisyon orani", "link"),
        *("seller", "satici", "marka", "brand", "device type group", "ctr"),
    ),
}
FIELDS = (
    Field("network", ID, ("=networkname",)),
    Field("period", PERIOD, ("=reportday",)),
    Field("ends", PERIOD, ("=reportend",)),
    Field("tracking_id", ID, ("=trackingid",)),
    Field("sub_id", ID, ("=subid",)),
    Field("campaign", ID, ("=campaignname",)),
    Field("product_id", ID, ("=productid",)),
    Field("reference", ID, ("=orderreference",)),
    Field("state", ID, ("=reportstate",)),
    Field("currency", CURRENCY, ("=currencyname",)),
    Field("clicks", COUNT, ("=clickcount",)),
    Field("orders", COUNT, ("=ordercount",)),
    Field("items", COUNT, ("=itemcount",)),
    Field("sales", CASH, ("=saletotal",)),
    Field("returns", CASH, ("=returntotal",)),
    Field("commission", CASH, ("=commissiontotal",)),
    Field("aside", ID, ("=aside",), kept=False),
)
_NAMES = PanelRow.__struct_fields__[1:]
_FIGURES = ("clicks", "orders", "items", "sales", "returns", "commission")
_TOTAL = frozenset({"toplam", "total", "genel toplam", "grand total"})
_NETWORKS = ("trendyol", "hepsiburada", "amazon", "n11")
_PLAIN = re.compile(r"[^a-z0-9]+")


def assemble(parsed: Parsed) -> list[list[PanelRow] | RowError]:
    """The line in each row; a panel's own last line of sums is none."""
    columns = {name: parsed.column(name) for name in _NAMES}
    return [
        _row(parsed.rows[at], {name: column[at] for name, column in columns.items()})
        for at in range(len(parsed.rows))
    ]


def _row(row: int, cells: dict[str, Any]) -> list[PanelRow] | RowError:
    if all(cells[name] is None for name in _FIGURES):
        return RowError("missing_value", "sales")
    texts = [
        cells[name] for name in ("network", "tracking_id", "campaign", "product_id", "reference", "state")
    ]
    if any(text and fold_tr(text).strip() in _TOTAL for text in texts):
        return RowError("sum_line", None)
    return [PanelRow(row, **cells)]


def network_of(*told: str | None) -> str:
    """The marketplace that the first telling word names; `other` where none does.

    >>> network_of(None, "Trendyol Satış Ortaklığı"), network_of("Çiçek Sepeti"), network_of(None, "import")
    ('trendyol', 'cicek_sepeti', 'other')
    """
    for text in told:
        folded = fold_tr(text or "")
        known = next((name for name in _NETWORKS if name in folded), None)
        if known is not None:
            return known
    first = next((text for text in told if text and text != "import"), "")
    return _PLAIN.sub("_", fold_tr(first)).strip("_")[:60] or "other"


PANELS = Kind(
    name="network_report",
    fields=FIELDS,
    assemble=assemble,
    lists=frozenset(("reports", "rows", "earnings", "raporlar")),
    words=WORDS,
)
