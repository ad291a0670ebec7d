"""Amounts as shops write them, into minor units; exactly, or not at all."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

from service.conversions.shops.shapes import Json, number, text
from service.kit.money import CURRENCIES, exponent

# PostgreSQL's bigint holds it, and so does the sum of a thousand.
MOST = 10**15
# What a chain of floating-point operations leaves behind the last digit that is meant.
_NOISE = Decimal("0.0001")
_SPELT = {"TL": "TRY", "YTL": "TRY", "TRL": "TRY", "₺": "TRY", "$": "USD", "€": "EUR", "£": "GBP"}
# One mark, or groups of three and a mark that differs from theirs.
_MARKED = re.compile(
    r"[+-]?(?:\d+(?:[.,]\d+)?"
    r"|\d{1,3}(?:(?:\.\d{3})+(?:,\d+)?|(?:,\d{3})+(?:\.\d+)?|(?: \d{3})+(?:[.,]\d+)?))",
    re.ASCII,
)
_AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_AROUND = re.compile(r"([^\d.,+-]{0,8}?)\s*([+-]?\d[\d., ]*?)\s*([^\d.,]{0,8})", re.ASCII)
# Stripe counts these without decimals, whatever the customs of the country
# (docs.stripe.com/currencies, "Zero-decimal currencies").
_STRIPE_WHOLE = frozenset(
    [
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "JPY",
        "KMF",
        "KRW",
        "MGA",
        "PYG",
        "RWF",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF",
    ]
)
_STRIPE_THREE = frozenset(["BHD", "JOD", "KWD", "OMR", "TND"])


class Unreadable(ValueError):
    """A field that can't be used. `why` is a code of Quarantined."""

    def __init__(self, field: str, value: Json, why: str) -> None:
        super().__init__(field)
        self.field, self.value, self.why = field, (text(value) or "")[:200], why


def currency(value: Json) -> str | None:
    """The code of ISO 4217 that a shop means.

    >>> currency("usd"), currency("TL"), currency("XYZW"), currency(None)
    ('USD', 'TRY', None, None)
    """
    spelt = (text(value) or "").upper()
    code = _SPELT.get(spelt, spelt)
    return code if code in CURRENCIES and len(code) == 3 else None


def currency_of(field: str, *values: Json) -> str | None:
    """The first currency that is told; None where none is. Raises Unreadable: one that nobody knows."""
    told = next((each for each in values if text(each) is not None), None)
    if told is None:
        return None
    code = currency(told)
    if code is None:
        raise Unreadable(field, told, "currency")
    return code


def total(field: str, value: Json, code: str) -> int | None:
    """A total in minor units; None where it isn't told. Raises Unreadable, also where it is negative.

    A JSON number was reckoned in floats: it is rounded half to even. A string is meant as it stands.

    >>> total("total", "1249.90", "TRY"), total("total", Decimal("1249.8999999999999"), "TRY")
    (124990, 124990)
    >>> total("total", "1000.00", "JPY")
    1000
    """
    found = signed(field, value, code)
    if found is not None and found < 0:
        raise Unreadable(field, value, "amount")
    return found


def signed(field: str, value: Json, code: str) -> int | None:
    """A total that may be negative. Raises Unreadable."""
    if value is None or value == "":
        return None
    read = number(value)
    if read is None:
        raise Unreadable(field, value, "amount")
    scaled = _scaled(read, code)
    whole = _rounded(scaled)
    if abs(whole) > MOST or (isinstance(value, str) and abs(scaled - whole) > _NOISE):
        raise Unreadable(field, value, "amount")
    return whole


def part(value: Json, code: str) -> int | None:
    """A line's or a tax's part of a total, rounded half to even; None where there is no number.

    >>> part("0.62125", "USD"), part("", "USD")
    (62, None)
    """
    read = number(value)
    if read is None:
        return None
    whole = _rounded(_scaled(read, code))
    return whole if abs(whole) <= MOST else None


def parts(values: Iterable[Json], code: str) -> int:
    """The sum of parts, rounded once: a shop rounds its sums, not their summands."""
    read = [found for value in values if (found := number(value)) is not None]
    whole = _rounded(_scaled(sum(read, Decimal(0)), code))
    return whole if abs(whole) <= MOST else 0


def marked(field: str, value: Json, code: str) -> int | None:
    """A total with a decimal mark of any country: "12,34", "1.249,90", "1,249.90 TL". Raises Unreadable, also
    where a lone mark before three digits may group thousands or not.

    >>> marked("amount", "12,34", "TRY"), marked("amount", "1.249,90", "TRY"), marked("amount", "12.5", "TRY")
    (1234, 124990, 1250)
    """
    if not isinstance(value, str):
        return total(field, value, code)
    plain = value.strip().replace("\u00a0", " ")
    if not plain:
        return None
    found = _AROUND.fullmatch(plain) if len(plain) <= 60 else None
    named = [each for each in (found[1].strip(), found[3].strip()) if each] if found else []
    if found is None or any(currency(each) != code for each in named) or not _is_clear(found[2], code):
        raise Unreadable(field, value, "amount")
    whole = _rounded(_scaled(Decimal(_plain(found[2])), code))
    if not 0 <= whole <= MOST:
        raise Unreadable(field, value, "amount")
    return whole


def _is_clear(digits: str, code: str) -> bool:
    """1.249 lira may be one, or a thousand; 0.125 and 1249.125 can't be thousands."""
    if not _MARKED.fullmatch(digits):
        return False
    return exponent(code) == 3 or not _AMBIGUOUS.fullmatch(digits)


def _plain(digits: str) -> str:
    last = max(digits.rfind("."), digits.rfind(","))
    grouping = last >= 0 and digits.count(digits[last]) > 1
    if last < 0 or grouping:
        return re.sub("[., ]", "", digits)
    return re.sub("[., ]", "", digits[:last]) + "." + digits[last + 1 :]


def minor(field: str, value: Json) -> int:
    """An amount that is in minor units already. Raises Unreadable."""
    read = number(value)
    if read is None or read != read.to_integral_value() or not 0 <= read <= MOST:
        raise Unreadable(field, value, "amount")
    return int(read)


def stripe(field: str, value: Json, code: str) -> int | None:
    """Stripe's integer in ours. Raises Unreadable where it is no integer, or negative.

    >>> stripe("amount", 1249, "JPY"), stripe("amount", 500, "ISK"), stripe("amount", 124990, "TRY")
    (1249, 5, 124990)
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise Unreadable(field, value, "amount")
    theirs = 0 if code in _STRIPE_WHOLE else 3 if code in _STRIPE_THREE else 2
    whole = _rounded(Decimal(value).scaleb(exponent(code) - theirs))
    if abs(whole) > MOST:
        raise Unreadable(field, value, "amount")
    return whole


def _scaled(value: Decimal, code: str) -> Decimal:
    with localcontext() as context:
        context.prec = 100
        return value.scaleb(exponent(code))


def _rounded(value: Decimal) -> int:
    with localcontext() as context:
        context.prec = 100
        return int(value.to_integral_value(ROUND_HALF_EVEN))
