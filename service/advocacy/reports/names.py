"""What people read for a report's codes (GET /v1/labels)."""

from service.accounts.labels.registry import register

register(
    "advocacy_stage",
    {
        "advocates": ("Savunucular", "Advocates"),
        "invitations": ("Davetler", "Invitations"),
        "clicks": ("Tıklamalar", "Clicks"),
        "signups": ("Üyelikler", "Sign-ups"),
        "customers": ("Müşteriler", "Customers"),
        "new_advocates": ("Yeni savunucular", "New advocates"),
    },
)
register(
    "advocacy_side",
    {
        "influencers": ("Influencer'ların getirdiği", "Brought by influencers"),
        "advocates": ("Savunucuların getirdiği", "Brought by advocates"),
    },
)
register(
    "advocacy_report_reason",
    {
        "not_yet": ("Henüz hesaplanmadı", "Not reckoned yet"),
        "first_stage": ("İlk aşama", "The first stage"),
        "nobody": ("Önceki aşamada kimse yok", "Nobody at the stage before"),
        "no_visitors": ("Davet bağlantılarının ziyaretçisi yok", "No visitors of invitations' links"),
        "no_customers": ("Müşteri yok", "No customers"),
        "no_orders": ("Sipariş yok", "No orders"),
        "no_sales": ("Satış yok", "No sales"),
        "no_friends": ("Birbirini getiren alıcı yok", "No buyers who brought each other"),
        "no_cost": ("Gider yok", "No cost"),
        "more_than_all": ("Bir kısmı başka yoldan geldi: oran değil", "Some came another way: no share"),
        "too_young": ("Aradan yeterli süre geçmedi", "Not enough time has passed"),
        "too_few_users": ("Kullanıcı sayısı çok az", "Too few users"),
        "too_few": ("Getirilen kişi sayısı çok az", "Too few were brought"),
        "too_short": (
            "Süre, gecikmelerin sonunu göstermeye yetmiyor",
            "The time does not show where delays end",
        ),
        "not_known": ("Davet sayısı bilinmiyor", "Invitations are not known"),
        "no_invitations": ("Davet yok", "No invitations"),
        "not_all_invited": ("Bir kısmı davetsiz geldi: oran değil", "Some came uninvited: no share"),
    },
)
