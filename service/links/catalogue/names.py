"""What people read for the codes of links and coupons (GET /v1/labels)."""

from service.accounts.labels.registry import register
from service.imports import names as names  # names every reject that it knows by itself
from service.imports.rejects import REASONS

register(
    "link_mode",
    {
        "redirect": ("Yönlendirme", "Redirect"),
        "interstitial": ("Ara sayfa", "Page with a button"),
        "direct": ("Doğrudan bağlantı", "Direct link"),
    },
)
register(
    "link_status",
    {
        "active": ("Etkin", "Active"),
        "expired": ("Süresi doldu", "Expired"),
        "blocked": ("Engellendi", "Blocked"),
        "retired": ("Kaldırıldı", "Retired"),
    },
)
register(
    "link_health",
    {
        "ok": ("Çalışıyor", "Works"),
        "dead": ("Ölü", "Dead"),
        "unsure": ("Belirsiz", "Not sure"),
        "refused": ("Reddedildi", "Refused"),
    },
)
register(
    "link_network",
    {
        "trendyol": ("Trendyol", "Trendyol"),
        "hepsiburada": ("Hepsiburada", "Hepsiburada"),
        "amazon": ("Amazon", "Amazon"),
        "n11": ("N11", "N11"),
    },
)
register(
    "coupon_kind",
    {"exclusive": ("Kişiye özel", "Exclusive"), "public": ("Herkese açık", "Public")},
)
register(
    "coupon_status",
    {
        "active": ("Etkin", "Active"),
        "scheduled": ("Planlandı", "Scheduled"),
        "ended": ("Bitti", "Ended"),
        "archived": ("Arşivde", "Archived"),
    },
)
register("import_kind", {"links": ("Kısa bağlantılar", "Links"), "coupons": ("Kuponlar", "Coupons")})

_REJECTS = {
    "unknown_partner": ("Böyle bir iş ortağı yok.", "There is no such partner."),
    "unknown_coupon": ("Böyle bir kupon yok.", "There is no such coupon."),
    "not_a_destination": (
        "Bağlantı bu adrese gidemez.",
        "Not an address that a link of this workspace may lead to.",
    ),
    "code_not_available": ("Bu kod kullanılamıyor.", "This code is not available."),
    "invalid_link": ("Bu değerlerle bağlantı kurulamaz.", "These values make no link."),
    "invalid_coupon": ("Bu değerlerle kupon oluşturulamaz.", "These values make no coupon."),
}
REASONS.update({code: english for code, (_, english) in _REJECTS.items()})
register("import_reject", _REJECTS)
