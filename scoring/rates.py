"""Engagement rates of accounts: from a vendor's averages, and as columns of all candidates (FORMULAS 1)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from numpy.typing import ArrayLike

from scoring.arrays import Codes, Floats, Integers, factorise, floats
from scoring.basis import (
    Basis,
    component,
    component_names,
    divided,
    gaps,
    settled,
)

STATISTICS = ("median", "mean", "mean_unknown_n")
WINDOW_DAYS = 90

# A vendor's average that does not say over how many posts counts as one over the usual dozen.
UNKNOWN_N = 12

# A column as rows bring it; one text stands for every row, None for the default.
Texts = str | Sequence[str | None] | None
Numbers = ArrayLike | Sequence[float | None]


@dataclass(frozen=True, slots=True)
class AccountRates:
    """Rates of accounts of one basis. value: float64[N], NaN where `reason` (index into REASONS) is not 0."""

    value: Floats
    n: Floats
    reason: Codes
    basis: Basis
    statistic: str


def from_averages(
    platform: str,
    averages: Mapping[str, ArrayLike],
    *,
    format: str = "feed",
    base: str | None = None,
    components: str | None = None,
) -> AccountRates:
    """Rates from a vendor's averages per post.

    Parameters: `averages` maps counts and bases (followers, views, reach) to columns of N accounts; a column
    may be left out. A count that is not known is never taken for 0.

    >>> averages = {"views": [100, 0], "likes": [9, 9], "comments": [2, 2], "shares": [1, 1]}
    >>> rates = from_averages("tiktok", averages)
    >>> rates.value.tolist(), rates.statistic
    ([0.12, nan], 'mean_unknown_n')
    """
    basis = settled(platform, format, base, components)
    size = max((len(floats(column)) for column in averages.values()), default=0)
    known = {name: floats(column) for name, column in averages.items()}
    names = component_names(platform, basis.components, format)
    counts = [component(platform, name, known, size) for name in names]
    denominator = known.get(basis.base, np.full(size, np.nan))
    reason = gaps(counts, denominator)
    value = divided(sum(counts, np.zeros(size)), denominator)
    return AccountRates(
        value=np.where(reason == 0, value, np.nan),
        n=np.full(size, float(UNKNOWN_N)),
        reason=reason,
        basis=basis,
        statistic="mean_unknown_n",
    )


@dataclass(frozen=True, slots=True)
class Rates:
    """The engagement rates of N candidates (or of a catalogue), one row each.

    value, n, followers: float64[N], NaN = unknown. basis, statistic, category: codes into bases, STATISTICS
    and categories (-1 = no category). reason: index into REASONS, why value is missing (0: nobody said).
    """

    value: Floats
    n: Floats
    followers: Floats
    basis: Integers
    bases: tuple[Basis, ...]
    statistic: Integers
    category: Integers
    categories: tuple[str, ...]
    reason: Codes
    window_days: int = WINDOW_DAYS

    @classmethod
    def of(
        cls,
        *,
        platform: str | Sequence[str],
        value: Numbers,
        followers: Numbers,
        n: Numbers | None = None,
        base: Texts = None,
        components: Texts = None,
        format: Texts = None,
        statistic: Texts = None,
        category: Sequence[str | None] | None = None,
        reason: Codes | None = None,
    ) -> "Rates":
        """Columns as they come from rows.

        >>> rates = Rates.of(platform=["tiktok", "x"], value=[0.1, None], followers=[1e5, 1e4])
        >>> rates.bases[0].base, rates.n.tolist(), STATISTICS[rates.statistic[0]]
        ('views', [12.0, 12.0], 'mean_unknown_n')
        """
        values = floats(value)
        size = len(values)
        basis, bases = _bases(size, platform, format, base, components)
        counted = np.full(size, np.nan) if n is None else floats(n)
        labels, categories = factorise(category if category is not None else repeat(None, size), size)
        named = tuple(label for label in categories if label is not None)
        position = {label: code for code, label in enumerate(named)}
        recode = np.array([position.get(label, -1) if label else -1 for label in categories] or [-1])
        rates = cls(
            value=values,
            n=np.where(np.isnan(counted), float(UNKNOWN_N), counted),
            followers=floats(followers),
            basis=basis,
            bases=bases,
            statistic=_statistics(statistic, counted),
            category=recode[labels],
            categories=named,
            reason=np.zeros(size, dtype=np.int8) if reason is None else reason,
        )
        rates.check()
        return rates

    def taken(self, positions: Integers) -> "Rates":
        """The rates of some candidates, without the bases and categories that none of them has.

        >>> rates = Rates.of(platform=["x", "tiktok"], value=[0.1, 0.2], followers=[1, 2])
        >>> [basis.platform for basis in rates.taken(np.array([1])).bases]
        ['tiktok']
        """
        bases, basis = np.unique(self.basis[positions], return_inverse=True)
        named, category = np.unique(self.category[positions], return_inverse=True)
        # Those without a category come first, as -1.
        without = int(len(named) > 0 and named[0] < 0)
        return Rates(
            value=self.value[positions],
            n=self.n[positions],
            followers=self.followers[positions],
            basis=basis.astype(np.int64),
            bases=tuple(self.bases[at] for at in bases.tolist()),
            statistic=self.statistic[positions],
            category=category.astype(np.int64) - without,
            categories=tuple(self.categories[at] for at in named[without:].tolist()),
            reason=self.reason[positions],
            window_days=self.window_days,
        )

    def check(self) -> None:
        """Raise ValueError where columns differ in length."""
        columns = (self.n, self.followers, self.basis, self.statistic, self.category, self.reason)
        if any(len(column) != len(self.value) for column in columns):
            raise ValueError("the columns of Rates must have one row per candidate")


def _each(value: Texts, size: int) -> Iterable[str | None]:
    return repeat(value, size) if value is None or isinstance(value, str) else value


def _bases(
    size: int,
    platform: str | Sequence[str],
    format: Texts,
    base: Texts,
    components: Texts,
) -> tuple[Integers, tuple[Basis, ...]]:
    columns = (_each(column, size) for column in (platform, format, base, components))
    codes, written = factorise(zip(*columns, strict=False), size)
    merge, bases = factorise((_basis(*row) for row in written), len(written))
    return merge[codes] if size else codes, bases


def _basis(platform: str | None, format: str | None, base: str | None, components: str | None) -> Basis:
    platform, format = platform or "other", format or "feed"
    return settled(platform, format, base, components)


def _statistics(statistic: Texts, counted: Floats) -> Integers:
    codes, names = factorise(_each(statistic, len(counted)), len(counted))
    known = np.array([STATISTICS.index(name or "median") for name in names] or [0])[codes]
    return np.where(np.isnan(counted), STATISTICS.index("mean_unknown_n"), known)
