"""Places among others: mid-ranks within groups, for whole columns and for one value.

A mid-rank is the share that stands lower plus half of the share that stands level (Hazen, 1914), so it is
uniform with mean .5 whatever the ties, and never 0 or 1.
"""

from typing import NamedTuple

import numpy as np

from scoring.arrays import Floats, Integers

# A place among fewer moves by more than five points with each of them.
MINIMUM = 20


class Place(NamedTuple):
    """Where a value stands: the share that it is above (None with a reason of REASONS), among n in all."""

    value: float | None
    n: int
    reason: str | None


def midranks(values: Floats, groups: Integers | None = None) -> tuple[Floats, Integers]:
    """Mid-rank of each value within its group, 0..1, and how many values that group has.

    Parameters: values: float64[N], NaN = unknown; groups: int64[N], below 0 = in no group, None = all in one.
    Returns: float64[N], NaN where the value or the group is unknown, and int64[N], there 0.

    >>> ranks, n = midranks(np.array([1.0, 3.0, 3.0, 9.0, np.nan]), np.array([0, 0, 0, 1, 0]))
    >>> ranks.round(3).tolist(), n.tolist()
    ([0.167, 0.667, 0.667, 0.5, nan], [3, 3, 3, 1, 0])
    """
    codes = np.zeros(len(values), dtype=np.int64) if groups is None else groups
    if len(codes) != len(values):
        raise ValueError("groups must have one row per value")
    rows = np.flatnonzero(~np.isnan(values) & (codes >= 0))
    rows = rows[np.lexsort((values[rows], codes[rows]))]
    group, value = codes[rows], values[rows]
    start, size = _runs(group)
    tied, ties = _runs(group, value)
    ranks, n = np.full(len(values), np.nan), np.zeros(len(values), dtype=np.int64)
    ranks[rows], n[rows] = (tied - start + ties / 2) / np.maximum(size, 1), size
    return ranks, n


def _runs(*columns: Floats | Integers) -> tuple[Integers, Integers]:
    """Per row of sorted columns, where its run of equal rows begins and how long that is."""
    changes = np.logical_or.reduce([column[1:] != column[:-1] for column in columns])
    starts = np.flatnonzero(np.concatenate([np.ones(min(1, len(columns[0])), dtype=np.bool_), changes]))
    lengths = np.diff(np.append(starts, len(columns[0])))
    return np.repeat(starts, lengths), np.repeat(lengths, lengths)


def place(value: float | None, others: Floats, *, minimum: int = MINIMUM) -> Place:
    """Where one value stands among others and itself.

    Reasons: `no_rate` (no value), `too_few_peers` (under `minimum` others), `peers_all_equal`.

    >>> place(3.0, np.array([1.0, 3.0, 9.0]), minimum=3)
    Place(value=0.5, n=3, reason=None)
    >>> place(3.0, np.array([1.0]))
    Place(value=None, n=1, reason='too_few_peers')
    """
    known = others[~np.isnan(others)]
    n = len(known)
    if value is None or np.isnan(value):
        return Place(None, n, "no_rate")
    if n < max(minimum, 1):
        return Place(None, n, "too_few_peers")
    if known.min() == known.max():
        return Place(None, n, "peers_all_equal")
    below, level = int((known < value).sum()), int((known == value).sum())
    return Place((below + (level + 1) / 2) / (n + 1), n, None)
