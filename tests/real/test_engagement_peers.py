"""Rates of real accounts against peers that never saw them: folds by handle, five shuffles.

Instagram: ln of average engagements over followers; TikTok: likes, comments and shares over views. The lists
are some months of one vendor's top accounts: the figures say how well peers are fitted, not what is typical.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from scipy.stats import spearmanr

from scoring import builtin, engagement, peers
from scoring.arrays import Flags, Floats
from scoring.peers import Peers
from scoring.rates import Rates, from_averages
from service.influencers.intake.profiles import INFLUENCERS
from service.kit.text import fold_tr
from tests.service.imports.files import pieces, take_chunks

SHUFFLES, FOLDS = 5, 5


class Row(NamedTuple):
    handle: str
    followers: float
    rate: float
    category: str | None


def records(folder: Path, platform: str) -> Iterator[object]:
    """The accounts of a platform's lists, as an import reads them."""
    for path in sorted((folder / "influencers").glob("social media influencers*.csv")):
        if platform in path.name.lower():
            yield from take_chunks(pieces(path.read_bytes(), 50_000), INFLUENCERS, filename=path.name).records


def instagram(folder: Path) -> list[Row]:
    return [
        Row(
            fold_tr(each.handle),
            each.followers,
            each.avg_engagements / each.followers,
            fold_tr(each.categories[0]) if each.categories else None,
        )
        for each in records(folder, "instagram")
        if each.handle and each.followers and each.avg_engagements
    ]


def tiktok(folder: Path) -> list[Row]:
    found = [each for each in records(folder, "tiktok") if each.handle and each.followers]
    names = {"views": "avg_views", "likes": "avg_likes", "comments": "avg_comments", "shares": "avg_shares"}
    columns = {
        name: np.array([getattr(each, field) for each in found], float) for name, field in names.items()
    }
    values = from_averages("tiktok", columns).value
    rows = zip(found, values, strict=True)
    return [
        Row(fold_tr(each.handle), each.followers, float(value), None) for each, value in rows if value > 0
    ]


def rates(rows: list[Row], platform: str, chosen: Flags) -> Rates:
    taken = [row for row, flag in zip(rows, chosen, strict=True) if flag]
    return Rates.of(
        platform=platform,
        value=[row.rate for row in taken],
        followers=[row.followers for row in taken],
        category=[row.category for row in taken],
    )


def folds(rows: list[Row], shuffle: int) -> Iterator[Flags]:
    """Who is held out, fold by fold; a handle is never on both sides."""
    handles, position = np.unique([row.handle for row in rows], return_inverse=True)
    fold = np.random.default_rng(shuffle).permutation(len(handles)) % FOLDS
    for number in range(FOLDS):
        yield fold[position] == number


class Unseen(NamedTuple):
    """Out of fold, a row an account: ln rate minus what was expected, percentile, engagement score."""

    error: Floats
    percentile: Floats
    score: Floats


def unseen(rows: list[Row], platform: str, shuffle: int) -> Unseen:
    out = Unseen(*(np.full(len(rows), np.nan) for _ in Unseen._fields))
    for held in folds(rows, shuffle):
        known = peers.fit(rates(rows, platform, ~held), cold_start=Peers(()))
        asked = rates(rows, platform, held)
        out.error[held] = np.log(asked.value) - peers.expected(asked, known).mu
        out.percentile[held] = peers.percentile(asked, known)
        out.score[held] = engagement.score(asked, known).score
    return out


def distance(percentiles: Floats) -> float:
    """The most by which the distribution is off the uniform one (Kolmogorov's distance)."""
    ordered, n = np.sort(percentiles), len(percentiles)
    return float(max((np.arange(1, n + 1) / n - ordered).max(), (ordered - np.arange(n) / n).max()))


@pytest.fixture(scope="module")
def instagram_unseen(real_data: Path) -> list[Unseen]:
    rows = instagram(real_data)
    assert len(rows) > 2_500
    return [unseen(rows, "instagram", shuffle) for shuffle in range(SHUFFLES)]


def test_rates_of_unseen_handles_are_foreseen(
    instagram_unseen: list[Unseen], capsys: pytest.CaptureFixture[str]
):
    errors = [float(np.abs(each.error).mean()) for each in instagram_unseen]
    with capsys.disabled():
        print(f"\nln ER on Instagram, unseen handles: MAE {np.mean(errors):.4f} {np.round(errors, 4)}")
    assert np.mean(errors) <= 0.67


def test_percentiles_among_peers_are_uniform(
    instagram_unseen: list[Unseen], capsys: pytest.CaptureFixture[str]
):
    away = [distance(each.percentile) for each in instagram_unseen]
    with capsys.disabled():
        print(f"\npercentiles of unseen handles: off the uniform by at most {np.round(away, 4)}")
    assert max(away) <= 0.05


def test_scores_by_views_are_flat_in_followers(real_data: Path, capsys: pytest.CaptureFixture[str]):
    rows = tiktok(real_data)
    assert len(rows) > 3_000
    followers = [row.followers for row in rows]
    found = [
        spearmanr(followers, unseen(rows, "tiktok", shuffle).score).statistic for shuffle in range(SHUFFLES)
    ]
    everybody = rates(rows, "tiktok", np.ones(len(rows), dtype=bool))
    cold = spearmanr(followers, engagement.score(everybody, builtin.peers()).score).statistic
    with capsys.disabled():
        print(
            f"\nTikTok by views, score and followers: rank correlation {np.round(found, 3)}, cold {cold:.3f}"
        )
    assert max(abs(each) for each in found) < 0.2
    assert abs(cold) < 0.2
