"""What a partner still has to do, or let the brand do, to be paid. Pure."""

from service.partner.me.schemas import Missing, MissingView, OwnRow
from service.programs.acceptance.schemas import TermsToAccept

WORDS: dict[Missing, dict[str, str]] = {
    "email": {
        "tr": "Adresiniz kayıtlı değil: marka kaydınıza bir e-posta adresi eklemeli.",
        "en": "There is no address: the brand has to add an e-mail address to your record.",
    },
    "program": {
        "tr": "Henüz bir programda değilsiniz: bağlantılarınız kazanç getirmez.",
        "en": "You are in no program yet: your links earn nothing.",
    },
    "terms": {
        "tr": "{program} programının koşullarını (sürüm {version}) henüz kabul etmediniz.",
        "en": "You have not accepted the terms of {program} (version {version}) yet.",
    },
    "payout_account": {
        "tr": "Ödeme hesabı yok: kazancınız, bir IBAN verilene kadar bekler.",
        "en": "There is no payout account: what you earn waits until there is an IBAN.",
    },
}


def missing(own: OwnRow, terms: TermsToAccept | None, locale: str) -> list[MissingView]:
    """What is missing, the most pressing first. `terms`: what the partner has not accepted."""
    lacks: dict[Missing, bool] = {
        "program": not own.has_program,
        "terms": terms is not None,
        "payout_account": not own.has_payout_account,
        "email": own.email is None,
    }
    language = "en" if locale == "en" else "tr"
    facts = {} if terms is None else {"program": terms.program, "version": terms.terms_version}
    return [
        MissingView(what, WORDS[what][language].format(**facts)) for what, lacking in lacks.items() if lacking
    ]
