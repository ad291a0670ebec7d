"""What the words of a shop's panel say about an order. Pure."""

import re
from typing import Literal

from service.conversions.reports import ConversionKind
from service.kit.text import fold_tr

State = Literal["paid", "unpaid", "cancelled", "returned"]

_WORD = re.compile(r"[a-z]+")
_CANCELLED = frozenset(
    (
        *("iptal", "cancelled", "canceled", "cancel", "voided", "void", "silindi", "silinmis"),
        *("silinen", "deleted"),
    )
)
_FAILED = frozenset(("basarisiz", "failed", "failure", "reddedildi", "declined", "rejected", "onaylanmadi"))
_RETURNED = frozenset(("iade", "refunded", "returned", "refund", "geri"))
# A wish to return is none yet, and a part of an order is told by an amount.
_NOT_YET = frozenset(
    (
        *("talep", "talebi", "istegi", "request", "requested", "bekliyor", "bekleniyor", "pending"),
        *("kismi", "partially", "partial", "parcali"),
    )
)
_UNPAID = frozenset(
    (
        *("bekliyor", "bekleniyor", "beklemede", "pending", "hold", "unpaid", "odenmedi", "waiting"),
        *("havale", "created"),
    )
)
_PAID = frozenset(
    (
        *("paid", "odendi", "odeme", "onaylandi", "onayli", "completed", "complete", "tamamlandi"),
        *("processing", "hazirlaniyor", "paketleniyor", "kargoda", "kargoya", "verildi"),
        *("kargolandi", "teslim", "edildi", "delivered", "shipped", "fulfilled", "tedarik", "alindi"),
        *("captured", "success", "succeeded", "basarili", "faturalandi", "confirmed"),
    )
)
_KINDS: dict[str, ConversionKind] = {
    **dict.fromkeys(("sale", "satis", "purchase", "order", "siparis"), "sale"),
    **dict.fromkeys(("lead", "form", "basvuru", "talep"), "lead"),
    **dict.fromkeys(("signup", "sign up", "uyelik", "kayit", "registration"), "signup"),
    **dict.fromkeys(("booking", "rezervasyon", "reservation"), "booking"),
    **dict.fromkeys(("custom", "diger", "other"), "custom"),
}


def state(*told: str | None) -> State | None:
    """What the states of an order and its payment say together; None where they say nothing known.

    >>> state("İptal Edildi"), state("Kargoya Verildi", "Ödendi"), state("Ödeme Bekliyor"), state("Mavi")
    ('cancelled', 'paid', 'unpaid', None)
    >>> state("İade Edildi"), state("İade Talebi Alındı"), state("Kısmi iade", "paid")
    ('returned', 'paid', 'paid')
    """
    found = [_one(text) for text in told if text]
    order: tuple[State, ...] = ("cancelled", "returned", "unpaid", "paid")
    return next((each for each in order if each in found), None)


def _one(text: str) -> State | None:
    words = set(_WORD.findall(fold_tr(text[:100])))
    if (words & _CANCELLED and not words & _NOT_YET) or words & _FAILED:
        return "cancelled"
    if words & _RETURNED:
        return "returned" if not words & _NOT_YET else "paid"
    if words & _UNPAID:
        return "unpaid"
    return "paid" if words & _PAID else None


def kind(text: str | None) -> ConversionKind | None:
    """The kind of conversion that a cell names; a sale where there is none, None for an unknown word.

    >>> kind("Satış"), kind(None), kind("üyelik"), kind("abc")
    ('sale', 'sale', 'signup', None)
    """
    return "sale" if not text else _KINDS.get(fold_tr(text.strip()))
