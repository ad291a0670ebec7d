"""Campaigns whose truth is known: what they bring follows from scores, platform, tier, format and price."""

from typing import NamedTuple

import numpy as np

from scoring.arrays import Floats
from scoring.learning.features import SCORES, Features
from scoring.learning.outcomes import Outcomes, per_cost
from scoring.model import WEIGHTS

PLATFORMS = {"instagram": 0.0, "tiktok": 0.7, "youtube": -0.6}
TIERS = {"nano": 0.9, "micro": 0.5, "mid": 0.0, "macro": -0.6}
FORMATS = {"post": 0.0, "reel": 0.4, "story": -0.4}

# What the five scores really bring, a point, unlike the weights that the cold start gives them.
TRUTH = {"content": 0.030, "audience": 0.008, "engagement": 0.004, "authority": 0.0, "authenticity": 0.015}
DAY = 86_400.0


class Campaigns(NamedTuple):
    """Collaborations as they are learned from, the weighted fit of each, and the truth behind them."""

    features: Features
    outcomes: Outcomes
    cold_start: Floats
    truth: Floats


def campaigns(size: int, seed: int, *, influencers: int | None = None, missing: float = 0.1) -> Campaigns:
    """`size` collaborations over two years; an influencer comes back about three times."""
    random = np.random.default_rng(seed)
    people = random.integers(0, influencers or max(2, size // 3), size)
    # An influencer's own level stays from one collaboration to the next, and no feature tells it.
    level = random.normal(0, 0.3, people.max() + 1)[people]
    scores = np.clip(random.normal(55, 20, (size, len(SCORES))), 0, 100)
    platform, tier, form = (random.choice(list(known), size) for known in (PLATFORMS, TIERS, FORMATS))
    price = np.exp(random.normal(8, 0.6, size))
    truth = (
        sum(TRUTH[name] * scores[:, at] for at, name in enumerate(SCORES))
        + np.array([PLATFORMS[p] for p in platform])
        + np.array([TIERS[t] for t in tier])
        + np.array([FORMATS[f] for f in form])
        + level
    )
    conversions = random.poisson(np.exp(truth + random.normal(0, 0.5, size)))
    known = np.where(random.random(scores.shape) < missing, np.nan, scores)
    outcomes = Outcomes(
        influencer=people,
        at=np.sort(random.uniform(0, 730 * DAY, size)),
        kind=["conversions TRY"] * size,
        platform=platform.tolist(),
        format=form.tolist(),
        value=per_cost(conversions.astype(np.float64), price),
    )
    features = Features(known, price, platform.tolist(), tier.tolist(), form.tolist())
    return Campaigns(features, outcomes, weighted(known), truth)


def weighted(scores: Floats) -> Floats:
    """The weighted mean of the known scores: what the cold start ranks by."""
    weights = np.array(list(WEIGHTS.values()))
    present = np.where(np.isnan(scores), 0.0, weights)
    total = present.sum(axis=1)
    return np.nansum(scores * present, axis=1) / np.where(total > 0, total, np.nan)


def shuffled(made: Campaigns, seed: int) -> Campaigns:
    """The same campaigns with each other's outcomes: there is nothing to learn."""
    order = np.random.default_rng(seed).permutation(len(made.outcomes.value))
    outcomes = made.outcomes
    mixed = Outcomes(
        outcomes.influencer,
        outcomes.at,
        outcomes.kind,
        outcomes.platform,
        outcomes.format,
        outcomes.value[order],
    )
    return made._replace(outcomes=mixed)
