"""What people read for the codes of reviews (GET /v1/labels)."""

from service.accounts.labels.registry import register

register(
    "review_status",
    {
        "pending": ("Karar bekliyor", "Waits for a decision"),
        "approved": ("Onaylandı", "Approved"),
        "rejected": ("Reddedildi", "Rejected"),
    },
)
register(
    "review_reason",
    {
        "spam": ("İstenmeyen içerik", "Spam"),
        "fake": ("Sahte değerlendirme", "Fake review"),
        "duplicate": ("Aynı değerlendirme", "Told twice"),
        "not_a_review": ("Ürün ya da satıcıyla ilgili değil", "Not about the product or the seller"),
        "offensive": ("Hakaret ya da nefret içeriyor", "Insulting or hateful"),
        "personal_data": ("Kişisel veri içeriyor", "Holds personal data"),
        "conflict_of_interest": ("Çıkar çatışması", "Conflict of interest"),
        "unlawful": ("Hukuka aykırı içerik", "Unlawful content"),
    },
)
register(
    "review_verified_by",
    {
        "order": ("Sipariş numarasıyla doğrulandı", "By the order that it names"),
        "customer": ("Müşterinin siparişiyle doğrulandı", "By an order of the customer's"),
    },
)
register(
    "review_moderation",
    {
        "none": ("Yeni değerlendirmeler onaylanır", "New reviews are approved"),
        "all": ("Her değerlendirme karar bekler", "Every review waits for a decision"),
    },
)
