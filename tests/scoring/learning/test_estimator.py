"""The learned fit's promises: monotone, never NaN, the same every time."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from scoring.learning.estimator import LearnedFit
from scoring.learning.features import FEATURES, SCORES, Features, matrix
from scoring.learning.outcomes import better, usual
from tests.scoring.learning.simulated import Campaigns, campaigns


@cache
def _trained(size: int = 400) -> tuple[LearnedFit, Campaigns]:
    made = campaigns(size, seed=3)
    success = better(made.outcomes, usual(made.outcomes))
    return LearnedFit().fit(made.features, success, made.outcomes.influencer), made


@pytest.mark.parametrize("at", range(len(SCORES)), ids=SCORES)
@pytest.mark.parametrize("size", [400, 1_100])
def test_more_of_a_score_never_lowers(at: int, size: int) -> None:
    model, made = _trained(size)
    known = made.features
    scores = np.nan_to_num(known.scores, nan=50.0)
    before = model.probability(replace(known, scores=scores))
    for more in (1.0, 20.0, 100.0):
        higher = scores.copy()
        higher[:, at] += more
        assert (model.probability(replace(known, scores=higher)) >= before - 1e-12).all()


def test_a_higher_price_never_raises() -> None:
    model, made = _trained()
    before = model.probability(made.features)
    after = model.probability(replace(made.features, price=made.features.price * 3))
    assert (after <= before + 1e-12).all()
    assert (after < before - 0.05).any()


def test_what_is_unknown_gets_a_probability() -> None:
    model, _ = _trained()
    nothing = Features(np.full((2, 5), np.nan), np.full(2, np.nan), [None, "gazette"], [None] * 2, [None] * 2)
    found = model.probability(nothing)
    assert ((found > 0) & (found < 1)).all()


def test_scores_that_nobody_has_are_no_hindrance() -> None:
    made = campaigns(300, seed=3)
    scores = made.features.scores.copy()
    scores[:, 1:] = np.nan
    bare = Features(scores, made.features.price, [None] * 300, [None] * 300, [None] * 300)
    success = better(made.outcomes, usual(made.outcomes))
    model = LearnedFit().fit(bare, success, made.outcomes.influencer)
    assert np.ptp(model.probability(bare)) > 0.2
    assert np.isfinite(model.probability(made.features)).all()


def test_training_again_gives_the_same() -> None:
    model, made = _trained()
    success = better(made.outcomes, usual(made.outcomes))
    again = LearnedFit().fit(made.features, success, made.outcomes.influencer)
    assert (again.probability(made.features) == model.probability(made.features)).all()


@pytest.mark.parametrize(
    ("success", "people"), [(np.ones(4), np.arange(4)), (np.array([0.0, 1, 0, 1]), np.zeros(4))]
)
def test_nothing_to_learn_from(success: np.ndarray, people: np.ndarray) -> None:
    known = Features(np.full((4, 5), 50.0), np.full(4, 9.0), ["x"] * 4, ["nano"] * 4, ["reel"] * 4)
    with pytest.raises(ValueError, match="successes and failures"):
        LearnedFit().fit(known, success, people.astype(int))


def test_features_of_unequal_length_are_refused() -> None:
    with pytest.raises(ValueError, match="2 rows"):
        Features(np.full((2, 5), 50.0), np.full(2, 9.0), ["x"], ["nano"] * 2, ["reel"] * 2)


def test_rows_of_the_matrix_stand_in_the_order_of_features() -> None:
    scores = np.arange(5.0)[None, :]
    row = matrix(
        Features(scores, np.array([7.0]), ["x"], ["nano"], ["reel"]),
        {"platform": ["instagram", "x"], "tier": ["nano"], "format": ["post", "reel"]},
    )[0]
    assert dict(zip(FEATURES, row.tolist(), strict=True)) == {
        **{name: float(at) for at, name in enumerate(SCORES)},
        "price": 7.0,
        "platform": 1.0,
        "tier": 0.0,
        "format": 1.0,
    }
