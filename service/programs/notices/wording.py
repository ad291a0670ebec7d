"""What notices say, in Turkish and English. Pure."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from service.kit.mail import Words
from service.kit.money import Money
from service.programs.notices.schemas import AmountFacts, TermsFacts
from service.programs.numbers import amount
from service.programs.preferences.schemas import Notice

APPROVED = Words(
    tr=(
        "{brand} başvurunuzu kabul etti",
        "Merhaba,\n\n{brand} iş ortaklığı başvurunuzu kabul etti. {partner} adına bağlantılarınızı, "
        "satışlarınızı ve kazancınızı görmek için on dört gün içinde buradan giriş "
        "yapın:\n\n{link}\n\nBağlantı bir kez çalışır. Sonraki girişlerinizde bu adrese bir kod "
        "gönderilir.\n",
    ),
    en=(
        "{brand} has accepted your application",
        "Hello,\n\n{brand} has accepted your application as a partner. To see links, sales and earnings of "
        "{partner}, log in within fourteen days here:\n\n{link}\n\nThe link works once. Later a code is "
        "mailed to this address whenever you log in.\n",
    ),
)
REJECTED = Words(
    tr=(
        "{brand}: başvurunuzun sonucu",
        "Merhaba,\n\n{brand} markasının {program} programına yaptığınız başvuru kabul edilmedi.\n\nGerekçe: "
        "{reason}\n\nDilerseniz yeniden başvurabilirsiniz.\n",
    ),
    en=(
        "{brand}: what came of your application",
        "Hello,\n\nyour application to the program {program} of {brand} was not accepted.\n\nThe reason: "
        "{reason}\n\nYou are free to apply again.\n",
    ),
)
FIRST_SALE = Words(
    tr=(
        "{brand}: ilk satışınız",
        "Merhaba,\n\nilk satışınızı getirdiniz: {amount} kazandınız. Tutar, bekleme süresi dolunca "
        "ödenebilir olur.\n",
    ),
    en=(
        "{brand}: your first sale",
        "Hello,\n\nyou have brought your first sale and earned {amount}. It becomes payable when its hold is "
        "over.\n",
    ),
)
PAYOUT_PAID = Words(
    tr=(
        "{brand}: {amount} ödendi",
        "Merhaba,\n\n{brand} size {amount} ödedi. Tutarın hesabınıza geçmesi bankanıza göre birkaç gün "
        "sürebilir.\n",
    ),
    en=(
        "{brand}: {amount} was paid",
        "Hello,\n\n{brand} has paid you {amount}. Until it is in your account it may take some days, as your "
        "bank has it.\n",
    ),
)
TERMS_CHANGED = Words(
    tr=(
        "{brand}: {program} programının koşulları değişti",
        "Merhaba,\n\n{program} programının sizi ilgilendiren koşulları değişti. {since} olanlar yeni "
        "koşullara (sürüm {version}) göre ödenir; daha önce olanlar eskisi gibi kalır. Koşulları giriş "
        "yaptıktan sonra okuyup kabul edebilirsiniz.\n",
    ),
    en=(
        "{brand}: the terms of {program} have changed",
        "Hello,\n\nthe terms of the program {program} have changed in what concerns you. What happens "
        "{since} is paid by the new terms (version {version}); what happened before stays as it was. You can "
        "read and accept them once you have logged in.\n",
    ),
)
WORDS: dict[Notice, Words] = {
    "first_sale": FIRST_SALE,
    "payout_paid": PAYOUT_PAID,
    "terms_changed": TERMS_CHANGED,
}
FOOT = {
    "tr": "\n--\nBu tür bildirimleri almak istemiyorsanız (giriş gerekmez):\n{link}\n",
    "en": "\n--\nTo get no more notices of this kind (no log-in needed):\n{link}\n",
}
NAMES: dict[Notice, dict[str, str]] = {
    "application_decided": {"tr": "başvurunuzun sonucu", "en": "what comes of an application"},
    "first_sale": {"tr": "ilk satış", "en": "the first sale"},
    "payout_paid": {"tr": "yapılan ödemeler", "en": "payouts that were paid"},
    "terms_changed": {"tr": "değişen koşullar", "en": "changed terms"},
}


def values(notice: Notice, facts: dict[str, Any], language: str, timezone: str) -> dict[str, str]:
    """What is filled into a notice's words.

    >>> values("payout_paid", {"amount": 124990, "currency": "TRY"}, "tr", "Europe/Istanbul")
    {'amount': '1.249,90 TRY'}
    """
    if notice == "terms_changed":
        terms = msgspec.convert(facts, TermsFacts)
        since = _since(terms.valid_from, language, timezone)
        return {"program": terms.program, "version": str(terms.version), "since": since}
    paid = msgspec.convert(facts, AmountFacts)
    return {"amount": amount(Money(paid.amount, paid.currency), language != "en")}


def _since(valid_from: datetime | None, language: str, timezone: str) -> str:
    if valid_from is None:
        return "from now on" if language == "en" else "Bundan sonra"
    at = valid_from.astimezone(ZoneInfo(timezone))
    return f"from {at:%Y-%m-%d %H:%M} on" if language == "en" else f"{at:%d.%m.%Y %H:%M} ve sonrasında"
