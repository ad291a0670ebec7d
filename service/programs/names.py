"""Names in other forms, and what people read for codes (GET /v1/labels)."""

import re

from service.accounts.labels.registry import register
from service.kit.text import fold_tr

_STATUS = {
    "active": ("Etkin", "Active"),
    "paused": ("Duraklatıldı", "Paused"),
    "archived": ("Arşivde", "Archived"),
}
LONGEST_SLUG = 60

register("partner_status", _STATUS)
register("program_status", _STATUS)
register(
    "program_kind", {"affiliate": ("Satış ortaklığı", "Affiliate"), "advocacy": ("Savunuculuk", "Advocacy")}
)
register(
    "rule_kind",
    {
        "click": ("Tıklama", "Click"),
        "lead": ("Potansiyel müşteri", "Lead"),
        "sale": ("Satış", "Sale"),
        "signup": ("Kayıt", "Sign-up"),
        "booking": ("Rezervasyon", "Booking"),
    },
)
register(
    "rule_recurring",
    {
        "first": ("Müşterinin ilk satışı", "The customer's first sale"),
        "months": ("İlk satıştan sonra şu kadar ay", "So many months from the first sale on"),
        "life": ("Her satış", "Every sale"),
    },
)
register(
    "rule_customers",
    {
        "any": ("Her müşteri", "Every customer"),
        "new": ("Yeni müşteriler", "New customers"),
        "returning": ("Eski müşteriler", "Returning customers"),
    },
)
register(
    "period",
    {
        "month": ("Ay", "Month"),
        "quarter": ("Çeyrek yıl", "Quarter"),
        "year": ("Yıl", "Year"),
        "all": ("Başından beri", "From the beginning"),
    },
)
register(
    "hold_from",
    {
        "delivered": ("Teslimattan sonra", "After the delivery"),
        "paid": ("Ödemeden sonra", "After the payment"),
        "event": ("Olaydan sonra", "After the event"),
    },
)
register(
    "nothing_paid",
    {
        "partner_paused": ("İş ortağı duraklatılmıştı", "The partner was paused"),
        "partner_archived": ("İş ortağı arşivdeydi", "The partner was archived"),
        "program_paused": ("Program duraklatılmıştı", "The program was paused"),
        "program_archived": ("Program arşivdeydi", "The program was archived"),
    },
)
register(
    "application_status",
    {
        "open": ("Açık", "Open"),
        "approved": ("Kabul edildi", "Approved"),
        "rejected": ("Reddedildi", "Rejected"),
    },
)
register(
    "notice",
    {
        "application_decided": ("Başvurunun sonucu", "What comes of an application"),
        "first_sale": ("İlk satış", "The first sale"),
        "payout_paid": ("Yapılan ödemeler", "Payouts that were paid"),
        "terms_changed": ("Değişen koşullar", "Changed terms"),
    },
)
register(
    "partner_likeness",
    {
        "influencer": ("Aynı influencer", "The same influencer"),
        "email": ("Aynı e-posta kutusu", "The same mailbox"),
        "name": ("Aynı ad", "The same name"),
    },
)


def slug(name: str) -> str:
    """A name as it can stand in an address; empty where nothing of it can.

    >>> slug("Ayşe  Öz & Co."), slug("山田")
    ('ayse-oz-co', '')
    """
    return re.sub(r"[^a-z0-9]+", "-", fold_tr(name)).strip("-")[:LONGEST_SLUG].strip("-")


def email_key(email: str | None) -> str | None:
    """By what two spellings of one address are the same.

    >>> email_key(" Ayse@Example.com ")
    'ayse@example.com'
    """
    return None if email is None else email.strip().casefold()
