"""Who waits for the disk: by what the last sync took, and where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.links.recording import pacing
from service.links.recording.pacing import BORNE_S, QUICK_S, SHARE, Pace, after

LOOP, THREAD = Pace(on_loop=True), Pace()
QUICK, SLOW = QUICK_S / 2, QUICK_S * 20


@pytest.mark.parametrize(
    ("pace", "took", "on_loop"),
    [
        (THREAD, QUICK, True),
        (THREAD, SLOW, False),
        (LOOP, QUICK, True),
        (LOOP, SLOW, True),
        (LOOP, QUICK_S + BORNE_S * 1.01, False),
        # A debt that is borne, and the same a little larger.
        (Pace(on_loop=True, paid_at=100 + BORNE_S / SHARE - 0.01), QUICK, True),
        (Pace(on_loop=True, paid_at=100 + BORNE_S / SHARE - 0.01), SLOW, False),
        # Back as soon as the debt is borne again, and the disk is seen to be quick.
        (Pace(paid_at=100 + BORNE_S / SHARE + 0.01), QUICK, False),
        (Pace(paid_at=100 + BORNE_S / SHARE - 0.01), QUICK, True),
        (Pace(paid_at=100 + BORNE_S / SHARE - 0.01), SLOW, False),
        # A debt of long ago is paid.
        (Pace(on_loop=True, paid_at=1), SLOW, True),
    ],
)
def test_the_loop_waits_for_a_quick_disk_alone(pace: Pace, took: float, on_loop: bool) -> None:
    assert after(pace, took, now=100).on_loop is on_loop


def test_a_threads_time_makes_no_debt() -> None:
    assert after(THREAD, SLOW, now=100) == THREAD
    assert after(LOOP, SLOW, now=100).paid_at == pytest.approx(100 + (SLOW - QUICK_S) / SHARE)


@given(st.lists(st.tuples(st.floats(0, 0.2), st.floats(0, 0.2)), max_size=200))
def test_slow_syncs_keep_the_loop_for_their_share_of_the_time(disk: list[tuple[float, float]]) -> None:
    pace, now, kept, longest = pacing.Pace(), 0.0, 0.0, 0.0
    for took, pause in disk:
        now += took + pause
        if pace.on_loop:
            kept += max(0.0, took - QUICK_S)
            longest = max(longest, took)
        pace = after(pace, took if pace.on_loop else took % (2 * QUICK_S), now)
    assert kept <= BORNE_S + longest + SHARE * now + 1e-9
