"""What a query's hours usually bring: the public form of a fit, small enough to be stored as JSON."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import numpy as np
from msgspec import Struct
from numpy.typing import ArrayLike

from scoring.arrays import Floats
from scoring.spikes import fitting
from scoring.spikes.events import Event, covered
from scoring.spikes.local import HOUR, cells

WINDOW = 4 * fitting.WEEK
# Of less than a day nobody knows what an hour is like.
LEAST_HOURS = 24


class Baseline(Struct, frozen=True):
    """A query's usual hours.

    zone: IANA; as_of: the end of the hours it rests on; log_level, variance: 7 x 24, Monday 00 first, of
    the level of mentions an hour; dispersion: 1/k of the negative binomial; factor, factor_variance: log of
    the present level against the rhythm; hours: that it rests on; left_out: that nothing usual explains.
    """

    zone: str
    as_of: datetime
    log_level: list[list[float]]
    variance: list[list[float]]
    dispersion: float
    factor: float
    factor_variance: float
    hours: int
    left_out: int

    @property
    def known(self) -> bool:
        """Whether there are enough hours to say anything."""
        return self.hours >= LEAST_HOURS

    def levels(self, starts_at: datetime, hours: int) -> tuple[Floats, Floats]:
        """The level of each of `hours` hours from starts_at on and its log variance, float64[hours] each."""
        week = cells(starts_at, hours, self.zone)
        level = np.exp(np.array(self.log_level).ravel()[week] + self.factor)
        return level, np.array(self.variance).ravel()[week] + self.factor_variance


def fit(
    counts: ArrayLike, starts_at: datetime, zone: str = "Europe/Istanbul", events: Iterable[Event] = ()
) -> Baseline:
    """The baseline of one query from its hourly counts.

    counts: mentions of each hour, oldest first, NaN: not known (a source that was down is not 0); of longer
    series the last four weeks count. starts_at: when the first hour begins, with a time zone. events: left
    out. ValueError: counts below 0, more than one row, a time without a zone, an unknown zone.

    >>> usual = np.tile([4.0] * 8 + [20.0] * 16, 28)
    >>> found = fit(usual, datetime(2026, 10, 5, tzinfo=UTC), "UTC")
    >>> level, _ = found.levels(datetime(2026, 11, 2, 3, tzinfo=UTC), 10)
    >>> level.round().tolist(), found.hours, found.left_out
    ([4.0, 4.0, 4.0, 4.0, 4.0, 20.0, 20.0, 20.0, 20.0, 20.0], 672, 0)
    """
    row = np.asarray(counts, dtype=np.float64)
    if row.ndim != 1:
        raise ValueError("counts of one query are one row; for more there is fit_many")
    return fit_many(row[None], starts_at, zone, [tuple(events)])[0]


def fit_many(
    counts: ArrayLike,
    starts_at: datetime,
    zone: str = "Europe/Istanbul",
    events: Sequence[Iterable[Event]] | None = None,
) -> list[Baseline]:
    """Baselines of B queries at once, as `fit`. counts: [B, H]; events: of each query, or none."""
    rows = _rows(counts)
    offset = max(rows.shape[1] - WINDOW, 0)
    begin = starts_at + offset * HOUR
    window = fitting.Window(
        _without(rows[:, offset:], begin, events), cells(begin, rows.shape[1] - offset, zone)
    )
    if not window.counts.size:
        return [_nothing(zone, starts_at) for _ in rows]
    found = fitting.fit(window)
    as_of = (begin + len(window.cell) * HOUR).astimezone(UTC)
    return [_of(found, window, at, zone, as_of) for at in range(len(rows))]


def _rows(counts: ArrayLike) -> Floats:
    rows: Floats = np.array(counts, dtype=np.float64, ndmin=2)
    if rows.ndim != 2:
        raise ValueError("counts have rows of queries and columns of hours")
    if (rows < 0).any() or np.isinf(rows).any():
        raise ValueError("counts are 0 or more")
    return rows


def _without(rows: Floats, begin: datetime, events: Sequence[Iterable[Event]] | None) -> Floats:
    if events is None:
        return rows
    if len(events) != len(rows):
        raise ValueError("events are given for each query")
    kept = rows.copy()
    for at, of_query in enumerate(events):
        kept[at, covered(of_query, begin, rows.shape[1])] = np.nan
    return kept


def _of(found: fitting.Fit, window: fitting.Window, at: int, zone: str, as_of: datetime) -> Baseline:
    known, used = np.isfinite(window.counts[at]), found.used[at]
    return Baseline(
        zone=zone,
        as_of=as_of,
        log_level=found.log_level[at].tolist(),
        variance=found.variance[at].tolist(),
        dispersion=float(found.dispersion[at]),
        factor=float(found.moved.log_factor[at, -1]),
        factor_variance=float(found.moved.variance[at]),
        hours=int(used.sum()),
        left_out=int((known & ~used).sum()),
    )


def _nothing(zone: str, as_of: datetime) -> Baseline:
    cells(as_of, 0, zone)
    empty, unsure = np.zeros((7, 24)).tolist(), np.ones((7, 24)).tolist()
    return Baseline(zone, as_of.astimezone(UTC), empty, unsure, fitting.DISPERSION, 0.0, 0.0, 0, 0)
