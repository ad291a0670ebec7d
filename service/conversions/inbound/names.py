"""What kinds, states and reasons of what comes in are called, for people."""

from service.accounts.labels.registry import register
from service.imports import names as names  # names every reject that it knows by itself
from service.imports.rejects import REASONS

KINDS = {
    "shopify": ("Shopify", "Shopify"),
    "woocommerce": ("WooCommerce", "WooCommerce"),
    "stripe": ("Stripe", "Stripe"),
    "ikas": ("ikas", "ikas"),
    "ideasoft": ("IdeaSoft", "IdeaSoft"),
    "iyzico": ("iyzico", "iyzico"),
    "ga4": ("Google Analytics", "Google Analytics"),
    "meta": ("Meta", "Meta"),
    "generic": ("Postback", "Postback"),
}
STATUSES = {
    "received": ("Alındı, henüz okunmadı", "Received, not read yet"),
    "processed": ("İşlendi", "Processed"),
    "ignored": ("Dikkate alınmadı", "Ignored"),
    "needs_fetch": ("Kaynağından alınmalı", "Needs to be fetched"),
    "quarantined": ("Karantinada", "Quarantined"),
    "failed": ("Okunamadı", "Failed"),
}
REASON_NAMES = {
    "topic": ("Konusu bizi ilgilendirmiyor", "A topic that is nothing to us"),
    "test": ("Deneme teslimatı", "A test delivery"),
    "status": ("Durumu bizi ilgilendirmiyor", "A state that is nothing to us"),
    "kind": ("Türü bizi ilgilendirmiyor", "A kind that is nothing to us"),
    "empty": ("İçinde bir şey yok", "There is nothing in it"),
    "macro": ("Doldurulmamış makro", "A macro that was not filled in"),
    "amount": ("Tutar okunamıyor", "An amount that can't be read"),
    "currency": ("Para birimi bilinmiyor", "An unknown currency"),
    "time": ("Tarih olamaz", "A time that can't be meant"),
    "missing": ("Gerekli bir alan eksik", "A field that is needed is missing"),
    "shape": ("Biçimi tanınmıyor", "An unknown shape"),
    "refund-exists": ("İade başka bir siparişte kayıtlı", "The refund is another order's"),
    "unexpected": ("Beklenmeyen hata", "Something unexpected"),
    "erased": ("Silinme talebiyle boşaltıldı", "Emptied by an erasure"),
    "unsigned": ("İmza yok", "The signature is missing"),
    "malformed": ("İmza okunamıyor", "The signature can't be read"),
    "mismatch": ("İmza uymuyor", "The signature does not fit"),
    "stale": ("İmzanın zamanı çok eski", "The signature is too old"),
    "no_secret": ("Henüz gizli anahtar yok", "There is no secret yet"),
}

register("integration_kind", KINDS)
register("delivery_status", STATUSES)
register("delivery_reason", REASON_NAMES)
register(
    "import_kind",
    {
        "conversions": ("Siparişler", "Conversions"),
        "network_report": ("Pazaryeri raporu", "Marketplace report"),
    },
)

_REJECTS = {"sum_line": ("Toplam satırı; her şeyi iki kez sayardı.", "A line of sums: it would count twice.")}
REASONS.update({code: english for code, (_, english) in _REJECTS.items()})
register("import_reject", _REJECTS)
