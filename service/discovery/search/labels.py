"""Labels: what an influencer or an account is, as short texts in one array.

Filters on sets of many values (category, tag, city, hashtag, audience) meet in the one index over this array,
which answers any combination of them; a column each would need an index for every combination. What few
values share among all (platform, country, language, verified) are columns: reading an index's half a million
entries for one of them takes longer than the rest of a search.
"""

from functools import lru_cache

from service.kit.text import fold_tr

# The letter leads, so that a value of one kind is never mistaken for one of another.
KINDS = {
    "city": "y",
    "category": "g",
    "tag": "t",
    "hashtag": "h",
    "audience": "a",
    "name": "n",
}
LONGEST = 120

# Shares below are too many to be worth a label; the exact share stands in the row's own column.
LEAST_SHARE = 0.05
_STEP = 50_000
_STEPS = 20


@lru_cache(maxsize=20_000)
def of(kind: str, value: str) -> str:
    """The label of a value.

    >>> of("category", "Güzellik & Bakım")
    'g:guzellik & bakim'
    """
    return f"{KINDS[kind]}:{fold_tr(value)}"[:LONGEST]


def hashtag(value: str) -> str:
    """The label of a hashtag, with or without its sign."""
    return of("hashtag", value.lstrip("#＃ "))


def named(word: str) -> str:
    """The label of a handle or name as one word."""
    return f"{KINDS['name']}:{word}"


def audience_key(dimension: str, code: str) -> str:
    """The key of an audience's share: `country:tr`."""
    return f"{fold_tr(dimension)}:{fold_tr(code)}"[: LONGEST - 6]


def audience(key: str, share: float) -> str:
    """The label of an audience's share, by steps of .05: .37 is in the seventh."""
    return f"{KINDS['audience']}:{key}:{_step(share)}"


def audience_at_least(key: str, share: float) -> list[str]:
    """The labels of which one is on every row with at least this share."""
    return [f"{KINDS['audience']}:{key}:{step}" for step in range(_step(share), _STEPS)]


def is_exact(share: float) -> bool:
    """Whether the labels from this share on are on no row with less."""
    # The last step holds all from .95 on.
    return _millionths(share) in range(0, _STEPS * _STEP, _STEP)


def _step(share: float) -> int:
    return min(_STEPS - 1, _millionths(share) // _STEP)


def _millionths(share: float) -> int:
    # Whole numbers: .7 is stored in four bytes as .69999999, and means .7.
    return round(share * 1_000_000)
