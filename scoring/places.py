"""Where a value stands among its peers: the mid-rank percentile within platform and category.

Mid-rank: (peers below + half of those that are equal) / peers, so ties share one place and the mean over the
peers themselves is .5 (Hyndman and Fan 1996, type 5, with ties). The peers are a population of its own: a
page of candidates, or one, stands where it stands among all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring.arrays import Flags, Floats, Integers, factorise

# A category is a peer group of its own from this many known values on; below, the platform is.
CATEGORY_PEERS = 50
# Alone, one stands nowhere.
LEAST_PEERS = 2


@dataclass(frozen=True, slots=True)
class Peers:
    """One input of M peers: value (NaN where unknown), and the groups that each is in."""

    value: Floats
    platform: Sequence[str]
    category: Sequence[str | None]


@dataclass(frozen=True, slots=True)
class Standing:
    """One input of N candidates among their peers.

    raw, percentile, median: float64[N], percentile and median NaN where unknown; n: int64[N], how many peers;
    in_category: whether they are those of the category; all_equal: whether all of them have one value.
    """

    raw: Floats
    percentile: Floats
    median: Floats
    n: Integers
    in_category: Flags
    all_equal: Flags


def place(
    value: Floats,
    platform: Sequence[str],
    category: Sequence[str | None],
    among: Peers | None = None,
) -> Standing:
    """Where N candidates stand among peers of their platform and category; `among` None: among themselves.

    Of the category where it has at least 50 peers with a known value, else of the platform; unknown where
    the value is NaN or there are fewer than two peers.

    >>> place(np.array([1.0, 5.0, 5.0, np.nan]), ["x"] * 4, [None] * 4).percentile.round(3).tolist()
    [0.167, 0.667, 0.667, nan]
    >>> field = Peers(np.arange(100.0), ["tiktok"] * 100, ["food"] * 60 + ["art"] * 40)
    >>> found = place(np.array([30.0, 30.0]), ["tiktok"] * 2, ["food", "art"], field)
    >>> found.percentile.round(3).tolist(), found.n.tolist(), found.in_category.tolist()
    ([0.508, 0.305], [60, 100], [True, False])
    """
    peers = among or Peers(value, platform, category)
    platforms = _codes(platform, peers.platform)
    fields = _codes(_pairs(platform, category), _pairs(peers.platform, peers.category))
    wide = _among(value, platforms[0], peers.value, platforms[1])
    narrow = _among(value, fields[0], peers.value, fields[1])
    has_category = np.array([name is not None for name in category], dtype=np.bool_)
    chosen = has_category & (narrow.n >= CATEGORY_PEERS)
    columns = (np.where(chosen, getattr(narrow, name), getattr(wide, name)) for name in _Among.__slots__)
    percentile, median, n, all_equal = columns
    unknown = np.isnan(value) | (n < LEAST_PEERS)
    return Standing(
        raw=value,
        percentile=np.where(unknown, np.nan, percentile),
        median=np.where(unknown, np.nan, median),
        n=n.astype(np.int64),
        in_category=chosen,
        all_equal=all_equal,
    )


@dataclass(frozen=True, slots=True)
class _Among:
    """Candidates within one grouping; numbers of groups without peers mean nothing."""

    percentile: Floats
    median: Floats
    n: Integers
    all_equal: Flags


def _pairs(first: Sequence[str], second: Sequence[str | None]) -> list[tuple[str, str | None]]:
    return list(zip(first, second, strict=True))


def _codes(candidates: Sequence[object], peers: Sequence[object]) -> tuple[Integers, Integers]:
    """Groups as numbers, the same for candidates and peers."""
    codes, _ = factorise([*candidates, *peers], len(candidates) + len(peers))
    return codes[: len(candidates)], codes[len(candidates) :]


def _among(value: Floats, group: Integers, peer_value: Floats, peer_group: Integers) -> _Among:
    """All groups at once: values become ranks, (group, rank) one sorted key, counts differences of places."""
    known = ~np.isnan(peer_value)
    ranks, peer_ranks, levels = _ranks(value, peer_value[known])
    distinct = len(levels)
    keys = np.sort(peer_group[known] * distinct + peer_ranks)
    start, end = (np.searchsorted(keys, (group + more) * distinct) for more in (0, 1))
    below = np.searchsorted(keys, group * distinct + ranks)
    upto = np.searchsorted(keys, group * distinct + ranks, side="right")
    n = end - start

    def at(places: Integers) -> Floats:
        """The peers' values at places of the sorted keys."""
        if not len(keys):
            return np.full(len(places), np.nan)
        found: Floats = levels[keys[np.minimum(places, len(keys) - 1)] % distinct]
        return found

    first, last = at(start), at(np.maximum(end - 1, start))
    median = (at(start + np.maximum(n - 1, 0) // 2) + at(start + n // 2)) / 2
    percentile = ((below - start) + (upto - start)) / 2 / np.maximum(n, 1)
    return _Among(percentile, median, n, first == last)


def _ranks(value: Floats, peers: Floats) -> tuple[Integers, Integers, Floats]:
    """Ranks of values and peers among all of both, and the value of each rank; NaN is the highest."""
    levels, inverse = np.unique(np.concatenate([value, peers]), return_inverse=True)
    return inverse[: len(value)], inverse[len(value) :], levels
