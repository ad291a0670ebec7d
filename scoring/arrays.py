"""Columns of numbers: the only way candidates enter a formula. Missing is NaN inside, null outside."""

from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Codes = NDArray[np.int8]
Flags = NDArray[np.bool_]

T = TypeVar("T", bound=Hashable)


def floats(values: ArrayLike | Sequence[float | None]) -> Floats:
    """One float64 column of a sequence with numbers and None; what is not finite becomes NaN.

    >>> floats([1, None, float("inf")]).tolist()
    [1.0, nan, nan]
    """
    column: Floats = np.array(values, dtype=np.float64, ndmin=1)
    column[~np.isfinite(column)] = np.nan
    return column


def factorise(values: Iterable[T], size: int) -> tuple[Integers, tuple[T, ...]]:
    """Codes of `size` values and the distinct values in order of appearance.

    >>> codes, distinct = factorise(["tr", "de", "tr"], 3)
    >>> codes.tolist(), distinct
    ([0, 1, 0], ('tr', 'de'))
    """
    index: dict[T, int] = {}
    codes = np.fromiter((index.setdefault(value, len(index)) for value in values), np.int64, size)
    return codes, tuple(index)
