"""Ten real influencers, their scores worked out from FORMULAS 1 and 2 in plain arithmetic.

Nothing here calls the code to find what is expected: the peers' curve is the upper hull of the cumulated sums
(Barlow et al.), where the code pools adjacent violators; Phi is math.erf; the built-in table is written out.
"""

import csv
from datetime import UTC, datetime
from math import erf, log, sqrt
from pathlib import Path
from statistics import median
from typing import NamedTuple

import numpy as np
import pytest

from scoring import builtin, engagement, fit, peers
from scoring.peers import Peers
from scoring.rates import Rates, from_averages
from scoring.scores import Column

NOW = datetime(2026, 11, 21, tzinfo=UTC)
N = 12  # a vendor's average that does not say over how many posts

# The built-in Instagram tiers: middle of the tier, mean rate of the study, its spread.
TIERS = [
    (sqrt(1e3 * 1e4), 0.042),
    (sqrt(1e4 * 5e4), 0.028),
    (sqrt(5e4 * 1e5), 0.019),
    (sqrt(1e5 * 5e5), 0.014),
    (sqrt(5e5 * 5e6), 0.009),
]
TIER_SIGMA = 0.68


class Account(NamedTuple):
    handle: str
    followers: float
    counts: tuple[float, ...]
    base: float
    category: str

    @property
    def rate(self) -> float:
        return sum(self.counts) / self.base


def number(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        return 0.0


def read(
    folder: Path, name: str, handle: int, followers: int, counts: list[int], base: int, category: int
) -> list[Account]:
    """The usable accounts of one export, by its exact columns, each once."""
    with (folder / "influencers" / name).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))[1:]
    found: dict[str, Account] = {}
    for row in rows:
        numbers = tuple(number(row[column]) for column in counts)
        label = row[category] if category >= 0 else ""
        account = Account(row[handle], number(row[followers]), numbers, number(row[base]), label)
        if account.handle and account.followers > 0 and account.base > 0 and account.counts[0] > 0:
            found.setdefault(account.handle, account)
    return list(found.values())


def curve(points: list[tuple[float, float, float]]) -> dict[float, float]:
    """Mean of (place, value, weight), never rising: the slopes of the hull over the cumulated sums."""
    places = sorted({place for place, _, _ in points})
    sums = dict.fromkeys(places, 0.0)
    weights = dict.fromkeys(places, 0.0)
    for place, value, weight in points:
        sums[place] += weight * value
        weights[place] += weight
    levels: dict[float, float] = {}
    start = 0
    while start < len(places):
        total, count, best, end = 0.0, 0.0, -float("inf"), start
        for at in range(start, len(places)):
            total += sums[places[at]]
            count += weights[places[at]]
            if total / count >= best:
                best, end = total / count, at
        levels.update(dict.fromkeys(places[start : end + 1], best))
        start = end + 1
    return levels


def spread(values: list[float]) -> float:
    middle = median(values)
    return max(1.4826 * median(abs(value - middle) for value in values), 0.35)


def by_hand(accounts: list[Account], handles: list[str]) -> dict[str, float]:
    """100 Phi(z) against the catalogue that the accounts themselves belong to.

    Five rounds: the curve, the categories of fifty, Huber's weights of 1.345 sigma.
    """
    categories = {account.category for account in accounts} - {""}
    large = {name for name in categories if sum(each.category == name for each in accounts) >= 50}
    offsets, weights = dict.fromkeys(large, 0.0), [1.0] * len(accounts)
    for _ in range(5):
        values = [log(account.rate) - offsets.get(account.category, 0.0) for account in accounts]
        levels = curve(
            [
                (each.followers, value, weight)
                for each, value, weight in zip(accounts, values, weights, strict=True)
            ]
        )
        above = [log(account.rate) - levels[account.followers] for account in accounts]
        for name in large:
            own = [place for place, account in enumerate(accounts) if account.category == name]
            total = sum(weights[place] for place in own)
            offsets[name] = sum(weights[place] * above[place] for place in own) / total
        left = [rest - offsets.get(each.category, 0.0) for rest, each in zip(above, accounts, strict=True)]
        sigma = spread(left)
        weights = [min(1.0, 1.345 * sigma / abs(rest)) if rest else 1.0 for rest in left]
    named = {account.handle: account for account in accounts}
    return {
        handle: against(
            named[handle].rate,
            levels[named[handle].followers] + offsets.get(named[handle].category, 0.0),
            sigma,
        )
        for handle in handles
    }


