"""Categories of goods that law keeps out of influencers' posts, or allows on conditions; as data."""

from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec
from msgspec import Struct


class RestrictedCategory(Struct, frozen=True, forbid_unknown_fields=True):
    """What a law of a market says about advertising a category.

    market: ISO 3166-1. status: `prohibited`, or `conditional` (allowed on conditions). safety: the category
    of word lists (scoring/safety.py) that finds it in texts, null where none does. source: the law, by its
    number and name. checked_on: the day on which somebody last
    held it against the text of the law, null where nobody has yet. No legal advice.
    """

    code: str
    market: str
    status: Literal["prohibited", "conditional"]
    safety: str | None
    name_en: str
    name_tr: str
    rule_en: str
    rule_tr: str
    source: str
    checked_on: str | None


@cache
def categories(market: str | None = None) -> tuple[RestrictedCategory, ...]:
    """All that are known, or those of a market.

    >>> {each.market for each in categories("TR")}
    {'TR'}
    """
    data = files("scoring.data").joinpath("restricted.json").read_bytes()
    every = msgspec.json.decode(data, type=tuple[RestrictedCategory, ...])
    return tuple(each for each in every if market in (None, each.market))
