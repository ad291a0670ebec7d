"""What a partner still has to do, or let the brand do, to be paid. Pure."""

from service.partner.me.schemas import Missing, MissingView, OwnRow

WORDS: dict[Missing, dict[str, str]] = {
    "email": {
        "tr": "Adresiniz kayıtlı değil: marka kaydınıza bir e-posta adresi eklemeli.",
        "en": "There is no address: the brand has to add an e-mail address to your record.",
    },
    "program": {
        "tr": "Henüz bir programda değilsiniz: bağlantılarınız kazanç getirmez.",
        "en": "You are in no program yet: your links earn nothing.",
    },
    "payout_account": {
        "tr": "Ödeme hesabı yok: kazancınız, bir IBAN verilene kadar bekler.",
        "en": "There is no payout account: what you earn waits until there is an IBAN.",
    },
}


def missing(own: OwnRow, locale: str) -> list[MissingView]:
    """What is missing, the most pressing first."""
    lacks: dict[Missing, bool] = {
        "program": not own.has_program,
        "payout_account": not own.has_payout_account,
        "email": own.email is None,
    }
    language = "en" if locale == "en" else "tr"
    return [MissingView(what, WORDS[what][language]) for what, lacking in lacks.items() if lacking]
