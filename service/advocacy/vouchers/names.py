"""What people read for the codes of vouchers (GET /v1/labels)."""

from service.accounts.labels.registry import register

register(
    "voucher_pool_kind",
    {
        "discount": ("İndirim", "Discount"),
        "credit": ("Mağaza kredisi", "Store credit"),
        "gift_card": ("Hediye kartı", "Gift card"),
        "free_shipping": ("Ücretsiz kargo", "Free shipping"),
        "product": ("Hediye ürün", "Free product"),
    },
)
register(
    "voucher_pool_status",
    {"open": ("Açık", "Open"), "expired": ("Süresi doldu", "Expired"), "closed": ("Kapalı", "Closed")},
)
register(
    "voucher_status",
    {
        "free": ("Boşta", "Free"),
        "given": ("Verildi", "Given"),
        "redeemed": ("Kullanıldı", "Redeemed"),
        "expired": ("Süresi doldu", "Expired"),
        "void": ("Geçersiz", "Void"),
    },
)
register(
    "voucher_code_problem",
    {
        "too_short": ("Çok kısa", "Too short"),
        "too_long": ("Çok uzun", "Too long"),
        "bad_character": ("Kodda olamayan bir karakter var", "Holds a character that no code has"),
        "twice_in_file": ("Dosyada daha önce geçti", "Stands earlier in the file"),
        "in_this_pool": ("Bu havuzda var", "Is in this pool"),
        "in_another_pool": ("Başka bir havuzda var", "Is in another pool"),
    },
)
