"""Who shares what with whom: identifiers that the referrer and the referred, or others of a tree, both have.

Identifiers come as keyed hashes. Those of devices and addresses hold for one day, because their salts do.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.referrals.forest import Counts, Forest

Flags = NDArray[np.bool_]


class BadMarks(ValueError):
    """Columns of different lengths, or accounts that are none."""


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """Identifiers of one kind: account, int64[M], a place; value, [M], any hash; day, int64[M], if a value
    says nothing beyond its day."""

    account: Counts
    value: NDArray[np.generic]
    day: Counts | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """Of each pair: among, int64[N]: how many accounts have the identifier that both share, the least such
    number if they share several, 0 if none. kin: the same with any other account of its tree."""

    among: Counts
    kin: Counts


def shared(marks: Marks, forest: Forest) -> Shared:
    """What each account shares with its referrer, and with others of its tree.

    >>> from graph.referrals.forest import grown
    >>> marks = Marks(np.array([0, 1, 2, 3, 1]), np.array(["x", "x", "y", "y", "x"]))
    >>> made = shared(marks, grown(np.array([-1, 0, 0, 0], dtype=np.int32)))
    >>> made.among.tolist(), made.kin.tolist()
    ([0, 2, 0, 0], [2, 2, 2, 2])
    """
    parents, size = forest.parents, len(forest.parents)
    account, key, crowd = _keyed(marks, size)
    among, kin = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    # One row per account and identifier, in this order, so that "has her referrer that too" is one search.
    codes = key * size + account
    referred = parents[account] >= 0
    wanted = key[referred] * size + parents[account[referred]]
    at = np.minimum(np.searchsorted(codes, wanted), max(len(codes) - 1, 0))
    with_parent = codes[at] == wanted if len(codes) else np.zeros(0, dtype=bool)
    _least(among, account[referred][with_parent], crowd[key[referred][with_parent]])
    tree = key * size + forest.tops[account]
    _, inverse, counts = np.unique(tree, return_inverse=True, return_counts=True)
    several = counts[inverse] > 1
    _least(kin, account[several], crowd[key[several]])
    return Shared(among, kin)


def _keyed(marks: Marks, size: int) -> tuple[Counts, Counts, Counts]:
    """Accounts and identifiers by number, each pair once, in order; how many accounts have each."""
    if not len(marks.account) == len(marks.value) == len(marks.account if marks.day is None else marks.day):
        raise BadMarks(f"{len(marks.account)} accounts, {len(marks.value)} values")
    if len(marks.account) and not 0 <= int(marks.account.min()) <= int(marks.account.max()) < size:
        raise BadMarks(f"accounts {marks.account.min()} to {marks.account.max()} of {size}")
    _, key = np.unique(marks.value, return_inverse=True)
    if marks.day is not None and len(key):
        span = int(marks.day.max()) - int(marks.day.min()) + 1
        _, key = np.unique(key * span + (marks.day - marks.day.min()), return_inverse=True)
    pairs = np.unique(key.astype(np.int64) * size + marks.account) if len(key) else np.zeros(0, np.int64)
    key, account = np.divmod(pairs, max(size, 1))
    return account, key, np.bincount(key) if len(key) else np.zeros(0, np.int64)


def _least(into: Counts, places: Counts, values: Counts) -> None:
    """The least value of each place; places without one are left."""
    order = np.lexsort((values, places))
    firsts = np.unique(places[order], return_index=True)
    into[firsts[0]] = values[order][firsts[1]]
