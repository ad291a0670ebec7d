"""Figures by day that any span of days is the sum of; pairs of days, of which a span counts each person once.
Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Ints = NDArray[np.int64]
# Before all days, and after all of them.
LONG_AGO, NEVER = -(2**31), 2**31 - 1


class Span(Struct, frozen=True):
    """Local days since 1970, both ends included."""

    first: int = LONG_AGO
    last: int = NEVER


class Days(Struct, frozen=True):
    """`days` in order; of each column a whole number a day."""

    days: list[int]
    columns: dict[str, list[int]]

    def sums(self, span: Span) -> dict[str, int]:
        """Each column over a span."""
        start, end = bisect_left(self.days, span.first), bisect_right(self.days, span.last)
        return {name: sum(column[start:end]) for name, column in self.columns.items()}


class Pairs(Struct, frozen=True):
    """How many have these two figures: int32[P] each, as bytes."""

    at: bytes
    other: bytes
    n: bytes

    def arrays(self) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
        at, other, n = (np.frombuffer(each, dtype="<i4") for each in (self.at, self.other, self.n))
        return at, other, n


def daily(columns: Mapping[str, tuple[Ints, Ints | None]]) -> Days:
    """Columns by day out of (days [R], whole numbers [R], or None: one each). Exact up to 2^53 a day.

    >>> made = daily({"a": (np.array([3, 1, 3]), None), "b": (np.array([2]), np.array([50]))})
    >>> made.days, made.columns, made.sums(Span(2, 3))
    ([1, 2, 3], {'a': [1, 0, 2], 'b': [0, 50, 0]}, {'a': 2, 'b': 50})
    """
    every = np.unique(np.concatenate([at for at, _ in columns.values()] or [np.zeros(0, np.int64)]))
    made = {}
    for name, (at, values) in columns.items():
        sums = np.zeros(len(every), dtype=np.int64)
        np.add.at(sums, np.searchsorted(every, at), 1 if values is None else values)
        made[name] = sums.tolist()
    return Days(every.tolist(), made)


def paired(at: Ints, other: Ints) -> Pairs:
    """How often each two figures come together, in the order of the first.

    >>> [each.tolist() for each in paired(np.array([5, 5, 2]), np.array([1, 1, 0])).arrays()]
    [[2, 5], [0, 1], [1, 2]]
    """
    together = at.astype(np.int64) * 2**32 + (other.astype(np.int64) + 2**31)
    keys, counts = np.unique(together, return_counts=True)
    parts = keys >> 32, (keys & (2**32 - 1)) - 2**31, counts
    return Pairs(*(part.astype("<i4").tobytes() for part in parts))


def once(pairs: Pairs, span: Span) -> int:
    """How many people have something in a span. Pairs: each of their days, and the one before it.

    >>> times = paired(np.array([1, 4, 9, 4]), np.array([LONG_AGO, 1, 4, LONG_AGO]))
    >>> once(times, Span(2, 9)), once(times, Span(5, 9)), once(times, Span())
    (2, 1, 2)
    """
    at, before, n = pairs.arrays()
    start, end = np.searchsorted(at, [max(span.first, LONG_AGO), min(span.last, NEVER)])
    end = np.searchsorted(at, min(span.last, NEVER), "right")
    new = (before[start:end] < span.first) | (before[start:end] == LONG_AGO)
    return int(n[start:end][new].sum())


def again(pairs: Pairs, span: Span, within: int, today: int) -> tuple[int, int]:
    """Of those who came first in a span, and had so many days since then: how many came again in them, and
    how many there are. Pairs: the first day, and after how many days, or NEVER.

    >>> firsts = paired(np.array([1, 1, 2, 9]), np.array([3, NEVER, 40, 1]))
    >>> again(firsts, Span(), 30, 33), again(firsts, Span(), 30, 31)
    ((1, 3), (0, 0))
    """
    at, gap, n = pairs.arrays()
    old = (at >= span.first) & (at <= span.last) & (at.astype(np.int64) + within < today)
    return int(n[old & (gap <= within)].sum()), int(n[old].sum())
