"""Parts of a labelled set so that no text stands in two of them, nor one that differs in names and signs."""

from collections.abc import Sequence

import numpy as np

from scoring.arrays import Flags, Integers
from scoring.folding import lower_tr
from scoring.sentiment.text import Reading


def groups(readings: Sequence[Reading]) -> Integers:
    """Of each text the number of its group: equal letters, whatever the casing, names, links and numbers.

    >>> from scoring.sentiment.text import read
    >>> groups([read("@a Çok güzel!"), read("COK GUZEL @b https://elci.example"), read("kötü")]).tolist()
    [0, 0, 1]
    """
    known: dict[str, int] = {}
    return np.array([known.setdefault(_key(reading), len(known)) for reading in readings], dtype=np.int64)


def equal(texts: Sequence[str]) -> Integers:
    """Of each text the number of its group: equal but for casing and white space.

    >>> equal(["Çok  güzel", "çok güzel", "çok güzel!"]).tolist()
    [0, 0, 1]
    """
    known: dict[str, int] = {}
    folded = (lower_tr(" ".join(text.split())) for text in texts)
    return np.array([known.setdefault(text, len(known)) for text in folded], dtype=np.int64)


def _key(reading: Reading) -> str:
    return "".join(char for word in reading.words for char in word if char.isalpha())


def held_out(group: Integers, share: float, seed: int) -> Flags:
    """Whether each row is held out: `share` of the groups, drawn at random."""
    drawn = np.random.default_rng(seed).random(int(group.max(initial=-1)) + 1) < share
    made: Flags = drawn[group]
    return made


def folds(group: Integers, count: int, seed: int) -> Integers:
    """The fold of each row, 0 to count - 1; a group stands in one."""
    drawn = np.random.default_rng(seed).integers(count, size=int(group.max(initial=-1)) + 1)
    made: Integers = drawn[group]
    return made
