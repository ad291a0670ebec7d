"""Files of orders: a row is an order, or one of its lines; headers as shops' panels write them.

Ticimax, T-Soft and others have no webhooks: their lists of orders are exported, and so are Shopify's and
WooCommerce's. Column names: INTEGRATIONS 2, and the shops' export screens.
"""

import re
from datetime import datetime
from typing import Any

from msgspec import Struct

from service.conversions.inbound.files.cells import CASH, CURRENCY, TEXTS, TIME, Cash
from service.imports.cells.types import AMOUNT, BOOLEAN, COUNT, COUNTRY, EMAIL, ID, LONG
from service.imports.kinds import Field, Kind, Parsed, RowError


class OrderFileRow(Struct, frozen=True):
    """One row as the file has it."""

    row: int
    order_id: str | None
    number: str | None
    code: str | None
    kind: str | None
    status: str | None
    payment_status: str | None
    amount: Cash | None
    amount_minor: int | None
    currency: str | None
    tax_included: bool | None
    tax: Cash | None
    shipping: Cash | None
    shipping_tax: Cash | None
    fees: Cash | None
    discount: Cash | None
    coupon: str | None
    click_id: str | None
    customer_id: str | None
    email: str | None
    is_new: bool | None
    country: str | None
    referrer: str | None
    landing: str | None
    campaign: str | None
    extra: tuple[str, ...] | None
    occurred_at: datetime | None
    updated_at: datetime | None
    delivered_at: datetime | None
    cancelled_at: datetime | None
    refunded: Cash | None
    refund_id: str | None
    refunded_at: datetime | None
    sku: str | None
    product_id: str | None
    category: str | None
    quantity: float | None
    line_net: Cash | None
    line_total: Cash | None
    line_tax: Cash | None
    line_discount: Cash | None


