"""Figures of the day: the snapshot that lies nearest to a post (FORMULAS 1)."""

import numpy as np

from scoring.arrays import Floats, Integers


def nearest(
    account: Integers, at: Floats, snapshot_account: Integers, snapshot_at: Floats, snapshot_value: Floats
) -> Floats:
    """Per post the value of its account's snapshot nearest in time (of two the earlier), NaN without one.

    Times are numbers of one unit (say epoch seconds). account, at: [M]; snapshot_*: [S].

    >>> zero = np.zeros(2, dtype=np.int64)
    >>> nearest(zero, np.array([1.0, 9.0]), zero, np.array([0.0, 10.0]), np.array([100.0, 200.0])).tolist()
    [100.0, 200.0]
    """
    if len(snapshot_at) == 0:
        return np.full(len(at), np.nan)
    order = np.lexsort((snapshot_value, snapshot_at, snapshot_account))
    owner, time, value = snapshot_account[order], snapshot_at[order], snapshot_value[order]
    after = _position(owner, time, account, at)
    before = np.maximum(after - 1, 0)
    after = np.minimum(after, len(time) - 1)
    gap_before = np.where(owner[before] == account, np.abs(at - time[before]), np.inf)
    gap_after = np.where(owner[after] == account, np.abs(time[after] - at), np.inf)
    found = np.where(gap_before <= gap_after, value[before], value[after])
    return np.where(np.isfinite(np.minimum(gap_before, gap_after)), found, np.nan)


def _position(owner: Integers, time: Floats, account: Integers, at: Floats) -> Integers:
    """Where each (account, at) would be inserted among the sorted (owner, time)."""
    ticks, rank = np.unique(np.concatenate([time, at]), return_inverse=True)
    keys, wanted = owner * len(ticks) + rank[: len(time)], account * len(ticks) + rank[len(time) :]
    return np.searchsorted(keys, wanted)
