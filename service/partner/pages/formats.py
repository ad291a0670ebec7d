"""Amounts, shares, days and times as people of a language write them. Pure."""

import re
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import (
    format_compact_currency,
    format_compact_decimal,
    format_decimal,
    format_percent,
    get_currency_symbol,
)
from babel.numbers import format_currency as of_currency
from markupsafe import Markup

from service.accounts.labels.registry import Language
from service.kit.money import Money, to_decimal

NONE = "–"


def money(value: Money | None, language: Language) -> str:
    """
    >>> money(Money(124990, "TRY"), "tr"), money(Money(-500, "USD"), "en")
    ('₺1.249,90', '-$5.00')
    """
    if value is None:
        return NONE
    return _spaced(of_currency(to_decimal(value), value.currency, locale=language))


def _spaced(shown: object) -> str:
    """With a space between a code and its number (CLDR's currencySpacing, which Babel leaves out).

    >>> _spaced("-TRY5.00")
    '-TRY\\xa05.00'
    """
    return re.sub(r"(?<=[A-Z]{3})(?=[0-9])", "\u00a0", str(shown))


def minor(amount: int, currency: str, language: Language) -> str:
    """Minor units as money.

    >>> minor(1200, "JPY", "en")
    '¥1,200'
    """
    return money(Money(amount, currency), language)


def fraction(amount: float | None, currency: str, language: Language) -> str:
    """Minor units with a part, as EPC has.

    >>> fraction(12.5, "TRY", "tr"), fraction(None, "TRY", "tr")
    ('₺0,125', '–')
    """
    if amount is None:
        return NONE
    exact = to_decimal(Money(round(amount * 100), currency)) / 100
    shown = of_currency(exact, currency, locale=language, currency_digits=False, decimal_quantization=False)
    return _spaced(shown)


def short_money(amount: float, currency: str, language: Language) -> str:
    """Minor units for a mark of a chart.

    >>> short_money(2_500_000, "USD", "en"), short_money(-50, "TRY", "tr")
    ('$25K', '-₺0,5')
    """
    exact = to_decimal(Money(round(amount), currency))
    if language == "en":
        digits = _digits(exact)
        return _spaced(format_compact_currency(exact, currency, locale="en", fraction_digits=digits))
    # The pattern of CLDR puts the symbol behind the number, other than that of whole amounts.
    number = format_compact_decimal(abs(exact), locale="tr", fraction_digits=_digits(exact))
    return f"{'-' if exact < 0 else ''}{get_currency_symbol(currency, locale='tr')}{number}"


def _digits(value: Decimal) -> int:
    if value == value.to_integral_value() and (abs(value) < 1_000 or value % 1_000 == 0):
        return 0
    return 1 if abs(value) >= 1_000 else 2


def number(value: int | float, language: Language) -> str:
    """
    >>> number(1234567, "tr"), number(2.5, "en")
    ('1.234.567', '2.5')
    """
    return str(format_decimal(value, locale=language))


def short_number(value: float, language: Language) -> str:
    """
    >>> short_number(12_000, "en"), short_number(2, "tr")
    ('12K', '2')
    """
    return str(format_compact_decimal(value, locale=language, fraction_digits=1))


def percent(value: float | str | Decimal | None, language: Language) -> str:
    """
    >>> percent(0.0312, "tr"), percent("0.5", "en"), percent(None, "en")
    ('%3,12', '50%', '–')
    """
    if value is None:
        return NONE
    pattern = "%#,##0.##" if language == "tr" else "#,##0.##%"
    return str(format_percent(Decimal(str(value)), pattern, locale=language))


def day(value: date, language: Language) -> str:
    """
    >>> day(date(2026, 11, 5), "tr"), day(date(2026, 11, 5), "en")
    ('5 Kas 2026', 'Nov 5, 2026')
    """
    return str(format_date(value, "medium", locale=language))


def day_and_month(value: date, language: Language) -> str:
    """
    >>> day_and_month(date(2026, 11, 5), "tr"), day_and_month(date(2026, 11, 5), "en")
    ('5 Kas', 'Nov 5')
    """
    return str(format_date(value, "d MMM" if language == "tr" else "MMM d", locale=language))


def month(name: str, language: Language) -> str:
    """
    >>> month("2026-11", "tr"), month("2026-11", "en")
    ('Kasım 2026', 'November 2026')
    """
    return str(format_date(date.fromisoformat(f"{name}-01"), "LLLL y", locale=language))


def moment(value: datetime | None, zone: ZoneInfo, language: Language) -> str:
    """A time on the clocks of a zone.

    >>> from datetime import UTC
    >>> at = datetime(2026, 11, 5, 21, 30, tzinfo=UTC)
    >>> moment(at, ZoneInfo("Europe/Istanbul"), "tr"), moment(None, ZoneInfo("UTC"), "tr")
    ('6 Kas 2026 00:30', '–')
    """
    if value is None:
        return NONE
    pattern = "d MMM y HH:mm" if language == "tr" else "MMM d, y HH:mm"
    return str(format_datetime(value.astimezone(zone), pattern, locale=language))


def paragraphs(text: str | None) -> Markup:
    """A text of the brand's, escaped; an empty line parts its paragraphs.

    >>> paragraphs("<b>a\\nb\\n\\nc")
    Markup('<p>&lt;b&gt;a<br>b</p><p>c</p>')
    """
    parts = re.split(r"\n\s*\n", (text or "").replace("\r\n", "\n").strip())
    return Markup("").join(
        Markup("<p>{}</p>").format(Markup("<br>").join(part.split("\n"))) for part in parts if part
    )