WORDS = {
    "orderid": (
        "id",
        "order id",
        "external id",
        "siparis id",
        "transaction id",
        "islem no",
        "siparis kimligi",
    ),
    "ordernumber": (
        *("order", "order no", "order number", "order name", "name", "number", "siparis", "siparis no"),
        *("siparis numarasi", "siparis nosu", "fatura no", "invoice"),
    ),
    "ordercode": ("siparis kodu", "order code", "order key", "siparis referansi", "referans no"),
    "orderkind": ("kind", "type", "event", "tur", "olay", "donusum turu", "conversion type"),
    "orderstatus": (
        *("status", "order status", "durum", "siparis durumu", "fulfillment status", "durumu"),
        *("siparis durum", "kargo durumu"),
    ),
    "paymentstatus": ("payment status", "financial status", "odeme durumu", "odeme durum", "paid"),
    "ordertotal": (
        *("amount", "total", "order total", "grand total", "total price", "toplam", "toplam tutar", "tutar"),
        *("siparis tutari", "siparis toplami", "siparis toplam tutari", "genel toplam", "odenen tutar"),
        *("odenecek tutar", "siparis toplam", "net tutar", "son tutar", "final amount", "order amount"),
    ),
    # Records as the API has them are in minor units.
    "minortotal": ("amount amount", "amount minor", "amount in minor units"),
    "currencyname": (
        "amount currency",
        "currency",
        "para birimi",
        "doviz",
        "doviz cinsi",
        "currency code",
        "kur birimi",
    ),
    "taxincluded": ("tax included", "kdv dahil", "vergi dahil", "taxes included"),
    "ordertax": ("tax", "taxes", "total tax", "kdv", "kdv tutari", "vergi", "toplam kdv", "vergi tutari"),
    "ordershipping": (
        *("shipping", "shipping total", "shipping cost", "kargo", "kargo ucreti", "kargo tutari"),
        *("kargo bedeli", "teslimat ucreti"),
    ),
    "shippingtax": ("shipping tax", "kargo kdv", "kargo kdvsi"),
    "orderfees": (
        *("fees", "fee", "service fee", "ek ucret", "hizmet bedeli", "kapida odeme ucreti", "vade farki"),
        *("kapida odeme bedeli", "hediye paketi ucreti", "taksit farki"),
    ),
    "orderdiscount": (
        *("discount", "discount amount", "total discount", "indirim", "indirim tutari", "toplam indirim"),
        *("hediye ceki tutari", "kupon indirimi", "kupon tutari", "kampanya indirimi"),
    ),
    "couponcode": (
        *("coupon", "coupon code", "discount code", "promo code", "voucher", "kupon", "kupon kodu"),
        *(
            "indirim kodu",
            "hediye ceki",
            "hediye ceki kodu",
            "kampanya kodu",
            "promosyon kodu",
            "indirim kuponu",
        ),
    ),
    "clickid": ("click id", "click", "elci", "elci click id", "tiklama", "tiklama kimligi", "tiklama no"),
    "customerid": (
        *("customer id", "customer external id", "musteri no", "musteri numarasi", "musteri id", "uye id"),
        *("uye no", "uye kodu", "musteri kodu", "uye numarasi"),
    ),
    "customeremail": (
        *("email", "customer email", "e mail", "eposta", "e posta", "musteri e posta", "uye mail", "mail"),
        *("musteri email", "uye e posta", "billing email", "uye email", "musteri mail", "mail adresi"),
    ),
    "newcustomer": (
        "is new",
        "new customer",
        "customer is new",
        "yeni musteri",
        "ilk siparis",
        "first order",
    ),
    "ordercountry": (
        *("country", "ulke", "shipping country", "billing country", "teslimat ulkesi", "fatura ulke"),
        *("country code",),
    ),
    "orderreferrer": (
        *("referrer", "referer", "referring site", "referans", "yonlendiren", "geldigi site"),
        *("yonlendiren site", "siparis referer"),
    ),
    "landingpage": ("landing", "landing page", "landing site", "giris sayfasi", "gelis adresi"),
    "ordersource": (
        *(
            "source",
            "utm source",
            "reklam kaynagi",
            "kaynak",
            "trafik kaynagi",
            "campaign",
        ),
        *("kampanya",),
    ),
    "freefield": (
        *(
            "ozel alan",
            "siparis kaynagi",
            "custom field",
            "note",
            "notes",
            "note attributes",
            "not",
            "siparis notu",
            "aciklama",
        ),
        *("meta", "tags", "etiketler", "musteri notu"),
    ),
    "ordertime": (
        *("date", "order date", "created", "created at", "occurred at", "processed at", "siparis tarihi"),
        *("tarih", "siparis zamani", "olusturma tarihi", "islem tarihi", "time", "paid at", "odeme tarihi"),
    ),
    "updatetime": (
        "updated at",
        "modified",
        "date modified",
        "guncelleme tarihi",
        "son guncelleme",
        "stated at",
    ),
    "deliverytime": (
        "delivered at",
        "delivery date",
        "teslim tarihi",
        "teslimat tarihi",
        "teslim edilme tarihi",
    ),
    "canceltime": ("cancelled at", "canceled at", "cancellation date", "iptal tarihi"),
    "refundtotal": (
        *("refund", "refunded", "refunded amount", "refund amount", "total refunded", "iade tutari", "iade"),
        *("iade edilen tutar", "toplam iade"),
    ),
    "refundid": ("refund id", "iade no", "iade numarasi", "iade kodu"),
    "refundtime": ("refunded at", "refund date", "iade tarihi"),
    "linesku": ("sku", "lineitem sku", "stok kodu", "urun stok kodu", "barkod", "barcode", "item sku"),
    "lineproduct": (
        *("product id", "urun id", "urun kodu", "product code", "variant id", "varyant id", "urun karti id"),
        *("urun no",),
    ),
    "linecategory": ("category", "product category", "kategori", "urun kategorisi", "kategori adi"),
    "linequantity": ("quantity", "qty", "lineitem quantity", "adet", "miktar", "urun adedi"),
    "linenet": (
        "line net",
        "net",
        "net price",
        "satir net",
        "kdv haric tutar",
        "kdv haric",
        "satir net tutar",
    ),
    "linetotal": (
        "line total",
        "satir toplami",
        "satir tutari",
        "urun tutari",
        "urun toplami",
        "lineitem total",
    ),
    "linetax": ("line tax", "satir kdv", "urun kdv", "lineitem tax", "urun kdv tutari"),
    "linediscount": ("line discount", "lineitem discount", "satir indirimi", "urun indirimi"),
    # Known so that nothing else is taken for them.
    "aside": (
        *("kur", "odemeler", "urunler", "products", "payments", "subtotal", "ara toplam", "lineitem price"),
        *("lineitem name", "urun adi", "birim fiyat", "price", "fiyat", "unit price", "odeme tipi"),
        *("payment method", "odeme yontemi", "shipping method", "kargo firmasi", "vendor", "iade talebi"),
        *("ad", "soyad", "ad soyad", "adi soyadi", "musteri", "musteri adi", "uye adi", "telefon", "phone"),
        *("sehir", "ilce", "adres", "city", "address", "billing name", "shipping name", "fulfilled at"),
    ),
}
FIELDS = (
    Field("order_id", ID, ("=orderid",)),
    Field("number", ID, ("=ordernumber",)),
    Field("code", ID, ("=ordercode",)),
    Field("kind", ID, ("=orderkind",)),
    Field("status", ID, ("=orderstatus",)),
    Field("payment_status", ID, ("=paymentstatus",)),
    Field("amount", CASH, ("=ordertotal",)),
    Field("amount_minor", COUNT, ("=minortotal",)),
    Field("currency", CURRENCY, ("=currencyname",)),
    Field("tax_included", BOOLEAN, ("=taxincluded",)),
    Field("tax", CASH, ("=ordertax",)),
    Field("shipping", CASH, ("=ordershipping",)),
    Field("shipping_tax", CASH, ("=shippingtax",)),
    Field("fees", CASH, ("=orderfees",)),
    Field("discount", CASH, ("=orderdiscount",)),
    Field("coupon", ID, ("=couponcode",)),
    Field("click_id", ID, ("=clickid",)),
    Field("customer_id", ID, ("=customerid",)),
    Field("email", EMAIL, ("=customeremail",)),
    Field("is_new", BOOLEAN, ("=newcustomer",)),
    Field("country", COUNTRY, ("=ordercountry",)),
    Field("referrer", LONG, ("=orderreferrer",)),
    Field("landing", LONG, ("=landingpage",)),
    Field("campaign", ID, ("=ordersource",)),
    Field("extra", TEXTS, ("=freefield",), many=True),
    Field("occurred_at", TIME, ("=ordertime",)),
    Field("updated_at", TIME, ("=updatetime",)),
    Field("delivered_at", TIME, ("=deliverytime",)),
    Field("cancelled_at", TIME, ("=canceltime",)),
    Field("refunded", CASH, ("=refundtotal",)),
    Field("refund_id", ID, ("=refundid",)),
    Field("refunded_at", TIME, ("=refundtime",)),
    Field("sku", ID, ("=linesku",)),
    Field("product_id", ID, ("=lineproduct",)),
    Field("category", ID, ("=linecategory",)),
    Field("quantity", AMOUNT, ("=linequantity",)),
    Field("line_net", CASH, ("=linenet",)),
    Field("line_total", CASH, ("=linetotal",)),
    Field("line_tax", CASH, ("=linetax",)),
    Field("line_discount", CASH, ("=linediscount",)),
    Field("aside", TEXTS, ("=aside",), many=True, kept=False),
)
_NAMES = OrderFileRow.__struct_fields__[1:]
# By what orders, refunds and customers are told apart. What a spreadsheet has made of a long id lost the
# digits that did: several of them would be one.
_TELLING = ("order_id", "number", "code", "refund_id", "customer_id")
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d{1,3}")


def assemble(parsed: Parsed) -> list[list[OrderFileRow] | RowError]:
    """The order, or line of one, in each row."""
    columns = {name: parsed.column(name) for name in _NAMES}
    return [
        _row(parsed.rows[at], {name: column[at] for name, column in columns.items()})
        for at in range(len(parsed.rows))
    ]


def _row(row: int, cells: dict[str, Any]) -> list[OrderFileRow] | RowError:
    if not (cells["order_id"] or cells["number"] or cells["code"]):
        return RowError("missing_value", "number")
    for name in _TELLING:
        if cells[name] and _SHORTENED.fullmatch(cells[name]):
            return RowError("shortened_number", name)
    return [OrderFileRow(row, **cells)]


ORDERS = Kind(
    name="conversions",
    fields=FIELDS,
    assemble=assemble,
    lists=frozenset(("conversions", "orders", "siparisler", "donusumler")),
    words=WORDS,
    # What a dry run shows is stored.
    hidden=frozenset(("email", "customer_id", "extra")),
)
