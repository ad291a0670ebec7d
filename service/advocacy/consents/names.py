"""What people read for the codes of consents (GET /v1/labels)."""

from service.accounts.labels.registry import register

register(
    "consent_channel", {"email": ("E-posta", "E-mail"), "sms": ("Mesaj", "SMS"), "call": ("Arama", "Call")}
)
register("recipient_type", {"individual": ("Bireysel", "Individual"), "merchant": ("Tacir", "Merchant")})
register("consent_status", {"given": ("Onay", "Given"), "withdrawn": ("Ret", "Withdrawn")})
register(
    "message_purpose",
    {
        "transactional": ("İşlem bildirimi", "Transactional"),
        "commercial": ("Ticari ileti", "Commercial"),
        "survey": ("Anket", "Survey"),
    },
)
register(
    "consent_reason",
    {
        "transactional": ("Onay gerekmez: işlem bildirimi", "Needs none: about a transaction"),
        "consented": ("Onay var", "Consent was given"),
        "merchant_without_refusal": ("Reddetmemiş tacir", "A merchant who has not refused"),
        "no_consent": ("Onay yok", "There is no consent"),
        "withdrawn": ("Onay geri alınmış", "Consent was withdrawn"),
        "iys_refused": ("İYS'de ret", "Refused in the İYS"),
        "erased": ("Verileri silinmiş", "Their data were erased"),
        "not_an_address": ("Geçerli bir adres değil", "Not an address"),
    },
)
