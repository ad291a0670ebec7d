"""A program as those see it who may join, in one language. Pure."""

import hashlib
from datetime import datetime

from service.kit import ids
from service.kit.money import Price
from service.programs import own, wording
from service.programs.catalogue.schemas import ProgramRow, TermsRow
from service.programs.pages.schemas import (
    Consent,
    FieldOption,
    FormField,
    ProgramPage,
    PublicProgram,
    Question,
    WordedLine,
    WordedProse,
)
from service.programs.preferences.schemas import Language

# What a form asks that has no questions of its own: name, kind, label, required, longest.
_FIELDS: tuple[tuple[str, str, dict[Language, str], bool, int | None], ...] = (
    ("name", "text", {"tr": "Adınız", "en": "Your name"}, True, 200),
    ("email", "email", {"tr": "E-posta adresiniz", "en": "Your e-mail address"}, True, 254),
    ("accounts", "accounts", {"tr": "Hesaplarınız", "en": "Your accounts"}, False, None),
    ("website", "url", {"tr": "Web siteniz", "en": "Your website"}, False, 2_000),
)
LONGEST = {"text": 500, "long_text": 5_000}
# Law 6698 (KVKK), articles 5, 10 and 11; GDPR, articles 6 and 13.
_CONSENT: dict[Language, str] = {
    "tr": (
        "{brand}, başvurumu değerlendirmek, sonucunu bildirmek ve kabul edilirsem iş ortaklığımı yürütmek "
        "için bu formda verdiğim kişisel verileri (ad, e-posta adresi, hesaplar, yanıtlar) 6698 sayılı "
        "Kişisel Verilerin Korunması Kanunu uyarınca işleyebilir. Onayımı dilediğim zaman geri "
        "alabileceğimi, verilerime erişebileceğimi ve silinmelerini isteyebileceğimi biliyorum."
    ),
    "en": (
        "{brand} may process the personal data that I give in this form (name, e-mail address, accounts, "
        "answers) to assess my application, to tell me the outcome and, if I am accepted, to carry out the "
        "partnership, under Turkish law no. 6698 (KVKK) and the GDPR. I know that I can withdraw my consent "
        "at any time, and ask to see my data or to have them erased."
    ),
}


def in_language(text: WordedLine | WordedProse | None, language: Language) -> str | None:
    """The text in a language, or else in the other one.

    >>> in_language(WordedLine(en="Join"), "tr")
    'Join'
    """
    if text is None:
        return None
    first, second = (text.en, text.tr) if language == "en" else (text.tr, text.en)
    return second if first is None else first


def consent(page: ProgramPage, brand: str, language: Language) -> Consent:
    """What an applicant agrees to; another text is another version."""
    text = in_language(page.consent, language) or _CONSENT[language].format(brand=brand)
    return Consent(hashlib.sha256(text.encode()).hexdigest()[:16], text)


def is_open(row: ProgramRow) -> bool:
    """Whether applications are taken."""
    return row.page.open and row.status == "active"


def shown(row: ProgramRow, terms: TermsRow, brand: str, language: Language, now: datetime) -> PublicProgram:
    """The program; while it is closed, without what it pays."""
    page, agreed = row.page, terms.terms
    rates, bonuses, told = [], [], []
    if is_open(row):
        rates = [wording.of_rule(rule) for _, rule in own.own_rules(agreed, None, [], now)]
        bonuses = [wording.of_bonus(bonus) for _, bonus in own.own_bonuses(agreed, None)]
        told = [wording.of_hold(agreed.hold), wording.of_attribution(agreed.attribution)]
        if row.min_payout is not None and row.min_payout_currency is not None:
            told.append(wording.of_min_payout(Price(row.min_payout, row.min_payout_currency)))
    return PublicProgram(
        id=ids.show("prg", row.id),
        name=row.name,
        kind=row.kind,
        brand=brand,
        language=language,
        open=is_open(row),
        headline=in_language(page.headline, language),
        description=in_language(page.description, language),
        terms_text=in_language(page.terms_text, language),
        rates=[each[language] for each in rates],
        bonuses=[each[language] for each in bonuses],
        terms=[each[language] for each in told],
        terms_version=row.terms_version,
        terms_valid_from=terms.valid_from,
        fields=form(page, language),
        consent=consent(page, brand, language),
    )


def form(page: ProgramPage, language: Language) -> list[FormField]:
    """The fields of the application, in their order."""
    own_fields = [
        FormField(name, kind, label[language], required, False, longest, [])  # type: ignore[arg-type]
        for name, kind, label, required, longest in _FIELDS
    ]
    return [*own_fields, *(_field(question, language) for question in page.questions)]


def _field(question: Question, language: Language) -> FormField:
    return FormField(
        name=question.key,
        kind=question.kind,
        label=in_language(question.label, language) or question.key,
        required=question.required,
        answer=True,
        max_length=LONGEST.get(question.kind),
        options=[
            FieldOption(option.value, in_language(option.label, language) or option.value)
            for option in question.options
        ],
    )
