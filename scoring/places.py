"""Where a value stands among its peers: the mid-rank percentile within platform and category.

Mid-rank: (peers below + half of those that are equal) / peers, so ties share one place and the mean over the
peers themselves is .5 (Hyndman and Fan 1996, type 5, with ties). The peers are a population of its own
(`fit`), which can be stored: a page of candidates, or one, then stands (`place`) where it stood among all.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from msgspec import Struct

from scoring.arrays import Flags, Floats, Integers, factorise
from scoring.scores import DECIMALS

# A category is a peer group of its own from this many known values on; below, the platform is.
CATEGORY_PEERS = 50
# Alone, one stands nowhere.
LEAST_PEERS = 2
# Of more distinct values than this so many are kept, between which places are interpolated: a percentile is
# then off by half a point at most. With so many digits a value stays what it was, for that purpose: a
# population of some hundred fields is stored with every run.
MOST_LEVELS = 100
DIGITS = 6


class Field(NamedTuple):
    """Whose peers are meant: those of a platform, or of a category there."""

    platform: str
    category: str | None


@dataclass(frozen=True, slots=True)
class Fields:
    """The field of each of N rows: code[i] is the place of row i's field in `names`."""

    code: Integers
    names: tuple[Field, ...]

    @classmethod
    def of(cls, platform: Sequence[str], category: Sequence[str | None]) -> "Fields":
        """From two columns of one length.

        >>> Fields.of(["x", "x"], ["food", None]).names
        (Field(platform='x', category='food'), Field(platform='x', category=None))
        """
        code, names = factorise(map(Field, platform, category), len(platform))
        return cls(code, names)

    def rows(self) -> Iterator[tuple[Field, Integers]]:
        """Each field that has rows, with their positions."""
        order = np.argsort(self.code, kind="stable")
        codes, starts = np.unique(self.code[order], return_index=True)
        parts = np.split(order, starts[1:])
        yield from zip((self.names[code] for code in codes.tolist()), parts, strict=len(codes) > 0)

    def taken(self, positions: Integers) -> "Fields":
        """The fields of some rows, without the names that none of them has."""
        codes, code = np.unique(self.code[positions], return_inverse=True)
        return Fields(code.astype(np.int64), tuple(self.names[at] for at in codes.tolist()))


class Distribution(Struct, frozen=True):
    """n known values of peers: distinct ones (rising), the mid-rank percentile of each, and the median."""

    values: tuple[float, ...]
    ranks: tuple[float, ...]
    n: int
    median: float


class Group(Struct, frozen=True):
    """The peers of one field by input; `category` None: all of the platform."""

    platform: str
    category: str | None
    inputs: dict[str, Distribution]


class Population(Struct, frozen=True):
    """What inputs are held against. Encodes with msgspec: keep it beside a run."""

    groups: tuple[Group, ...]


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

    @property
    def known(self) -> Flags:
        """Who has a percentile."""
        found: Flags = ~np.isnan(self.percentile)
        return found


def fit(inputs: Mapping[str, Floats], fields: Fields) -> Population:
    """What the values of M peers are distributed like: by platform, and by category from 50 peers on.

    inputs: by name float64[M], NaN where unknown.

    >>> found = fit({"followers": np.array([5.0, 1.0, 5.0, np.nan])}, Fields.of(["x"] * 4, [None] * 4))
    >>> found.groups[0].inputs["followers"]
    Distribution(values=(1.0, 5.0), ranks=(0.166667, 0.666667), n=3, median=5.0)
    """
    platforms, names = factorise([field.platform for field in fields.names], len(fields.names))
    wide = _groups(inputs, platforms[fields.code], [Field(name, None) for name in names], LEAST_PEERS)
    narrow = _groups(inputs, fields.code, fields.names, CATEGORY_PEERS)
    return Population((*wide, *(group for group in narrow if group.category is not None)))


def place(population: Population, name: str, value: Floats, fields: Fields) -> Standing:
    """Where N candidates stand among the peers of their platform and category; row i by row i alone.

    Of the category where it has at least 50 peers with a known value, else of the platform; unknown where
    the value is NaN or there are fewer than two peers.

    >>> peers = fit({"tenure": np.arange(100.0)}, Fields.of(["x"] * 100, ["food"] * 60 + ["art"] * 40))
    >>> found = place(peers, "tenure", np.array([30.0, 30.0]), Fields.of(["x"] * 2, ["food", "art"]))
    >>> found.percentile.round(3).tolist(), found.n.tolist(), found.in_category.tolist()
    ([0.508, 0.305], [60, 100], [True, False])
    """
    groups = {(group.platform, group.category): group.inputs.get(name) for group in population.groups}
    percentile, median = np.full(len(value), np.nan), np.full(len(value), np.nan)
    n = np.zeros(len(value), dtype=np.int64)
    in_category, all_equal = np.zeros(len(value), np.bool_), np.zeros(len(value), np.bool_)
    for field, own in fields.rows():
        narrow = groups.get(field) if field.category is not None else None
        peers = narrow or groups.get((field.platform, None))
        if peers is None:
            continue
        rows = own[~np.isnan(value[own])]
        percentile[rows] = np.interp(value[rows], peers.values, peers.ranks, left=0.0, right=1.0)
        median[rows], n[rows] = peers.median, peers.n
        in_category[rows], all_equal[rows] = narrow is not None, len(peers.values) == 1
    return Standing(value, percentile, median, n, in_category, all_equal)


def _groups(
    inputs: Mapping[str, Floats], code: Integers, names: Sequence[Field], least: int
) -> Iterator[Group]:
    """A group for each name with enough peers in any input."""
    order = np.argsort(code, kind="stable")
    ends = np.cumsum(np.bincount(code, minlength=len(names)))
    for field, rows in zip(names, np.split(order, ends[:-1]) if len(names) else [], strict=True):
        values = {name: column[rows] for name, column in inputs.items()} if len(rows) >= least else {}
        known = {name: column[~np.isnan(column)] for name, column in values.items()}
        made = {name: _distribution(column) for name, column in known.items() if len(column) >= least}
        if made:
            yield Group(*field, made)


def _distribution(values: Floats) -> Distribution:
    levels, counts = np.unique(values, return_counts=True)
    ranks = np.round((np.cumsum(counts) - counts / 2) / len(values), DECIMALS)
    if len(levels) > MOST_LEVELS:
        # Evenly by rank, with both ends.
        kept = np.unique(np.searchsorted(ranks, np.linspace(ranks[0], ranks[-1], MOST_LEVELS)))
        levels, ranks = _shortened(levels[kept]), ranks[kept]
    return Distribution(tuple(levels.tolist()), tuple(ranks.tolist()), len(values), float(np.median(values)))


def _shortened(levels: Floats) -> Floats:
    """Values with a few digits; still rising, as those that become equal stay as they are."""
    short = np.array([float(f"{level:.{DIGITS}g}") for level in levels.tolist()])
    short[[0, -1]] = levels[[0, -1]]  # what lies at an end must not fall off it
    return short if np.all(np.diff(short) > 0) else levels
