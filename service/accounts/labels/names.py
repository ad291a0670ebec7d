"""The names that accounts and the kit give."""

from service.accounts.labels.registry import register

register(
    "role",
    {"owner": ("Sahip", "Owner"), "manager": ("Yönetici", "Manager"), "analyst": ("Analist", "Analyst")},
)
register(
    "invitation_status",
    {
        "open": ("Bekliyor", "Open"),
        "accepted": ("Kabul edildi", "Accepted"),
        "revoked": ("Geri alındı", "Taken back"),
        "expired": ("Süresi doldu", "Expired"),
    },
)
register(
    "job_status",
    {
        "queued": ("Sırada", "Queued"),
        "running": ("Çalışıyor", "Running"),
        "succeeded": ("Tamamlandı", "Succeeded"),
        "failed": ("Başarısız", "Failed"),
        "cancelled": ("İptal edildi", "Cancelled"),
    },
)
register(
    "key_kind",
    {
        "secret": ("Gizli", "Secret"),
        "publishable": ("Yayımlanabilir", "Publishable"),
        "partner": ("İş ortağının", "A partner's"),
        "embed": ("Gömülü", "Embedded"),
    },
)
register(
    "file_purpose",
    {
        "draft": ("Taslak", "Draft"),
        "contract": ("Sözleşme", "Contract"),
        "evidence": ("Kanıt", "Evidence"),
        "avatar": ("Profil resmi", "Avatar"),
        "other": ("Diğer", "Other"),
    },
)
register(
    "tier",
    {
        "nano": ("Nano", "Nano"),
        "micro": ("Mikro", "Micro"),
        "mid": ("Orta", "Mid"),
        "macro": ("Makro", "Macro"),
        "mega": ("Mega", "Mega"),
    },
)
register(
    "area",
    {
        "workspace": ("Çalışma alanı", "Workspace"),
        "members": ("Üyeler", "Members"),
        "keys": ("API anahtarları", "API keys"),
        "files": ("Dosyalar", "Files"),
        "audit": ("Denetim kaydı", "Audit log"),
        "jobs": ("İşler", "Jobs"),
        "brands": ("Markalar", "Brands"),
        "personas": ("Personalar", "Personas"),
        "influencers": ("Influencer'lar", "Influencers"),
        "imports": ("İçe aktarmalar", "Imports"),
        "discovery": ("Keşif", "Discovery"),
    },
)
