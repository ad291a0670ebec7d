"""Counts and rates as sheets write them: 483.1M, 1,2 Mn, 12 bin, 29.0b, 0.89k, 1.234.567, 4,8E+08, %1,39."""

import re
import unicodedata
from decimal import Decimal
from typing import Any

from service.imports.cells.style import Style, decimal_of
from service.imports.rejects import Unfit

Number = int | float

_LONGEST = 64
_LARGEST = 10**15
_PARTS = re.compile(
    r"(?P<about>[~≈<>≥≤=+]{0,2}) ?(?P<minus>[-−]?) ?"
    r"(?P<digits>\d[\d.,' ]{0,40}|[.,]\d{1,20})"
    r"(?:e(?P<power>[+-]?\d{1,2}))? ?(?P<word>\D{0,40})",
    re.IGNORECASE,
)
_SCALES = {
    **dict.fromkeys(("k", "bin", "tsd", "thousand", "thousands"), 3),
    **dict.fromkeys(("m", "mn", "mio", "mln", "mlyn", "milyon", "million", "millions", "mil."), 6),
    **dict.fromkeys(("bn", "milyar", "billion", "billions", "mr", "mlr", "mrd"), 9),
}
_UNITS = frozenset(
    (
        *("followers", "follower", "subscribers", "subscriber", "subs", "fans", "views", "likes", "comments"),
        *(
            "shares",
            "posts",
            "videos",
            "takipçi",
            "takipci",
            "abone",
            "izlenme",
            "görüntülenme",
            "goruntulenme",
        ),
        *("beğeni", "begeni", "yorum", "paylaşım", "paylasim", "gönderi", "gonderi", "kişi", "kisi", "adet"),
    )
)


def read_amount(value: Any, style: Style) -> Number:
    """A number of zero or more, whole or not.

    >>> [read_amount(cell, Style()) for cell in ("483.1M", "1.234.567", "348.5", "4.8E+3", "0.89k", 12.0)]
    [483100000, 1234567, 348.5, 4800, 890, 12]
    >>> read_amount("1,2 Milyon", Style()), read_amount("29.0b", Style())
    (1200000, 29000000000)
    >>> read_amount("12,5 B", Style(b_thousand=True))
    12500
    """
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 16:
        return int(value + "0" * style.scale)
    number, percent = _number(value, style)
    if percent:
        raise Unfit("not_a_number")
    if number < 0:
        raise Unfit("negative")
    return _plain(number)


def read_count(value: Any, style: Style) -> int:
    """A whole number of zero or more.

    >>> read_count("483100000.00", Style())
    483100000
    """
    number = read_amount(value, style)
    if isinstance(number, float):
        raise Unfit("not_whole")
    return number


def read_rate(value: Any, style: Style) -> float:
    """A rate as a fraction in [0, 1]; a bare number is a percentage where the column's style says so.

    >>> read_rate("1.39%", Style()), read_rate("%1,39", Style()), read_rate("6.2", Style(percent=True))
    (0.0139, 0.0139, 0.062)
    """
    number, percent = _number(value, style, rate=True)
    fraction = number / 100 if percent or style.percent else number
    if not 0 <= fraction <= 1:
        raise Unfit("not_a_rate")
    return float(fraction)


def _number(value: Any, style: Style, *, rate: bool = False) -> tuple[Decimal, bool]:
    """The number, and whether it carried a percent sign."""
    if isinstance(value, str):
        return _parse(value, style, rate)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise Unfit("not_a_number")
    number = Decimal(str(value))
    if not number.is_finite():
        raise Unfit("not_a_number")
    return _bounded(number.scaleb(style.scale)), False


def _parse(value: str, style: Style, rate: bool) -> tuple[Decimal, bool]:
    if len(value) > _LONGEST:
        raise Unfit("not_a_number")
    text = unicodedata.normalize("NFKC", value).strip(" \t\r\n'\"=’`")
    bare = text.strip("% ")
    percent = bare != text.strip()
    found = _PARTS.fullmatch(" ".join(bare.replace("’", "'").split()))
    if not found or (found["about"] and found["word"].strip() == "-"):
        raise Unfit("not_a_number")
    word = found["word"].strip().strip("+").strip()
    scale = _scale(word, style)
    number = _decimal(found["digits"], style, loose=rate or scale > 0 or bool(found["power"]))
    number = number.scaleb((scale or style.scale) + int(found["power"] or 0))
    return _bounded(-number if found["minus"] else number), percent


def _scale(word: str, style: Style) -> int:
    """The power of ten that the word behind the digits stands for; units (takipçi) stand for none."""
    if not word:
        return 0
    first, *rest = word.lower().split()
    if any(each not in _UNITS for each in rest):
        raise Unfit("not_a_number")
    if first in ("b", "b."):
        return 3 if style.b_thousand else 9
    power = _SCALES.get(first, _SCALES.get(first.rstrip(".")))
    if power is not None:
        return power
    if first in _UNITS and not rest:
        return 0
    raise Unfit("not_a_number")


def _decimal(digits: str, style: Style, *, loose: bool) -> Decimal:
    """The digits without grouping. What the number itself shows wins over the column's style; a lone
    separator before three digits is grouping in a count (1.234 followers) and a fraction before a suffix or
    in a rate."""
    bare = digits.rstrip(" ").replace("'", "").replace(" ", "")
    sign = decimal_of(bare) or style.decimal or _guess(bare, loose)
    other = "," if sign == "." else "."
    plain = bare.replace(other, "").replace(sign, ".")
    if plain.count(".") > 1 or plain.endswith("."):
        raise Unfit("not_a_number")
    return Decimal(plain)


def _guess(bare: str, loose: bool) -> str:
    used = "," if "," in bare else "."
    return used if loose else "." if used == "," else ","


def _bounded(number: Decimal) -> Decimal:
    if abs(number) > _LARGEST:
        raise Unfit("too_large")
    return number


def _plain(number: Decimal) -> Number:
    return int(number) if number == number.to_integral_value() else float(number)
