"""How a column writes its numbers and dates: decided once, from many of its cells, because one alone can be
read in two ways (`1.234` is a thousand in Istanbul and one and a bit in London; `12 B` is 12 thousand in
Turkish and 12 billion in English; 03.04. and 03/04 swap day and month)."""

import re
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

_LONE = re.compile(r"(\d{0,20})([.,])(\d{1,20})")
_SUFFIXED = re.compile(r"\d\s*([^\W\d_]+)")
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](?:\d{4}|\d{2})(?!\d)")
_TURKISH_SCALES = frozenset(("bin", "mn", "milyon", "mlyn", "milyar", "mr", "mlr"))


class Style(Struct, frozen=True):
    """`decimal`: the sign before fractions, None where nothing tells. `b_thousand`: B means bin (thousand),
    not billion. `percent`: bare rates are percentages. `day_first`: 03/04 is the third of April. `scale`:
    the power of ten in the header ("Followers (millions)"), for numbers that carry no suffix of their own."""

    decimal: str | None = None
    b_thousand: bool = False
    percent: bool = False
    day_first: bool = True
    scale: int = 0


def observe(cells: Iterable[str], *, turkish: bool, percent: bool = False, scale: int = 0) -> Style:
    """The style of a column, from a sample of its cells and the language of the sheet.

    >>> observe(["1.234", "1,5"], turkish=False).decimal
    ','
    >>> observe(["12 B", "1,2 Mn"], turkish=False).b_thousand
    True
    >>> observe(["29.0b", "3.4m"], turkish=False).b_thousand
    False
    """
    texts = [cell.strip() for cell in cells if len(cell) <= 64]
    return Style(
        decimal=_decimal(texts),
        b_thousand=_b_is_thousand(texts, turkish),
        percent=percent,
        day_first=_day_first(texts),
        scale=scale,
    )


def decimal_of(text: str) -> str | None:
    """What one number alone says about the decimal sign.

    >>> [decimal_of(text) for text in ("1.234,5", "1.234.567", "348.5", "1.234", "0.123", "12")]
    [',', ',', '.', None, '.', None]
    """
    dots, commas = text.count("."), text.count(",")
    if dots and commas:
        last = "." if text.rfind(".") > text.rfind(",") else ","
        return last if text.count(last) == 1 else None
    if dots > 1 or commas > 1:
        return "," if dots else "."
    found = _LONE.search(text)
    if not found:
        return None
    before, sign, after = found.groups()
    decisive = len(after) != 3 or len(before) > 3 or not before.lstrip("0")
    return sign if decisive else None


def _decimal(texts: list[str]) -> str | None:
    votes = Counter(sign for text in texts if (sign := decimal_of(text)))
    return votes.most_common(1)[0][0] if votes else None


def _b_is_thousand(texts: list[str], turkish: bool) -> bool:
    """K beside it means English. Turkish words beside it, or a decimal comma before a suffix, mean Turkish;
    then the sheet's language decides."""
    scales = {found.group(1).lower() for text in texts if (found := _SUFFIXED.search(text))}
    if "k" in scales:
        return False
    if scales & _TURKISH_SCALES:
        return True
    comma = any(_SUFFIXED.search(text) and decimal_of(text) == "," for text in texts)
    return comma or turkish


def _day_first(texts: list[str]) -> bool:
    """Day first, as in Turkey and most of the world, unless a cell proves the opposite."""
    pairs = [found.groups() for text in texts if (found := _SLASHED.match(text))]
    month_first = any(int(second) > 12 for _, second in pairs)
    return not month_first or any(int(first) > 12 for first, _ in pairs)
