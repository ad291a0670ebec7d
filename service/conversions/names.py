"""What people read for codes of conversions (GET /v1/labels)."""

from service.accounts.labels.registry import register

register(
    "conversion_status",
    {
        "open": ("Ödenmedi", "Not paid"),
        "confirmed": ("Onaylı", "Confirmed"),
        "cancelled": ("İptal edildi", "Cancelled"),
    },
)
register(
    "conversion_kind",
    {
        "sale": ("Satış", "Sale"),
        "lead": ("Potansiyel müşteri", "Lead"),
        "signup": ("Kayıt", "Sign-up"),
        "booking": ("Rezervasyon", "Booking"),
        "custom": ("Özel", "Custom"),
    },
)
register(
    "conversion_channel",
    {
        "webhook": ("Webhook", "Webhook"),
        "api": ("API", "API"),
        "import": ("Dosya", "File"),
        "postback": ("Geri bildirim", "Postback"),
    },
)
register(
    "conversion_outcome",
    {
        "created": ("Yeni", "New"),
        "updated": ("Güncellendi", "Updated"),
        "unchanged": ("Aynı", "Unchanged"),
        "conflict": ("Çelişki", "Conflict"),
        "waiting": ("Siparişini bekliyor", "Waiting for its order"),
        "failed": ("Alınamadı", "Failed"),
    },
)
