"""Approved conversions of real ads: forecast out of fold, ads of one campaign never on both sides."""

import csv
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.metrics import d2_tweedie_score
from sklearn.model_selection import GroupKFold

from scoring.learning.forecast import CountForecast

NUMBERS = ("Impressions", "Clicks", "Spent")
CODES = ("age", "gender", "interest", "xyz_campaign_id")
MONOTONIC = [1, 1, 1, 0, 0, 0, 0]
DRAWS = 20

Column = NDArray[np.float64]


@pytest.fixture(scope="module")
def ads(real_data: Path) -> dict[str, list[str]]:
    with (real_data / "campaigns" / "KAG_conversion_data.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    return {name: [row[name] for row in rows] for name in rows[0]}


def _codes(values: list[str]) -> Column:
    return np.unique(np.array(values), return_inverse=True)[1].astype(np.float64)


def _inputs(ads: dict[str, list[str]]) -> tuple[Column, Column, NDArray[np.int64]]:
    numbers = [np.array(ads[name], dtype=np.float64) for name in NUMBERS]
    x = np.column_stack([*numbers, *(_codes(ads[name]) for name in CODES)])
    return (
        x,
        np.array(ads["Approved_Conversion"], dtype=np.float64),
        _codes(ads["fb_campaign_id"]).astype(int),
    )


@pytest.fixture(scope="module", params=[None, 1, 2])
def forecast(request: pytest.FixtureRequest, ads: dict[str, list[str]]) -> tuple[Column, Column, Column]:
    """(counts, expectations, places in the forecast by 20 draws) of every ad, unseen with its campaign."""
    x, count, campaign = _inputs(ads)
    expected, place = np.zeros(len(x)), np.zeros((DRAWS, len(x)))
    drawn = np.random.default_rng(0).random(place.shape)
    folds = GroupKFold(5, shuffle=request.param is not None, random_state=request.param)
    for train, test in folds.split(x, groups=campaign):
        assert not set(campaign[train]) & set(campaign[test])
        made = CountForecast(MONOTONIC).fit(x[train], count[train], campaign[train])
        expected[test] = made.predict(x[test])
        for draw in range(DRAWS):
            place[draw, test] = made.pit(x[test], count[test], drawn[draw, test])
    return count, expected, place


def test_deviance_is_explained(forecast: tuple[Column, Column, Column]) -> None:
    count, expected, _ = forecast
    explained = d2_tweedie_score(count, expected, power=1)
    print(f"\nD2 (Poisson deviance explained, pooled out of fold): {explained:.4f}")
    assert explained >= 0.40


def test_interval_covers(forecast: tuple[Column, Column, Column]) -> None:
    _, _, place = forecast
    covered = np.mean((place > 0.1) & (place < 0.9), axis=1)
    print(
        f"\n80% interval covers (randomised PIT, {DRAWS} draws): {covered.min():.3f} to {covered.max():.3f}"
    )
    assert covered.min() >= 0.75
    assert covered.max() <= 0.85


def test_more_never_expects_less(ads: dict[str, list[str]]) -> None:
    x, count, campaign = _inputs(ads)
    made = CountForecast(MONOTONIC).fit(x, count, campaign)
    before = made.predict(x)
    for at in range(len(NUMBERS)):
        more = x.copy()
        more[:, at] *= 1.5
        assert np.all(made.predict(more) >= before - 1e-12)
