"""A figure that may be uncertain: `value` from `low` to `high`, on how many cases it rests, how it came."""

from msgspec import Struct

# Two-sided, everywhere: what an interval of this package promises.
CONFIDENCE = 0.95
Z = 1.959963984540054


class Estimate(Struct, frozen=True):
    """value, low, high: in the figure's unit, null with a reason; n: cases behind it; basis: the method."""

    value: float | None
    low: float | None
    high: float | None
    n: float | None
    basis: str
    reason: str | None = None

    @property
    def exact(self) -> bool:
        """Whether nothing was estimated."""
        return self.value is not None and self.low == self.value == self.high

    def times(self, factor: float) -> "Estimate":
        """The same in another unit, or so many of it.

        >>> exactly(2.0).times(3).value
        6.0
        """
        parts = (None if part is None else part * factor for part in (self.value, self.low, self.high))
        value, low, high = parts
        return Estimate(value, low, high, self.n, self.basis, self.reason)

    def over(self, whole: float) -> "Estimate":
        """The same as a share of a known whole.

        >>> Estimate(50.0, 40.0, 60.0, 9, "uniform_samples").over(100).low
        0.4
        """
        return self.times(1 / whole) if whole else missing(self.basis, "no_followers")


def exactly(value: float, n: float | None = None, basis: str = "exact") -> Estimate:
    """A figure without error.

    >>> exactly(3.0).exact
    True
    """
    return Estimate(value, value, value, n, basis)


def missing(basis: str, reason: str, low: float | None = None, high: float | None = None) -> Estimate:
    """No figure, and why; where the truth is confined all the same, its bounds.

    >>> missing("sizes", "no_overlap_known", 10.0, 15.0).value is None
    True
    """
    return Estimate(None, low, high, None, basis, reason)
