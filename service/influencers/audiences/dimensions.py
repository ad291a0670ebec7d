"""What an audience is measured by: the dimensions, their codes, and which shares can be right."""

import re
from collections import defaultdict
from collections.abc import Iterable

from service.kit.text import fold_tr

AGES = ("13-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+")
GENDERS = ("female", "male", "other")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# Pattern of a dimension's codes; None where they are words of the source's own.
_CODES: dict[str, re.Pattern[str] | None] = {
    "country": re.compile("[A-Z]{2}"),
    "city": re.compile("[A-Z]{2}-[A-Z0-9]{1,3}"),
    "age": re.compile("|".join(map(re.escape, AGES))),
    "gender": re.compile("|".join(GENDERS)),
    "interests": None,
    "language": re.compile("[a-z]{2,3}"),
    "income": None,
    "education": None,
    "occupation": None,
    "brand_affinity": None,
    "active_hour": re.compile(f"({'|'.join(_DAYS)})-([01][0-9]|2[0-3])"),
}
DIMENSIONS = tuple(_CODES)
_EXPECTED = {
    "country": "ISO 3166-1, such as TR",
    "city": "ISO 3166-2, such as TR-34",
    "age": ", ".join(AGES),
    "gender": ", ".join(GENDERS),
    "language": "ISO 639, such as tr",
    "active_hour": "mon-00 .. sun-23",
}
# A person is in one of these only; many interests and languages can be the same person's.
_EXCLUSIVE = frozenset({"country", "city", "age", "gender", "income", "education", "active_hour"})
# Vendors round their percentages.
_ROUNDING = 0.02

Share = tuple[str, str, float]


def exclusive(dimension: str) -> bool:
    """Whether a person has one code of a dimension at most, so that its shares may be added up.

    >>> exclusive("country"), exclusive("interests")
    (True, False)
    """
    return dimension in _EXCLUSIVE


def fold_code(dimension: str, code: str) -> str:
    """By what a code is known: words in any spelling, codes of a standard as they are.

    >>> fold_code("interests", " Güzellik"), fold_code("city", "TR-34")
    ('guzellik', 'TR-34')
    """
    return fold_tr(code) if _CODES[dimension] is None else code


def wrong_code(dimension: str, code: str) -> str | None:
    """Why a code can't be of a dimension; None where it can.

    >>> wrong_code("city", "TR-34"), wrong_code("age", "18-25")
    (None, 'is none of 13-17, 18-24, 25-34, 35-44, 45-54, 55-64, 65+')
    """
    pattern = _CODES[dimension]
    if pattern is None:
        return None if fold_tr(code) else "is empty"
    return None if pattern.fullmatch(code) else f"is none of {_EXPECTED[dimension]}"


def wrong_sums(shares: Iterable[Share]) -> list[str]:
    """The dimensions of whose shares there are more than the whole.

    >>> wrong_sums([("gender", "female", 0.7), ("gender", "male", 0.5), ("interests", "moda", 1.0)])
    ['gender']
    """
    sums: dict[str, float] = defaultdict(float)
    for dimension, _, share in shares:
        sums[dimension] += share
    return sorted(name for name, total in sums.items() if name in _EXCLUSIVE and total > 1 + _ROUNDING)
