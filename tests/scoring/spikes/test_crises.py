import pytest

from scoring.spikes import Polarity, crisis
from scoring.spikes.crises import Reason

FELL, DOUBLED = Reason.NET_FELL, Reason.NEGATIVE_DOUBLED


@pytest.mark.parametrize(
    ("now", "before", "reasons"),
    [
        # Net from .2: to 0 is a fall of .2 and not more, one more negative mention is.
        ((50, 50, 0), (60, 40, 0), ()),
        ((49, 51, 0), (60, 40, 0), (FELL,)),
        ((13, 7, 0), (15, 5, 0), ()),
        # Negative share from .1: twice is .2 and not more.
        ((80, 20, 0), (150, 20, 30), ()),
        ((79, 21, 0), (150, 20, 30), (DOUBLED,)),
        ((10, 40, 10), (60, 20, 120), (FELL, DOUBLED)),
        # Below 20 polar mentions nothing counts, from 20 on all does.
        ((0, 19, 500), (90, 10, 100), (Reason.FEW_POLAR,)),
        ((0, 20, 0), (90, 10, 100), (FELL, DOUBLED)),
        ((0, 20, 500), (90, 1, 500), (FELL, DOUBLED)),
        # Without a negative mention before.
        ((39, 1, 0), (30, 0, 20), ()),
        ((35, 3, 2), (30, 0, 20), (DOUBLED,)),
        # Only neutral ones before: net was unknown.
        ((2, 30, 0), (0, 0, 50), (DOUBLED,)),
        ((2, 30, 0), (0, 0, 0), (Reason.NO_BASELINE,)),
        # Better than before.
        ((40, 1, 0), (10, 40, 0), ()),
    ],
)
def test_crises(now, before, reasons):
    found = crisis(True, Polarity(*now), Polarity(*before))
    assert found.reasons == reasons
    assert found.crisis == bool({FELL, DOUBLED} & set(reasons))


def test_without_a_spike_there_is_none():
    found = crisis(False, Polarity(0, 500, 0), Polarity(500, 0, 0))
    assert (found.crisis, found.reasons) == (False, (Reason.NO_SPIKE,))


def test_the_figures_are_told():
    found = crisis(True, Polarity(5, 20, 25), Polarity(60, 40, 100))
    assert (found.polar, found.net, found.net_before) == (25, -0.6, 0.2)
    assert (found.negative_share, found.negative_share_before) == (0.4, 0.2)


def test_counts_below_nothing_are_refused():
    with pytest.raises(ValueError, match="0 or more"):
        Polarity(1, -1, 0)
