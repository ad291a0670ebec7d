"""What people read for codes (GET /v1/labels)."""

from service.accounts.labels.registry import register

register(
    "advocate_status",
    {
        "guest": ("Davetli: henüz katılmadı", "Guest: has not joined"),
        "active": ("Etkin", "Active"),
        "paused": ("Duraklatıldı", "Paused"),
        "left": ("Ayrıldı", "Left"),
    },
)
register(
    "referral_state",
    {
        "invited": ("Davet edildi", "Invited"),
        "clicked": ("Bağlantıyı açtı", "Opened the link"),
        "signed_up": ("Üye oldu", "Signed up"),
        "qualified": ("Alışveriş yaptı", "Bought"),
        "rewarded": ("Ödüllendirildi", "Rewarded"),
        "rejected": ("Reddedildi", "Rejected"),
    },
)
register(
    "referral_hold",
    {
        "self_referral": ("Kendini yönlendirdi", "Referred themselves"),
        "cycle": ("Birbirini yönlendirenler", "People who refer each other"),
        "ring": ("Sahte hesap halkası şüphesi", "Looks like a ring of made-up accounts"),
        "second_account": ("İkinci hesap şüphesi", "Looks like a second account"),
        "review": ("Elle incelemeye alındı", "Held by hand"),
    },
)
register(
    "reward_status",
    {
        "pending": ("İade süresi bekleniyor", "Pending: the return period runs"),
        "on_hold": ("İncelemede", "On hold"),
        "available": ("Kullanılabilir", "Available"),
        "redeemed": ("Kullanıldı", "Redeemed"),
        "expired": ("Süresi doldu", "Expired"),
        "reversed": ("Geri alındı", "Taken back"),
        "rejected": ("Reddedildi", "Rejected"),
    },
)
register(
    "reward_reason",
    {
        "limit": ("Kişi sınırı aşıldı", "Over the limit for one person"),
        "budget": ("Program bütçesi aşıldı", "Over the program's budget"),
        "refunded": ("Sipariş iade edildi", "The order was refunded"),
        "referral": ("Yönlendirme reddedildi", "The referral was rejected"),
        "decided": ("Elle karar verildi", "Decided by hand"),
        "self_referral": ("Kendini yönlendirdi", "Referred themselves"),
        "cycle": ("Birbirini yönlendirenler", "People who refer each other"),
        "ring": ("Sahte hesap halkası şüphesi", "Looks like a ring of made-up accounts"),
        "second_account": ("İkinci hesap şüphesi", "Looks like a second account"),
        "review": ("Elle incelemeye alındı", "Held by hand"),
    },
)
register(
    "reward_kind",
    {
        "points": ("Puan", "Points"),
        "credit": ("Alışveriş kredisi", "Store credit"),
        "cash": ("Nakit", "Cash"),
        "voucher": ("Hediye çeki", "Voucher"),
        "discount": ("İndirim", "Discount"),
    },
)
register(
    "reward_trigger",
    {
        "referred_click": ("Davet bağlantısı açıldı", "Invitation opened"),
        "signup": ("Arkadaş üye oldu", "Friend signed up"),
        "first_purchase": ("Arkadaşın ilk alışverişi", "Friend's first purchase"),
        "nth_purchase": ("Arkadaşın sonraki alışverişi", "Friend's later purchase"),
        "review": ("Değerlendirme", "Review"),
        "content": ("Onaylanan içerik", "Approved content"),
        "mention": ("Olumlu bahsetme", "Positive mention"),
        "comment": ("Yorum", "Comment"),
        "share": ("Paylaşım", "Share"),
    },
)
