"""What reasons and states of holds are called, for people (GET /v1/labels)."""

from service.accounts.labels.registry import register

CODES = {
    "self_referral_email": ("Kendi e-postasıyla alışveriş", "Bought with the partner's own e-mail address"),
    "self_referral_account": (
        "Aynı ödeme hesabından alışveriş",
        "Bought by somebody paid to the same account",
    ),
    "self_referral_domain": ("Kendi alan adından alışveriş", "Bought from the partner's own domain"),
    "self_referral_device": ("Kendi cihazından alışveriş", "Bought on the partner's own device"),
    "same_device": ("Aynı cihazdan çok müşteri", "Many customers on one device"),
    "duplicate_account": ("İkinci hesap", "Second account of a partner"),
    "shared_account": ("Ortak ödeme hesabı", "Payout account shared with another partner"),
    "fast_sale": ("Tıklamadan hemen sonra satış", "Sale right after the click"),
    "injected_click": ("Satıştan hemen önce araya giren tıklama", "Click slipped in before the sale"),
    "banned_referrer": ("Yasaklı kaynak", "Banned referrer"),
    "paid_search": ("Ücretli arama reklamı", "Paid search"),
    "disposable_email": ("Geçici e-posta adresi", "Throw-away e-mail address"),
    "unverified": ("İmzasız entegrasyon", "Integration without a signature"),
    "conversion_rate": ("Olağandışı dönüşüm oranı", "Unusual conversion rate"),
    "velocity": ("Olağandışı satış hızı", "Unusually many sales at once"),
    "leaked_coupon": ("Yayılmış kupon", "Leaked coupon"),
}
STATUSES = {
    "open": ("İncelemede", "To be reviewed"),
    "released": ("Serbest bırakıldı", "Released"),
    "confirmed": ("Onaylandı", "Confirmed"),
    "ended": ("Kendiliğinden sona erdi", "Ended by itself"),
}

register("review_code", CODES)
register("hold_status", STATUSES)
