from datetime import UTC, datetime
from math import erf, exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import builtin, engagement, peers
from scoring.basis import Basis
from scoring.peers import PeerGroup, Peers
from scoring.rates import Rates, from_averages
from scoring.scores import Score

NOW = datetime(2026, 11, 21, tzinfo=UTC)
BASIS = Basis("instagram", "feed", "followers", "public")
# Everybody's peers reach 2%, with sigma .5; in beauty half as much again.
PEERS = Peers((PeerGroup(BASIS, (0.0,), (log(0.02),), 0.5, 100, "catalogue", {"beauty": log(1.5)}),))
NUMBER = st.one_of(st.none(), st.floats(), st.sampled_from([0.0, -1.0, 1e-300, 1e300]))


def score(peers: Peers = PEERS, **columns: object) -> Score:
    facts = {"platform": "instagram", "value": [0.02], "followers": [1e4], "n": [12], **columns}
    return engagement.score(Rates.of(**facts), peers).at(0, NOW, "m")


def phi(z: float) -> float:
    return 50 * (1 + erf(z / sqrt(2)))


@pytest.mark.parametrize(
    ("value", "n", "z"),
    [
        (0.02, 12, 0.0),
        (0.04, 12, 12 / 17 * log(2) / 0.5),
        (0.01, 12, -12 / 17 * log(2) / 0.5),
        (0.04, 3, 3 / 8 * log(2) / 0.5),
        (0.9, 1000, 3.0),
        (0.00001, 1000, -3.0),
    ],
)
def test_score(value: float, n: int, z: float):
    found = score(value=[value], n=[n])
    assert found.score == pytest.approx(phi(z), abs=1e-5)
    assert found.confidence == pytest.approx(n / (n + 5), abs=1e-5)


def test_terms_say_what_is_compared():
    base, rate = score(value=[0.04]).terms
    assert (base.name, base.points) == ("base", 50.0)
    assert (rate.name, rate.raw, rate.reference) == ("rate", 0.04, 0.02)
    assert base.points + rate.points == pytest.approx(score(value=[0.04]).score, abs=0.01)
    assert (rate.basis.base, rate.basis.components, rate.basis.n, rate.basis.window_days) == (
        "followers",
        "public",
        12.0,
        90,
    )
    assert (rate.basis.peers, rate.basis.peers_n, rate.basis.statistic) == ("catalogue", 100, "median")


def test_a_category_has_its_own_peers():
    assert score(value=[0.03], category=["beauty"]).score == pytest.approx(50.0)
    assert score(value=[0.03], category=["travel"]).score > 50.0


def test_a_vendors_average_without_n():
    found = score(value=[0.04], n=[None])
    assert found.confidence == pytest.approx(12 / 17, abs=1e-5)
    basis = found.terms[1].basis
    assert (basis.statistic, basis.n, basis.window_days) == ("mean_unknown_n", 12.0, None)


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"value": [None]}, "no_rate"),
        ({"value": [-0.1]}, "no_rate"),
        ({"value": [0.0]}, "zero_engagement"),
        ({"n": [0]}, "no_posts"),
        ({"n": [-3]}, "no_posts"),
        ({"n": [2]}, "low_confidence"),
        ({"followers": [None]}, "no_followers"),
        ({"followers": [0]}, "no_followers"),
        ({"platform": "pinterest"}, "no_peers"),
        ({"base": "reach"}, "no_peers"),
    ],
)
def test_null_says_why(columns: dict[str, object], reason: str):
    found = score(**columns)
    assert (found.score, found.terms, found.reason) == (None, (), reason)


def test_the_reason_of_the_rate_is_kept():
    rates = from_averages("instagram", {"followers": [100.0], "likes": [np.nan], "comments": [1.0]})
    asked = Rates.of(
        platform="instagram", value=rates.value, followers=[100.0], n=rates.n, reason=rates.reason
    )
    assert engagement.score(asked, PEERS).at(0, NOW, "m").reason == "hidden_likes"


def test_all_equal_peers_give_null():
    equal = Peers((PeerGroup(BASIS, (0.0,), (log(0.02),), 0.35, 100, "catalogue", {}, all_equal=True),))
    assert score(peers=equal).reason == "peers_all_equal"


