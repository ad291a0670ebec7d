"""The five scores and the fit written straight down in numpy, as the floor of `elci bench score`.

The same formulas on the same columns, with nothing that a product needs around them: no reasons, no terms,
no flags, one float column a score, and a confidence only where a score may be too weak to be shown.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from scipy.special import betaincinv, ndtr

from scoring.arrays import Floats, Integers
from scoring.audience import WEIGHTS as AUDIENCE
from scoring.authenticity import WEIGHTS as AUTHENTICITY
from scoring.authority import FROM_EDGES
from scoring.authority import WEIGHTS as AUTHORITY
from scoring.model import WEIGHTS
from scoring.scores import CONFIDENCE_FLOOR

FLOOR = CONFIDENCE_FLOOR - 1e-9


def best(inputs: Mapping[str, Any], populations: Mapping[str, Any], most: int) -> Integers:
    """Positions of the best candidates by fit. inputs, populations: of the parts, by name."""
    z, points = _engagement(inputs["engagement"], populations["engagement"])
    scores = {
        "engagement": points,
        "audience": _audience(inputs["audience"]),
        "authority": _authority(inputs["authority"]),
        "authenticity": _authenticity(inputs["authenticity"], z),
        "content": inputs["content"].percentile,
    }
    weight, total = np.zeros(len(z)), np.zeros(len(z))
    for name, column in scores.items():
        known = np.isfinite(column)
        weight += known * WEIGHTS[name]
        total += np.where(known, column, 0.0) * WEIGHTS[name]
    fit = total / np.maximum(weight, 1e-9)
    fit = np.where(scores["authenticity"] < 40, np.minimum(fit, 40), fit)
    return np.argsort(-fit, kind="stable")[:most]


def _engagement(rates: Any, peers: Any) -> tuple[Floats, Floats]:
    mu, sigma = np.full(len(rates.value), np.nan), np.ones(len(rates.value))
    groups = {group.basis: group for group in peers.groups}
    for code, basis in enumerate(rates.bases):
        group = groups.get(basis)
        if group is not None:
            rows = rates.basis == code
            offsets = np.array([*(group.offsets.get(name, 0.0) for name in rates.categories), 0.0])
            mu[rows] = np.interp(np.log(rates.followers[rows]), group.x, group.mu)
            mu[rows] += offsets[rates.category[rows]]
            sigma[rows] = group.sigma
    z = np.clip(rates.n / (rates.n + 5) * (np.log(rates.value) - mu) / sigma, -3, 3)
    return z, 100 * ndtr(z)


def _audience(asked: Any) -> Floats:
    weight, loss, sure = (np.zeros(len(asked.position)) for _ in range(3))
    for shares in asked.dimensions:
        wanted = np.array(list(shares.wanted.values()))
        matched = np.minimum(shares.shares, wanted).sum(axis=1) / wanted.sum()
        known = np.isfinite(shares.mass)
        people = np.nan_to_num(shares.sample, nan=200.0)
        sure += (
            np.nan_to_num(np.minimum(shares.mass, 1) * people / (people + 200)) * AUDIENCE[shares.dimension]
        )
        weight += known * AUDIENCE[shares.dimension]
        loss += known * AUDIENCE[shares.dimension] * np.log(np.clip(matched, 0.02, 1))
    asked_for = sum(AUDIENCE[shares.dimension] for shares in asked.dimensions)
    return np.where(sure >= FLOOR * asked_for, 100 * np.exp(loss / np.maximum(weight, 1e-9)), np.nan)


def _authority(accounts: Any) -> Floats:
    weight, total = np.zeros(len(accounts.irregular)), np.zeros(len(accounts.irregular))
    for name, standing in accounts.standings().items():
        known = np.isfinite(standing.percentile)
        weight += known * AUTHORITY[name]
        total += np.where(known, standing.percentile, 0.0) * AUTHORITY[name]
    edges = np.logical_or.reduce([np.isfinite(accounts.standings()[name].percentile) for name in FROM_EDGES])
    return np.where(edges & (weight >= FLOOR), 100 * total / np.maximum(weight, 1e-9), np.nan)


def _authenticity(seen: Any, z: Floats) -> Floats:
    bound = betaincinv(seen.flagged + 0.5, seen.n - seen.flagged + 0.5, 0.95)
    inputs = {
        "follower_sample": 1 - np.clip((bound - seen.fpr) / (seen.tpr - seen.fpr), 0, 1),
        "consistency": np.exp(-np.maximum(0, np.abs(z) - 2) / 2),
        "growth": seen.usual,
        "profile": 1 - seen.fake,
    }
    weight, loss = np.zeros(len(z)), np.zeros(len(z))
    for name, value in inputs.items():
        known = np.isfinite(value)
        weight += known * AUTHENTICITY[name]
        loss += np.where(known, AUTHENTICITY[name] * np.log(np.maximum(value, 0.02)), 0.0)
    return np.where(weight >= FLOOR, 100 * np.exp(loss / np.maximum(weight, 1e-9)), np.nan)
