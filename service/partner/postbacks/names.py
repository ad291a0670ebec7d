"""What people read for codes (GET /v1/labels)."""

from service.accounts.labels.registry import register

register(
    "postback_event",
    {
        "conversion.created": ("Dönüşüm size yazıldı", "A conversion is credited to you"),
        "conversion.refunded": ("İade edildi", "It was refunded"),
        "conversion.reversed": ("Geri alındı", "It was reversed"),
        "commission.changed": ("Komisyon değişti", "A commission changed"),
        "payout.paid": ("Ödeme yapıldı", "A payout was paid"),
        "test": ("Deneme", "A test"),
    },
)
register(
    "postback_delivery_status",
    {
        "waiting": ("Sırada", "Waits"),
        "delivered": ("Teslim edildi", "Delivered"),
        "given_up": ("Vazgeçildi", "Given up"),
    },
)
register(
    "postback_disabled",
    {
        "by_partner": ("Siz durdurdunuz", "You stopped it"),
        "failing": ("Üç gündür yanıt alınamıyor", "Nothing but failures for three days"),
        "gone": ("Alıcı artık yok (410)", "The receiver is gone (410)"),
    },
)
