"""Common words of praise and blame in Turkish and English, for words that a model met too seldom.

The lists (data/polarity.json) are written by hand, not learnt; in ASCII. A Turkish entry is a beginning,
because suffixes follow it, an English one is the word, or a beginning where it ends in `*`.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

import msgspec

Sign = Literal[-1, 0, 1]

# Shorter Turkish beginnings are words of their own: "mal", not "malum".
_WHOLE_BELOW = 4
_SHORTEST = 3


@lru_cache(maxsize=100_000)
def sign(word: str, language: str) -> Sign:
    """1 praise, -1 blame, 0 neither; of a word in ASCII, by its longest known beginning.

    >>> sign("guzeldi", "tr"), sign("delayed", "en"), sign("goods", "en")
    (1, -1, 0)
    """
    known = _signs(language)
    if word in known:
        return known[word]
    shortest, end = (_WHOLE_BELOW, "") if language == "tr" else (_SHORTEST, "*")
    beginnings = (word[:size] + end for size in range(len(word), shortest - 1, -1))
    return next((known[each] for each in beginnings if each in known), 0)


@cache
def _signs(language: str) -> Mapping[str, Sign]:
    held: Any = msgspec.json.decode(files("scoring.sentiment.data").joinpath("polarity.json").read_bytes())
    made: dict[str, Sign] = {}
    for kind, value in (("praise", 1), ("blame", -1)):
        made |= dict.fromkeys(" ".join(held[language][kind]).split(), value)  # type: ignore[arg-type]
    return made
