"""What people read for where promises stand (GET /v1/labels)."""

from service.accounts.labels.registry import register

register(
    "promise_standing",
    {
        "waiting": ("Vadesi gelmedi", "Not due yet"),
        "ready": ("Alınmayı bekliyor", "Ready to be fetched"),
        "overdue": ("Gecikti", "Overdue"),
        "delivered": ("Teslim edildi", "Delivered"),
        "expired": ("Süresi doldu", "Expired"),
        "withdrawn": ("Geri alındı", "Withdrawn"),
    },
)
