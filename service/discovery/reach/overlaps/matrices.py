"""Shared people as matrices of counts and of shares (pure)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from service.discovery.reach.overlaps.counting import Shared
from service.discovery.reach.overlaps.schemas import Matrix

Cells = NDArray[np.float64]
Sizes = NDArray[np.float64]
_DIGITS = 6


def jaccard(cells: Cells, sizes: Sizes) -> Cells:
    """|A and B| / |A or B|: it rises with the shared people, so ends of an interval stay ends.

    >>> jaccard(np.array([[3.0, 1.0], [1.0, 2.0]]), np.array([3.0, 2.0])).tolist()
    [[1.0, 0.25], [0.25, 1.0]]
    """
    return _divided(cells, sizes[:, None] + sizes[None, :] - cells)


def containment(cells: Cells, sizes: Sizes) -> Cells:
    """|A and B| / |A| in row A and column B.

    >>> containment(np.array([[4.0, 1.0], [1.0, 2.0]]), np.array([4.0, 2.0])).tolist()
    [[1.0, 0.25], [0.5, 1.0]]
    """
    return _divided(cells, np.broadcast_to(sizes[:, None], cells.shape))


def _divided(numerator: Cells, denominator: Cells) -> Cells:
    safe = np.where(denominator > 0, denominator, 1.0)
    return np.where(denominator > 0, numerator / safe, np.nan)


def shown(value: Cells, low: Cells, high: Cells) -> Matrix:
    """A matrix as the API shows it; without ends where all that is known is exact."""
    known = ~np.isnan(value)
    exact = bool(np.all((low[known] == value[known]) & (high[known] == value[known])))
    bounded = bool(np.any(~known & ~np.isnan(low)))
    if exact and not bounded:
        return Matrix(rows(value), None, None)
    return Matrix(rows(value), rows(low), rows(high))


def all_three(shared: Shared, sizes: Sequence[int]) -> tuple[Matrix, Matrix, Matrix]:
    """Shared people, Jaccard and containment."""
    people = np.array(sizes, dtype=np.float64)
    ends = (shared.value, shared.low, shared.high)
    return (
        shown(*ends),
        shown(*(jaccard(each, people) for each in ends)),
        shown(*(containment(each, people) for each in ends)),
    )


def rows(cells: Cells) -> list[list[float | None]]:
    return [[None if each != each else round(each, _DIGITS) for each in row] for row in cells.tolist()]
