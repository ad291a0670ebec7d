"""Out-of-sample figures: honest splits, better than the cold start where there is something to learn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.learning.evaluation import Evaluation
from scoring.learning.promotion import LEAST_GAIN, MOST_ECE, Decision, decide, weight
from scoring.learning.validation import evaluate, mapped, splits
from tests.scoring.learning.simulated import campaigns, shuffled, weighted


def _evaluated(size: int, seed: int) -> Evaluation:
    made = campaigns(size, seed)
    return evaluate(made.features, made.outcomes, made.cold_start)


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 9)), min_size=1, max_size=120),
)
def test_splits_keep_time_and_influencers_apart(rows: list[tuple[int, int]]) -> None:
    at = np.array([float(day) for day, _ in rows])
    influencer = np.array([person for _, person in rows])
    seen: list[int] = []
    for _, train, test in splits(at, influencer):
        assert not set(influencer[train]) & set(influencer[test])
        assert not len(train) or at[train].max() < at[test].min()
        seen += test.tolist()
    assert len(seen) == len(set(seen))
    assert len(seen) == len(rows) - int(len(rows) * 0.4)


@pytest.mark.parametrize("seed", range(2))
def test_a_known_truth_is_learned(seed: int) -> None:
    found = _evaluated(1_500, seed)
    print(
        f"\nlog-loss {found.log_loss:.3f}, cold start {found.cold_start_log_loss:.3f}:"
        f" {found.gain:.1%} better (at least {found.gain_low:.1%}); ECE {found.ece:.3f}"
        f" (chance alone {found.ece_of_chance:.3f}) of {found.tested} unseen"
    )
    assert found.gain is not None
    assert found.gain >= LEAST_GAIN
    assert found.ece is not None
    assert found.ece <= MOST_ECE
    assert all(fold.log_loss < fold.cold_start_log_loss for fold in found.folds)
    assert decide(1_500, found) == Decision(True, ())


@pytest.mark.parametrize(("size", "seed"), [*((220, seed) for seed in range(3)), (600, 6)])
def test_shuffled_outcomes_are_not_promoted(size: int, seed: int) -> None:
    made = shuffled(campaigns(size, seed), seed + 100)
    found = evaluate(made.features, made.outcomes, made.cold_start)
    assert not decide(size, found).promotable


def test_a_cold_start_that_is_right_is_not_replaced() -> None:
    """Where the weighted mean itself is the truth, there is nothing to gain."""
    made = campaigns(600, 5, missing=0.0)
    random = np.random.default_rng(5)
    value = weighted(made.features.scores) + random.normal(0, 3, 600) + 100
    outcomes = type(made.outcomes)(
        made.outcomes.influencer, made.outcomes.at, made.outcomes.kind, ["x"] * 600, ["post"] * 600, value
    )
    assert not decide(600, evaluate(made.features, outcomes, made.cold_start)).promotable


def test_progress_ends_with_all_parts() -> None:
    told: list[tuple[int, int]] = []
    made = campaigns(60, 0)
    evaluate(made.features, made.outcomes, made.cold_start, lambda done, total: told.append((done, total)))
    assert [done for done, _ in told] == list(range(1, told[-1][1] + 1))


def test_one_influencer_alone_can_not_be_evaluated() -> None:
    made = campaigns(50, 0, influencers=1)
    found = evaluate(made.features, made.outcomes, made.cold_start)
    assert found.tested == 0
    assert not decide(500, found).promotable


def test_unknown_fits_are_given_the_share() -> None:
    known = np.array([np.nan, 10.0, 90.0, np.nan])
    success = np.array([1.0, 0.0, 1.0, 0.0])
    found = mapped(known, success, np.array([np.nan, 90.0, 10.0]))
    assert found[0] == 0.5
    assert found[1] > found[2]


def _figures(gain: float | None, ece: float | None, low: float | None = 0.001) -> Evaluation:
    return Evaluation(100, 50, 0.6, 0.6, gain, low, ece, 0.03, 2, 0.03, ())


def test_a_gain_by_chance_is_none() -> None:
    for low in (0.0, -0.1, None):
        assert [reason.code for reason in decide(500, _figures(0.1, 0.01, low)).reasons] == ["by_chance"]


@pytest.mark.parametrize(
    ("outcomes", "gain", "ece", "codes"),
    [
        (200, 0.02, 0.05, []),
        (199, 0.02, 0.05, ["too_few_outcomes"]),
        (200, 0.0199, 0.05, ["no_gain"]),
        (200, 0.02, 0.0501, ["badly_calibrated"]),
        (10, -1.0, 1.0, ["too_few_outcomes", "no_gain", "badly_calibrated"]),
        (500, None, 0.01, ["no_gain"]),
        (500, 0.5, None, ["badly_calibrated"]),
    ],
)
def test_the_rule(outcomes: int, gain: float | None, ece: float | None, codes: list[str]) -> None:
    found = decide(outcomes, _figures(gain, ece))
    assert [reason.code for reason in found.reasons] == codes
    assert found.promotable == (not codes)


def test_weight_rises_with_outcomes() -> None:
    assert [weight(n) for n in (0, 200, 800)] == [0.0, 0.5, 0.8]
