"""A commission explained in words, in Turkish and English. Pure."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from service.kit.money import Money
from service.programs.numbers import amount, number, percent
from service.programs.terms import Per

_KINDS = {
    "click": ("tıklama", "click"),
    "lead": ("potansiyel müşteri", "lead"),
    "sale": ("satış", "sale"),
    "signup": ("kayıt", "sign-up"),
    "booking": ("rezervasyon", "booking"),
}
_PER: dict[Per, tuple[str, str]] = {
    "month": ("ayda", "a month"),
    "quarter": ("üç ayda", "a quarter"),
    "year": ("yılda", "a year"),
    "all": ("toplam", "in all"),
}
Words = dict[str, str]


def of_rate(rate: Decimal, base: Money) -> Words:
    """What a percentage pays."""
    return {
        "tr": f"net {amount(base, True, currency=False)} tutarın {percent(rate, True)} kadarı",
        "en": f"{percent(rate, False)} of {amount(base, False, currency=False)} net",
    }


def of_flat(flat: Money, kind: str, quantity: int) -> Words:
    """What a fixed amount pays."""
    turkish, english = _KINDS[kind]
    if quantity == 1:
        return {
            "tr": f"{turkish} başına {amount(flat, True)}",
            "en": f"{amount(flat, False)} per {english}",
        }
    return {
        "tr": f"{quantity} {turkish} × {amount(flat, True)}",
        "en": f"{quantity} {english}s × {amount(flat, False)}",
    }


def of_place(rule: int, name: str | None, tier: int | None) -> Words:
    """Which rule, and which of its tiers."""
    tr, en = f"kural {rule}", f"rule {rule}"
    if name is not None:
        tr, en = f"{tr} ({name})", f"{en} ({name})"
    if tier is not None:
        tr, en = f"{tr}, kademe {tier}", f"{en}, tier {tier}"
    return {"tr": tr, "en": en}


def of_share(weight: Fraction) -> Words:
    """A part of an order that is shared."""
    return {"tr": f"payı {percent(weight, True)}", "en": f"{percent(weight, False)} of it"}


def of_exchange(rate: Decimal, day: str, was: Money) -> Words:
    """What was converted."""
    return {
        "tr": f"{amount(was, True)}, {day} kuru {number(rate, True)}",
        "en": f"{amount(was, False)} at {number(rate, False)} of {day}",
    }


def of_cap(cap: Money, per: Per, used: Money, earned: Money) -> Words:
    """What a cap has left of it."""
    turkish, english = _PER[per]
    return {
        "tr": f"{amount(earned, True)} yerine: sınır {turkish} {amount(cap, True)}, "
        f"kullanılan {amount(used, True)}",
        "en": f"instead of {amount(earned, False)}: the cap is {amount(cap, False)} {english}, "
        f"{amount(used, False)} used",
    }


def of_goal(per: Per, period: str, sales: int | None, volume: Money | None) -> Words:
    """A goal that was reached: so many sales, so much volume, or both."""
    asked = []
    if sales is not None:
        asked.append((f"{sales} satış", f"{sales} sales"))
    if volume is not None:
        asked.append((amount(volume, True), amount(volume, False)))
    over = ("", "") if per == "all" else (f"{period} döneminde ", f" in {period}")
    return {
        "tr": f"{over[0]}hedefe ulaşıldı: {' ve '.join(each[0] for each in asked)}",
        "en": f"goal reached{over[1]}: {' and '.join(each[1] for each in asked)}",
    }


def of_bonus(number: int) -> Words:
    """Which of the program's bonuses."""
    return {"tr": f"prim {number}", "en": f"bonus {number}"}


def of_override(rate: Decimal, earned: Money) -> Words:
    """What an agency gets. Nobody is named: the words stay when a partner is erased."""
    return {
        "tr": f"bir iş ortağının kazandığı {amount(earned, True)} tutarın {percent(rate, True)} kadarı",
        "en": f"{percent(rate, False)} of the {amount(earned, False)} that a partner earns",
    }


def join(*parts: Words | None) -> dict[str, Any]:
    """The parts, in one sentence of each language."""
    told = [part for part in parts if part is not None]
    return {language: ", ".join(part[language] for part in told) for language in ("tr", "en")}
