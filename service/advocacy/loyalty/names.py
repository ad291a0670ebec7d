"""What people read for the codes of loyalty (GET /v1/labels)."""

from service.accounts.labels.registry import register

register(
    "loyalty_reason",
    {
        "no_orders": ("Sipariş yok", "There are no orders"),
        "no_known_customers": ("Bilinen müşteri yok", "No customer is known"),
        "no_previous": ("Karşılaştırılacak dönem yok", "Nothing to compare with"),
        "other_customers_left_out": ("Diğer müşteriler dışarıda bırakıldı", "Other customers are left out"),
        "no_reviews": ("Yıldızlı değerlendirme yok", "There are no reviews with stars"),
        "no_mentions": ("Bahsetme yok", "There are no mentions"),
        "no_known_authors": ("Yazarlar bilinmiyor", "No author is known"),
        "no_own_accounts": ("Markanın hesabı yok", "There are no own accounts"),
        "no_snapshots": ("İki ucu gösteren ölçüm yok", "No snapshots tell both ends"),
        "no_answers": ("Yanıt yok", "There are no answers"),
    },
)
