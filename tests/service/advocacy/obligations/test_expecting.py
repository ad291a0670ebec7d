"""What open promises will cost: by hand, against the exact distribution, and by simulation."""

import numpy as np
import pytest
from scipy.stats import betabinom, binom

from service.advocacy.obligations.expecting import (
    MOST_WORTHS,
    Open,
    Past,
    chance,
    cost,
    drawn,
    together,
)


@pytest.mark.parametrize(
    ("past", "opened", "value"),
    [
        (Past(0, 0), [], 0),
        (Past(3, 0), [Open(100, 4)], 350),
        (Past(0, 3), [Open(100, 4)], 50),
        (Past(7, 2), [Open(100, 4), Open(0, 9)], 300),
    ],
)
def test_the_mean_by_hand(past: Past, opened: list[Open], value: float) -> None:
    found = cost(past, opened)
    assert found.value == pytest.approx(value)
    assert 0 <= found.low <= found.value <= found.high <= sum(one.amount * one.n for one in opened)


@pytest.mark.parametrize("past", [Past(90, 10), Past(5, 5), Past(0, 40), Past(2_000, 1)])
@pytest.mark.parametrize("n", [1, 20, 5_000])
def test_one_worth_is_a_beta_binomial(past: Past, n: int) -> None:
    """The exact distribution of a count whose chance is a beta."""
    exact = betabinom(n, past.delivered + 0.5, past.lost + 0.5)
    found = cost(past, [Open(10, n)])
    assert found.value == pytest.approx(10 * exact.mean())
    slack = 0.15 * exact.std() + 1
    assert abs(found.low / 10 - min(exact.ppf(0.025), exact.mean())) <= slack
    assert abs(found.high / 10 - max(exact.ppf(0.975), exact.mean())) <= slack


def held(rate: float, naive: bool = False) -> float:
    """How often the interval holds what comes, summed over every past and every outcome: no sample, no luck.

    The chance is `rate` in the past (150 promises) and in what is open (102 of three worths).
    """
    opened = [Open(990, 34), Open(2_500, 34), Open(4_975, 34)]
    counts = np.arange(35)
    likely = binom.pmf(counts, 34, rate)
    came = np.add.outer(np.add.outer(990 * counts, 2_500 * counts), 4_975 * counts).ravel()
    weight = np.multiply.outer(np.multiply.outer(likely, likely), likely).ravel()
    found = 0.0
    for delivered in range(151):
        p = float(binom.pmf(delivered, 150, rate))
        if p > 1e-7:
            # A chance that is taken for known is a past without end.
            past = Past(delivered, 150 - delivered)
            known = Past(past.delivered * 10_000, past.lost * 10_000)
            low, high = cost(known if naive else past, opened)[1:]
            found += p * float(weight[(low <= came) & (came <= high)].sum())
    return found


@pytest.mark.parametrize("rate", [0.35, 0.8, 0.97])
def test_the_interval_holds_what_comes_in_19_of_20(rate: float) -> None:
    assert 0.94 <= held(rate) <= 0.965


def test_a_chance_that_is_taken_for_known_holds_too_seldom() -> None:
    """What the test above would see of an interval that forgets how short the past is."""
    assert held(0.8, naive=True) < 0.90


def test_no_past_says_nothing() -> None:
    found = cost(Past(0, 0), [Open(100, 1_000)])
    assert (found.low, found.high) == (pytest.approx(0, abs=1_000), pytest.approx(100_000, abs=1_000))
    assert chance(Past(0, 5)).low == 0
    assert chance(Past(5, 0)).high == 1


def test_more_open_promises_do_not_make_up_for_a_short_past() -> None:
    """Naive intervals, of independent promises with a known chance, are far too narrow."""
    found = cost(Past(9, 3), [Open(1, 100_000)])
    assert (found.high - found.low) / 100_000 == pytest.approx(
        chance(Past(9, 3)).high - chance(Past(9, 3)).low, abs=0.03
    )


def test_the_many_small_worths_are_drawn_as_one() -> None:
    opened = [Open(1_000 + at, 3) for at in range(MOST_WORTHS * 4)]
    whole = drawn(Past(80, 20), opened)
    total = sum(one.amount * one.n for one in opened)
    assert whole.mean() == pytest.approx(80.5 / 101 * total, rel=0.01)
    exact = betabinom(len(opened) * 3, 80.5, 20.5).std() * np.mean([one.amount for one in opened])
    assert whole.std() == pytest.approx(exact, rel=0.05)


def test_kinds_are_independent() -> None:
    one, other = (Past(90, 10), [Open(10, 100)]), (Past(30, 70), [Open(50, 40)])
    found = together([one, other])
    assert found.value == pytest.approx(cost(*one).value + cost(*other).value)
    widths = [cost(*each).high - cost(*each).low for each in (one, other)]
    assert max(widths) < found.high - found.low < sum(widths)
    assert found == together([one, other])
