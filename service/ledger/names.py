"""What people read for codes (GET /v1/labels)."""

from service.accounts.labels.registry import register

register(
    "commission_status",
    {
        "pending": ("İade süresi bekleniyor", "Pending: the return period runs"),
        "on_hold": ("İncelemede", "On hold for a review"),
        "payable": ("Ödenebilir", "Payable"),
        "paid": ("Ödendi", "Paid"),
        "reversed": ("Geri alındı", "Reversed"),
        "rejected": ("Reddedildi", "Rejected"),
    },
)
register(
    "commission_step",
    {
        "accrual": ("Hak ediş", "Earned"),
        "correction": ("Düzeltme", "Correction"),
        "clawback": ("İade kesintisi", "Claw-back"),
    },
)
register(
    "commission_kind",
    {
        "click": ("Tıklama", "Click"),
        "lead": ("Potansiyel müşteri", "Lead"),
        "sale": ("Satış", "Sale"),
        "signup": ("Üyelik", "Sign-up"),
        "booking": ("Rezervasyon", "Booking"),
        "bonus": ("Hedef primi", "Bonus"),
        "override": ("Ajans payı", "Agency's part"),
        "custom": ("Diğer", "Other"),
    },
)
register(
    "commission_reason",
    {
        "refunded": ("İade edildi", "Refunded"),
        "reassigned": ("Başka bir iş ortağına yazıldı", "Credited to another partner"),
        "cancelled": ("Sipariş iptal edildi", "The order was cancelled"),
        "edited": ("Sipariş değişti", "The order was changed"),
        "restored": ("Yeniden hak edildi", "Earned again"),
        "rejected": ("Ödendikten sonra reddedildi", "Rejected after it was paid"),
        "merged": ("Başka bir siparişle birleştirildi", "It was another order's record"),
        "test": ("Deneme siparişi", "It was a test order"),
    },
)
register(
    "ledger_account",
    {
        "expense": ("Gider", "Expense"),
        "pending": ("Bekleyen", "Pending"),
        "on_hold": ("İncelemede", "On hold"),
        "payable": ("Ödenecek", "Payable"),
        "paid": ("Ödenen", "Paid out"),
        "reward_expense": ("Ödül gideri", "Rewards' expense"),
        "reward_pending": ("Bekleyen ödül", "Reward, pending"),
        "reward_on_hold": ("İncelemedeki ödül", "Reward, on hold"),
        "reward_available": ("Kullanılabilir ödül", "Reward, available"),
        "reward_redeemed": ("Kullanılan ödül", "Reward, redeemed"),
        "reward_expired": ("Süresi dolan ödül", "Reward, expired"),
    },
)
register(
    "ledger_entry",
    {
        "accrual": ("Hak ediş", "Accrual"),
        "correction": ("Düzeltme", "Correction"),
        "clawback": ("İade kesintisi", "Claw-back"),
        "reversal": ("Geri alma", "Reversal"),
        "restoration": ("Yeniden hak ediş", "Restoration"),
        "hold": ("İncelemeye alma", "Hold"),
        "release": ("İncelemeden çıkarma", "Release"),
        "rejection": ("Ret", "Rejection"),
        "reinstatement": ("Reddin geri alınması", "Reinstatement"),
        "maturity": ("Ödenebilir olma", "Maturity"),
        "postponement": ("Erteleme", "Postponement"),
        "payout": ("Ödeme", "Payout"),
        "payout_return": ("Geri dönen ödeme", "Returned payout"),
        "transfer": ("Aktarım", "Transfer"),
        "redemption": ("Ödül kullanımı", "Redemption"),
        "redemption_reversal": ("Kullanımın geri alınması", "Redemption taken back"),
        "expiry": ("Süre bitimi", "Expiry"),
        "offset": ("Mahsup", "Set off"),
    },
)
register(
    "payout_status",
    {
        "created": ("Hazırlandı", "Set aside"),
        "sent": ("Bankaya iletildi", "Sent to the bank"),
        "paid": ("Ödendi", "Paid"),
        "failed": ("Başarısız: tutar yeniden ödenebilir", "Failed: payable again"),
    },
)
register(
    "payout_skip",
    {
        "negative": ("Bakiye eksi: sonraki döneme devredildi", "Negative: carried forward"),
        "below_minimum": ("Alt sınırın altında: devredildi", "Below the minimum: carried forward"),
        "no_account": ("Ödeme hesabı yok", "No payout account"),
    },
)
