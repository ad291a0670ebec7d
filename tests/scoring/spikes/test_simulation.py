"""What spikes are held to, in a small fixed form; `elci bench spikes` is the long one."""

from datetime import UTC, datetime

import numpy as np
import pytest

from scoring.spikes import replay
from scoring.spikes.negative_binomial import tail
from scoring.spikes.replays import WINDOW
from scoring.spikes.simulated import KINDS, TIMES, draw

BEGIN = datetime(2026, 1, 5, tzinfo=UTC)
# More than expected by chance, at 95%, of 24 queries in ten days when one a quarter is allowed: 2.6 expected.
QUARTERS = 24 * 10 / 91.3


@pytest.fixture(scope="module")
def watched():
    """24 queries of bases 5 to 200 and all rhythms, with tripled hours; ten days are checked."""
    drawn = draw(24, 28 + 10, seed=3, every=120)
    return drawn, replay(drawn.counts, BEGIN, "UTC")


def _power(drawn, thresholds, rows):
    """The chance that a tripled hour reaches its threshold, mean of all checked hours."""
    means = drawn.means[rows][:, WINDOW:] * TIMES
    return float(tail(thresholds[rows][:, WINDOW:], means, drawn.dispersion[rows, None]).mean())


def test_false_alarms_are_rare(watched):
    drawn, seen = watched
    means, dispersion = drawn.means[:, WINDOW:], drawn.dispersion[:, None]
    chance = tail(seen.threshold[:, WINDOW:], means, dispersion)
    assert float(chance.sum()) / QUARTERS < 0.75
    assert (seen.alert & ~drawn.tripled).sum() <= 5


@pytest.mark.parametrize(("base", "least"), [(10.0, 0.92), (20.0, 0.95), (50.0, 0.98)])
def test_tripled_hours_are_found_as_by_one_who_knows(watched, base, least):
    drawn, seen = watched
    rows = drawn.base == base
    assert _power(drawn, seen.threshold, rows) >= least * _power(drawn, drawn.oracle, rows)


def test_tripled_hours_of_fifty_and_more_are_found(watched):
    drawn, seen = watched
    many = (drawn.means >= 50) & (np.arange(drawn.means.shape[1]) >= WINDOW)
    dispersion = np.broadcast_to(drawn.dispersion[:, None], many.shape)
    assert tail(seen.threshold[many], TIMES * drawn.means[many], dispersion[many]).mean() >= 0.99
    assert (seen.spike & drawn.tripled & many).sum() >= 0.95 * (drawn.tripled & many).sum()


def test_levels_are_known_as_well_as_it_says(watched):
    """The spread of what was forecast around the truth is not wider than the forecast's own."""
    drawn, seen = watched
    off = np.log(seen.expected / drawn.means)[:, WINDOW:]
    assert abs(off.mean()) < 0.02
    assert np.sqrt((off[drawn.base >= 20] ** 2).mean()) < 0.08


def test_every_kind_of_rhythm_is_drawn_with_its_base():
    for kind in KINDS:
        drawn = draw(2, 7, seed=1, kinds=(kind,), bases=(30.0,))
        np.testing.assert_allclose(drawn.means.mean(axis=1), 30, rtol=1e-9)
