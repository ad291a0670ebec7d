from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.spikes import Move, Surprise, step
from scoring.spikes.local import HOUR
from scoring.spikes.replays import _alerts

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
HIGH, THRESHOLD = 29, 40


def _hour(after: int, count: int) -> Surprise:
    p = 1e-9 if count >= THRESHOLD else 0.01 if count > HIGH else 0.5
    return Surprise(NOON + after * HOUR, count, 20.0, 12, HIGH, p, THRESHOLD, count >= THRESHOLD)


def _moves(counts: list[int | None]) -> list[str]:
    spell, moves = None, []
    for after, count in enumerate(counts):
        if count is None:
            moves.append("-")
        else:
            spell, move, _ = step(spell, _hour(after, count))
            moves.append(move)
    return moves


@pytest.mark.parametrize(
    ("counts", "moves"),
    [
        ([20, 20, 20], "nnn"),
        ([60, 20, 20, 20, 20], "occln"),
        ([60, 70, 80, 50], "occc"),
        ([60, 20, 20, 60, 20, 20, 20, 20], "occcccln"),
        ([60, 20, 20, 35, 20, 20, 20], "occcccl"),
        ([60, 20, None, 20, 20, 60], "oc-clo"),
        ([60] + [None] * 23 + [20], "o" + "-" * 23 + "c"),
        ([60] + [None] * 24 + [20, 60], "o" + "-" * 24 + "lo"),
        ([60] + [None] * 24 + [60], "o" + "-" * 24 + "o"),
    ],
)
def test_a_spike_lasts_until_counts_have_fallen_back(counts, moves):
    # n: none, o: open, c: continue, l: close.
    assert "".join("l" if move == Move.CLOSE else move[0] for move in _moves(counts)) == moves


def test_an_hour_that_comes_again_alerts_once_and_counts_once():
    spell, first, _ = step(None, _hour(0, 45), complete=False)
    spell, again, _ = step(spell, _hour(0, 80), complete=True)
    assert (first, again) == (Move.OPEN, Move.CONTINUE)
    assert (spell.mentions, spell.expected, spell.peak_count) == (80, 20.0, 80)


def test_an_hour_that_is_not_over_calms_nothing():
    spell = step(None, _hour(0, 60)).spell
    for after in range(1, 6):
        spell, move, _ = step(spell, _hour(after, 3), complete=False)
        assert (move, spell.calm) == (Move.CONTINUE, 0)


def test_a_calm_hour_that_comes_again_is_one_calm_hour():
    spell = step(None, _hour(0, 60)).spell
    for _ in range(5):
        spell, move, _ = step(spell, _hour(1, 20))
    assert (move, spell.calm) == (Move.CONTINUE, 1)
    assert step(spell, _hour(1, 35)).spell.calm == 0


def test_late_hours_change_nothing():
    spell = step(None, _hour(5, 60)).spell
    assert step(spell, _hour(3, 500)) == (spell, Move.NONE, None)


def test_the_end_tells_what_it_was():
    spell = step(None, _hour(0, 60)).spell
    for after, count in enumerate([90, 50, 20, 20], start=1):
        spell = step(spell, _hour(after, count)).spell
    none, move, ended = step(spell, _hour(5, 20))
    assert (none, move) == (None, Move.CLOSE)
    assert (ended.opened_at, ended.peak_at, ended.peak_count) == (NOON, NOON + HOUR, 90)
    assert (ended.mentions, ended.expected) == (60 + 90 + 50 + 20 + 20 + 20, 120.0)


def test_without_a_forecast_a_spike_ends():
    spell = step(None, _hour(0, 60)).spell
    for after in range(1, 4):
        hour = Surprise(NOON + after * HOUR, 50, None, None, None, None, None, False)
        spell, move, _ = step(spell, hour)
    assert (spell, move) == (None, Move.CLOSE)


COUNTS = st.lists(st.one_of(st.none(), st.sampled_from([5, 20, 29, 30, 35, 40, 90])), max_size=60)


@given(COUNTS, st.integers(0, 30))
def test_rows_open_where_single_steps_open(counts, gap):
    """The replay of many rows and the steps of one say the same."""
    counts = [*counts, *[None] * gap, 50]
    rows = np.array([[np.nan if count is None else count for count in counts]], dtype=float)
    opened = _alerts(rows, np.full(rows.shape, HIGH), rows >= THRESHOLD)[0]
    assert opened.tolist() == [move == Move.OPEN for move in _moves(counts)]
