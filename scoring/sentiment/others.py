"""Heaps of frequent words of languages that have no model here, so that nobody takes their texts for Turkish.

The lists (data/other_languages.json) are written by hand. Languages in other scripts need no words.
"""

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import msgspec
import numpy as np

_MOST = 14


def texts(count: int, seed: int = 0) -> Iterator[str]:
    """`count` heaps of 2 to 14 words, each of one language: enough for the letters that its texts have.

    >>> len(list(texts(3)))
    3
    """
    held: Any = msgspec.json.decode(
        files("scoring.sentiment.data").joinpath("other_languages.json").read_bytes()
    )
    lists = [" ".join(lines).split() for lines in held["words"].values()]
    rng = np.random.default_rng(seed)
    for _ in range(count):
        words = lists[rng.integers(len(lists))]
        yield " ".join(words[place] for place in rng.integers(len(words), size=rng.integers(2, _MOST + 1)))
