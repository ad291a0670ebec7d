"""Who follows a made-up account: half of them of its field, so that accounts of one field share people."""

import hashlib
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from service.demo.words import topics

# Made-up people of a platform, and how many of them care about one field.
PEOPLE = 24_000_000
FIELD = 1_200_000
_OF_THE_FIELD = 0.5
_LINES = 50_000


def followers(platform: str, handle: str, categories: Sequence[str], count: int) -> Iterator[bytes]:
    """The ids of `count` people, one a line, in pieces; equal for equal account and count.

    >>> [piece.count(b"\\n") for piece in followers("instagram", "deniz", ["food"], 60_000)]
    [50000, 10000]
    """
    people = _people(_rng(platform, handle), categories, min(count, PEOPLE // 2))
    for start in range(0, len(people), _LINES):
        piece = people[start : start + _LINES].tolist()
        yield "".join(f"{platform}-{person:08d}\n" for person in piece).encode()


def _people(rng: np.random.Generator, categories: Sequence[str], count: int) -> NDArray[np.int64]:
    """Distinct people: of the field as many as it has, the others from everybody."""
    fields = [_field(category) for category in categories]
    parts = [
        start + rng.choice(FIELD, min(int(count * _OF_THE_FIELD) // len(fields), FIELD // 2), replace=False)
        for start in fields
    ]
    near = np.unique(np.concatenate(parts)) if parts else np.empty(0, dtype=np.int64)
    # Some of them are near as well: twice as many are drawn as can be missing.
    drawn = rng.choice(PEOPLE, min(2 * count, PEOPLE), replace=False)
    far = drawn[~np.isin(drawn, near)]
    return np.concatenate([near, far])[:count]


def _field(category: str) -> int:
    """Where the people of a field begin: each has its own, and some of the next one's."""
    codes = [topic.code for topic in topics()]
    at = codes.index(category) if category in codes else 0
    return at * ((PEOPLE - FIELD) // len(codes))


def _rng(*words: str) -> np.random.Generator:
    return np.random.default_rng(list(hashlib.sha256("/".join(words).encode()).digest()))