def against(rate: float, mu: float, sigma: float) -> float:
    shrunk = (N * log(rate) + 5 * mu) / (N + 5)
    z = max(-3.0, min(3.0, (shrunk - mu) / sigma))
    return 50 * (1 + erf(z / sqrt(2)))


def by_table(rate: float, followers: float) -> float:
    """100 Phi(z) against the built-in tiers, straight lines between their middles."""
    mus = [log(tier) - TIER_SIGMA**2 / 2 for _, tier in TIERS]
    x, at = log(followers), [log(place) for place, _ in TIERS]
    if x <= at[0] or x >= at[-1]:
        return against(rate, mus[0] if x <= at[0] else mus[-1], TIER_SIGMA)
    right = next(place for place in range(1, 5) if x <= at[place])
    part = (x - at[right - 1]) / (at[right] - at[right - 1])
    return against(rate, mus[right - 1] + part * (mus[right] - mus[right - 1]), TIER_SIGMA)


def scored(rates: Rates, known: Peers, position: int) -> tuple[float, float]:
    """Fit and confidence by the code: engagement alone, the audience unknown."""
    columns = {
        "engagement": engagement.score(rates, known),
        "audience": Column.empty(len(rates.value), "no_distribution"),
        "authority": Column.empty(len(rates.value), "no_edges"),
        "authenticity": Column.empty(len(rates.value), "no_signals"),
        "content": Column.empty(len(rates.value), "no_text"),
    }
    keys = [f"{place:05}" for place in range(len(rates.value))]
    one = fit.rank(keys, columns, as_of=NOW).at(position, 1)
    assert one.fit.score is not None
    assert sum(term.points for term in one.fit.terms) == pytest.approx(one.fit.score, abs=0.01)
    alone = one.scores["engagement"]
    assert alone.score is not None
    assert sum(term.points for term in alone.terms) == pytest.approx(alone.score, abs=0.01)
    assert one.fit.score == pytest.approx(alone.score, abs=1e-6)
    return one.fit.score, one.fit.confidence


# file, columns (handle, followers, counts, base, category), platform, names of the counts, influencers
CATALOGUES = [
    (
        "social media influencers-instagram - -nov 2022.csv",
        (1, 5, [10], 5, 3),
        "instagram",
        None,
        ["cristiano", "zendaya", "virat.kohli"],
    ),
    (
        "social media influencers - tiktok.csv",
        (0, 3, [7, 9, 11], 5, -1),
        "tiktok",
        ["likes", "comments", "shares"],
        ["charlidamelio", "dojacat", "ekin.721"],
    ),
    (
        "social media influencers-youtube - --nov 2022.csv",
        (1, 5, [10, 12], 8, 3),
        "youtube",
        ["likes", "comments"],
        ["PewDiePie", "MrBeast6000"],
    ),
]
CONFIDENCE = 0.20 * (12 / 17)


@pytest.mark.parametrize(("name", "columns", "platform", "counts", "handles"), CATALOGUES)
def test_against_the_catalogue(
    real_data: Path,
    name: str,
    columns: tuple[int, int, list[int], int, int],
    platform: str,
    counts: list[str] | None,
    handles: list[str],
):
    accounts = read(real_data, name, *columns)
    followers = [account.followers for account in accounts]
    if counts:
        averages = {
            count: [account.counts[place] for account in accounts] for place, count in enumerate(counts)
        }
        value = from_averages(platform, {"views": [account.base for account in accounts], **averages}).value
    else:
        value = np.array([account.rate for account in accounts])
    categories = [account.category or None for account in accounts]
    rates = Rates.of(platform=platform, value=value, followers=followers, category=categories)
    known = peers.fit(rates, cold_start=builtin.peers())
    assert any(group.source == "catalogue" for group in known.groups)
    wanted = by_hand(accounts, handles)
    for handle in handles:
        position = next(place for place, account in enumerate(accounts) if account.handle == handle)
        score, confidence = scored(rates, known, position)
        assert score == pytest.approx(wanted[handle], abs=0.01), handle
        assert confidence == pytest.approx(CONFIDENCE, abs=1e-6)


@pytest.mark.parametrize("name", ["Aykut Elmas", "HWP (Hardware Plus)"])
def test_against_the_built_in_table(real_data: Path, name: str):
    path = real_data / "influencers" / "tr_influmatch_influencers.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["ad"] == name)
    rate, followers = float(row["etkilesim"]) / 100, float(row["takipci"])
    rates = Rates.of(platform="instagram", value=[rate], followers=[followers])
    score, confidence = scored(rates, builtin.peers(), 0)
    assert score == pytest.approx(by_table(rate, followers), abs=0.01)
    assert confidence == pytest.approx(CONFIDENCE, abs=1e-6)
