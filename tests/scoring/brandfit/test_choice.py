import numpy as np
import pytest
from scipy.optimize import check_grad

from scoring.brandfit.choice import Choices, Weights, _loss, log_likelihood, maximise


def made(seed: int = 0, brands: int = 6, influencers: int = 9, size: int = 3) -> Choices:
    rng = np.random.default_rng(seed)
    chosen = rng.random((brands, influencers)) < 0.3
    chosen[:, 0] = True
    return Choices(
        rng.normal(size=(brands, size)),
        rng.normal(size=(2, brands, size)),
        rng.normal(size=(influencers, size)),
        chosen / chosen.sum(axis=1, keepdims=True),
    )


def loss_by_hand(choices: Choices, c, w, penalty: float) -> float:
    total = 0.0
    for b, brand in enumerate(choices.brands):
        looked_for = sum(c[k] * choices.bases[k, b] for k in range(2)) + brand @ w
        odds = [np.exp(looked_for @ y) for y in choices.influencers]
        total -= sum(
            share * np.log(odd / sum(odds)) for share, odd in zip(choices.chosen[b], odds, strict=True)
        )
    total += (np.sum((c - 1) ** 2) + penalty * np.sum(w**2)) / 2
    return total / len(choices.brands)


def test_the_loss_is_the_formula():
    choices, rng = made(), np.random.default_rng(1)
    c, w = rng.random(2), rng.normal(size=(3, 3))
    value, _ = _loss(np.concatenate([c, w.ravel()]), choices, 0.7)
    assert value == pytest.approx(loss_by_hand(choices, c, w, 0.7), rel=1e-12)


def test_the_slope_is_the_loss_s():
    choices, at = made(), np.random.default_rng(2).normal(size=11)
    wrong = check_grad(lambda v: _loss(v, choices, 0.7)[0], lambda v: _loss(v, choices, 0.7)[1], at)
    assert wrong < 1e-6


def test_the_maximum_does_not_depend_on_the_start():
    choices = made()
    far = Weights(np.array([5.0, 0.0]), np.random.default_rng(4).normal(size=(3, 3)) * 3)
    first, second = (maximise(choices, 0.5, start) for start in (Weights.start(2, 3), far))
    assert np.allclose(first.learned, second.learned, atol=1e-3)
    assert np.allclose(first.bases, second.bases, atol=1e-3)


def test_a_strong_penalty_leaves_the_bases_alone():
    assert np.abs(maximise(made(), 1e9, Weights.start(2, 3)).learned).max() < 1e-6


def test_a_base_that_misleads_falls_to_zero_and_no_further():
    choices = made()
    against = Choices(
        choices.brands,
        -50 * (choices.chosen @ choices.influencers)[None],
        choices.influencers,
        choices.chosen,
    )
    assert maximise(against, 1e9, Weights.start(1, 3)).bases.tolist() == [0.0]


def test_learning_makes_the_choices_likelier():
    choices = made()
    learned = maximise(choices, 0.1, Weights.start(2, 3))
    assert log_likelihood(choices, learned) > log_likelihood(choices, Weights.start(2, 3)) + 0.5


def test_large_scores_stay_finite():
    choices = made()
    huge = Choices(choices.brands * 1e4, choices.bases * 1e4, choices.influencers, choices.chosen)
    assert np.isfinite(log_likelihood(huge, Weights.start(2, 3)))
