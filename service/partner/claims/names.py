"""What people read for codes (GET /v1/labels)."""

from service.accounts.labels.registry import register

register(
    "claim_kind",
    {
        "untracked_sale": ("Sayılmayan satış", "A sale that was not credited"),
        "question": ("Komisyon sorusu", "A question about a commission"),
    },
)
register(
    "claim_status",
    {
        "open": ("Karar bekliyor", "Waits for a decision"),
        "accepted": ("Kabul edildi", "Accepted"),
        "declined": ("Reddedildi", "Declined"),
        "withdrawn": ("Geri çekildi", "Withdrawn"),
    },
)