def test_a_rate_far_above_its_peers_is_flagged():
    assert score(value=[0.02 * exp(0.5 * 2.4)], n=[1e9]).flags == ()
    assert score(value=[0.02 * exp(0.5 * 2.6)], n=[1e9]).flags == ("rate_far_above_peers",)


@given(st.lists(st.tuples(NUMBER, NUMBER, NUMBER), min_size=1, max_size=20))
def test_never_nan_and_always_summing(rows: list[tuple[float | None, float | None, float | None]]):
    value, followers, n = (list(column) for column in zip(*rows, strict=True))
    rates = Rates.of(platform="instagram", value=value, followers=followers, n=n)
    column = engagement.score(rates, builtin.peers())
    for position in range(len(rows)):
        found = column.at(position, NOW, "m")
        assert (found.score is None) == (found.reason is not None)
        assert 0 <= found.confidence <= 1
        if found.score is not None:
            assert 0 <= found.score <= 100
            assert abs(sum(term.points for term in found.terms) - found.score) <= 0.01


@given(st.floats(1e-5, 1), st.floats(1, 10), st.integers(3, 100), st.floats(10, 1e8))
def test_more_engagement_never_scores_less(value: float, factor: float, n: int, followers: float):
    rates = Rates.of(
        platform="tiktok",
        value=[value, value * factor],
        followers=[followers] * 2,
        n=[n, n],
        base="followers",
    )
    low, high = engagement.score(rates, builtin.peers()).score
    assert high >= low


# Catalogues with zeros, posts of nobody, hidden followers, and rates that are all the same.
CATALOGUE = st.lists(
    st.tuples(
        st.sampled_from([0.0, 0.01, 0.02, 0.05, None]),
        st.sampled_from([0, 1, 1e3, 1e4, 1e6, None]),
        st.sampled_from([0, 1, 12, None]),
        st.sampled_from(["a", "b", None]),
    ),
    min_size=1,
    max_size=30,
)


def columns(rows: list[tuple[object, ...]], times: int) -> Rates:
    value, followers, n, category = (list(column) * times for column in zip(*rows, strict=True))
    return Rates.of(platform="instagram", value=value, followers=followers, n=n, category=category)


@given(CATALOGUE, st.booleans(), st.sampled_from([1, 10, 60]))
def test_any_catalogue_gives_scores_or_reasons(rows: list[tuple[object, ...]], equal: bool, times: int):
    if equal:
        rows = [(0.02, *row[1:]) for row in rows]
    known = columns(rows, times)
    fitted = peers.fit(known, cold_start=Peers(()))
    found = engagement.score(known, fitted)
    assert np.array_equal(np.isnan(found.score), found.reason != 0)
    assert not np.isnan(found.confidence).any()
    percentiles = peers.percentile(known, fitted)
    assert np.isfinite(percentiles[found.reason == 0]).all()
    for group in fitted.groups:
        assert np.isfinite(
            [*group.x, *group.mu, group.sigma, *group.quantiles, *group.offsets.values()]
        ).all()
        assert np.all(np.diff(group.mu) <= 1e-12)
        assert np.all(np.diff(group.quantiles) >= 0)
    if equal and fitted.groups:
        assert {one.reason for one in (found.at(row, NOW, "m") for row in range(len(rows)))} <= {
            "peers_all_equal",
            "no_followers",
            "no_posts",
        }


@given(st.floats(1e-5, 1), st.floats(1, 10), st.integers(1, 100), st.floats(10, 1e8), st.integers(0, 9))
def test_more_engagement_never_stands_lower_among_any_peers(
    value: float, factor: float, n: int, followers: float, seed: int
):
    random = np.random.default_rng(seed)
    size = 80
    known = Rates.of(
        platform="instagram",
        value=np.exp(random.normal(-4, 1, size)).round(2) + 0.001,
        followers=np.exp(random.normal(10, 2, size)),
        category=random.choice(["a", "b"], size).tolist(),
    )
    fitted = peers.fit(known, cold_start=Peers(()))
    asked = Rates.of(
        platform="instagram",
        value=[value, value * factor],
        followers=[followers] * 2,
        n=[n, n],
        category=["a", "a"],
    )
    low, high = engagement.score(asked, fitted).score
    assert np.isnan(low) == np.isnan(high)
    assert np.isnan(low) or high >= low
    low, high = peers.percentile(asked, fitted)
    assert high >= low
