"""Bought followers against honest noise, on simulated accounts: what it costs, over many seeds.

An account grows by its own pace with noise and, at times, a week that went viral. A purchase multiplies its
followers in one week; the new ones are fake, so the engagement rate falls by the same factor.
"""

from typing import NamedTuple

import numpy as np
import pytest

from scoring import fakes
from scoring.arrays import Floats
from scoring.authenticity import Evidence, score
from scoring.growth import weekly

WEEKS = 26
SEEDS = 2_000
TPR, FPR = fakes.builtin().rates["1111111"]


class Account(NamedTuple):
    """What an account is like before anything is bought."""

    followers: Floats
    fake_share: float
    z: float
    sigma: float
    profile: float


def account(rng: np.random.Generator) -> Account:
    pace, noise = rng.uniform(-0.002, 0.02), rng.uniform(0.001, 0.01)
    viral = np.where(rng.random(WEEKS - 1) < 0.02, rng.uniform(0.03, 0.15, WEEKS - 1), 0.0)
    growth = np.concatenate([[0.0], pace + noise * rng.standard_normal(WEEKS - 1) + viral])
    followers = 10 ** rng.uniform(3.0, 6.0) * np.exp(np.cumsum(growth))
    z = float(np.clip(rng.standard_normal(), -3, 3))
    return Account(followers, rng.uniform(0.01, 0.15), z, rng.uniform(0.5, 1.0), rng.uniform(0.0, 0.15))


def sample(share: float, rng: np.random.Generator) -> float:
    """How many of 500 are flagged."""
    bad = rng.binomial(500, share)
    return float(rng.binomial(bad, TPR) + rng.binomial(500 - bad, FPR))


def scores(factor: float, known: tuple[str, ...], seed: int = 0) -> tuple[Floats, Floats]:
    """Scores of the same accounts before and after their followers were multiplied within one week."""
    rng = np.random.default_rng(seed)
    accounts = [account(rng) for _ in range(SEEDS)]
    week = rng.integers(2, WEEKS, SEEDS)
    columns = []
    for times in (1.0, factor):
        rows = [
            one.followers * np.where(np.arange(WEEKS) >= at, times, 1.0)
            for one, at in zip(accounts, week, strict=True)
        ]
        shares = [(one.fake_share + times - 1) / times for one in accounts]
        growth = weekly(
            np.repeat(np.arange(SEEDS), WEEKS),
            np.tile(np.arange(WEEKS) * 7.0, SEEDS),
            np.round(np.concatenate(rows)),
            SEEDS,
        )
        facts = {
            "n": [500] * SEEDS,
            "flagged": [sample(share, rng) for share in shares],
            "tpr": [TPR] * SEEDS,
            "fpr": [FPR] * SEEDS,
            "z": [float(np.clip(one.z - np.log(times) / one.sigma, -3, 3)) for one in accounts],
            "fake": [one.profile for one in accounts],
        }
        column = score(Evidence.of(SEEDS, growth, **{name: facts[name] for name in known}))
        assert np.isfinite(column.score).all()
        columns.append(column.score)
    return columns[0], columns[1]


SAMPLE = ("n", "flagged", "tpr", "fpr")


@pytest.mark.parametrize("known", [SAMPLE, (*SAMPLE, "fake"), (*SAMPLE, "z", "fake")])
@pytest.mark.parametrize(("factor", "least"), [(3.0, 30.0), (1.5, 12.0)])
def test_what_a_purchase_costs(factor: float, least: float, known: tuple[str, ...]):
    before, after = scores(factor, known)
    lost = before - after
    print(
        f"x{factor} with {known[4:]}: median {np.median(lost):.1f},"
        f" 1% {np.quantile(lost, 0.01):.1f}, least {lost.min():.1f}"
    )
    assert np.quantile(lost, 0.01) >= least


def test_honest_accounts_lose_little():
    before, again = scores(1.0, (*SAMPLE, "z", "fake"))
    assert np.median(before) >= 85
    assert np.quantile(before, 0.05) >= 70
    # Another sample of the same followers hardly moves it.
    assert np.quantile(np.abs(before - again), 0.95) <= 5
