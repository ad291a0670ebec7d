"""What surveys say, in Turkish and English. Pure."""

from typing import Final

from service.accounts.labels.registry import Language
from service.advocacy.surveys.schemas import PageState
from service.kit.mail import Words

QUESTIONS: Final[dict[Language, str]] = {
    "tr": "{brand} markasını bir arkadaşınıza veya meslektaşınıza önerme olasılığınız nedir?",
    "en": "How likely is it that you would recommend {brand} to a friend or colleague?",
}
MAIL: Final = Words(
    tr=(
        "{brand}: bir sorumuz var",
        "Merhaba,\n\n{question}\n\n0 ile 10 arasında bir puan vermeniz yarım dakika sürer:\n{link}\n\n"
        "Bağlantı yalnızca size özeldir ve {days} gün geçerlidir.\n\n"
        "Bu tür iletileri almak istemiyorsanız: {stop}\n",
    ),
    en=(
        "{brand}: one question",
        "Hello,\n\n{question}\n\nAn answer from 0 to 10 takes half a minute:\n{link}\n\n"
        "The link is yours alone and good for {days} days.\n\n"
        "If you don't want mails like this one: {stop}\n",
    ),
)
TEXTS: Final[dict[str, dict[Language, str]]] = {
    "least": {"tr": "0: hiç olası değil", "en": "0: not at all likely"},
    "most": {"tr": "10: çok olası", "en": "10: extremely likely"},
    "comment": {
        "tr": "Puanınızın nedeni nedir? (isteğe bağlı)",
        "en": "What is the reason for your score? (optional)",
    },
    "send": {"tr": "Gönder", "en": "Send"},
    "choose": {"tr": "Lütfen 0 ile 10 arasında bir puan seçin.", "en": "Please choose a score from 0 to 10."},
    "notice": {
        "tr": "Yanıtınız {brand} ile paylaşılır. Bir kez yanıtlanabilir.",
        "en": "Your answer goes to {brand}. It can be given once.",
    },
    "no_more": {"tr": "Bu tür iletileri almak istemiyorum", "en": "I don't want mails like this"},
    "stop_title": {"tr": "{brand} size yazmasın mı?", "en": "Should {brand} stop writing to you?"},
    "stop_text": {
        "tr": "Onaylarsanız bu adrese tanıtım ve anket iletileri gönderilmez.",
        "en": "If you confirm, no promotions and surveys are sent to this address.",
    },
    "stop": {"tr": "Gönderilmesin", "en": "Stop them"},
    "stopped": {"tr": "Artık yazılmayacak", "en": "You won't be written to any more"},
    "stopped_text": {
        "tr": "Siparişlerinizle ilgili bildirimler gelmeye devam eder.",
        "en": "Messages about your orders still come.",
    },
    "no_address": {
        "tr": "Bu bağlantı için kayıtlı bir adres yok.",
        "en": "No address is kept for this link.",
    },
    "failed_404": {"tr": "Böyle bir sayfa yok", "en": "There is no such page"},
    "failed_404_text": {
        "tr": "Bağlantı eksik kopyalanmış olabilir.",
        "en": "The link may have been copied incompletely.",
    },
    "failed_429": {"tr": "Çok fazla deneme", "en": "Too many tries"},
    "failed_429_text": {
        "tr": "Biraz bekleyip yeniden deneyin.",
        "en": "Wait a little and try again.",
    },
    "failed": {"tr": "Bir şeyler ters gitti", "en": "Something went wrong"},
    "failed_text": {"tr": "Biraz sonra yeniden deneyin.", "en": "Please try again in a while."},
}
STATES: Final[dict[PageState, dict[Language, tuple[str, str]]]] = {
    "answered": {
        "tr": ("Teşekkür ederiz", "Yanıtınız alındı."),
        "en": ("Thank you", "Your answer has arrived."),
    },
    "expired": {
        "tr": ("Bağlantının süresi dolmuş", "Bu soru artık yanıtlanamıyor."),
        "en": ("This link is too old", "The question can't be answered any more."),
    },
    "closed": {
        "tr": ("Anket kapandı", "Bu soru artık yanıtlanamıyor."),
        "en": ("The survey is closed", "The question can't be answered any more."),
    },
}


def said(name: str, language: Language, /, **values: str) -> str:
    """A text with its values.

    >>> said("notice", "en", brand="Kahve")
    'Your answer goes to Kahve. It can be given once.'
    """
    return TEXTS[name][language].format(**values)


def question(brand: str, own: str | None, language: Language) -> str:
    """The question as it is asked: the survey's own, else the usual one.

    >>> question("Kahve", None, "en")
    'How likely is it that you would recommend Kahve to a friend or colleague?'
    """
    return own or QUESTIONS[language].format(brand=brand)
