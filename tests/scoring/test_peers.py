from math import exp, log

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import builtin, peers
from scoring.basis import Basis
from scoring.peers import Peers, expected
from scoring.rates import Rates
from scoring.scores import REASONS

NONE = Peers(())
INSTAGRAM = Basis("instagram", "feed", "followers", "public")


def catalogue(size: int, *, spread: float = 0.5, category: list[str] | None = None, seed: int = 1) -> Rates:
    random = np.random.default_rng(seed)
    followers = np.exp(random.uniform(log(1e3), log(1e6), size))
    logarithm = -2.0 - 0.25 * np.log(followers) + random.normal(0, spread, size)
    return Rates.of(platform="instagram", value=np.exp(logarithm), followers=followers, category=category)


def test_too_few_peers_leave_the_cold_start():
    assert peers.fit(catalogue(49), cold_start=NONE) == NONE
    assert peers.fit(catalogue(50), cold_start=NONE).groups[0].n == 50
    assert peers.fit(catalogue(49), cold_start=builtin.peers()) == builtin.peers()


def test_the_catalogue_replaces_only_its_own_group():
    fitted = peers.fit(catalogue(200), cold_start=builtin.peers())
    sources = {group.basis: group.source for group in fitted.groups}
    assert sources.pop(INSTAGRAM) == "catalogue"
    assert all(source.startswith("built-in 2026-11-21") for source in sources.values())
    assert len(fitted.groups) == len(builtin.peers().groups)


def test_peers_reach_less_with_more_followers():
    group = peers.fit(catalogue(2000), cold_start=NONE).groups[0]
    assert np.all(np.diff(group.mu) <= 0)
    assert np.all(np.diff(group.x) > 0)
    at = np.log([3e3, 3e5])
    assert np.interp(at, group.x, group.mu) == pytest.approx(-2.0 - 0.25 * at, abs=0.15)
    assert group.sigma == pytest.approx(0.5, rel=0.1)


def test_sigma_has_a_floor():
    assert peers.fit(catalogue(500, spread=0.01), cold_start=NONE).groups[0].sigma == 0.35


def test_a_category_counts_from_fifty_peers():
    size = 1000
    names = ["beauty"] * 50 + ["music"] * 49 + ["other"] * (size - 99)
    rates = catalogue(size, category=names)
    lifted = np.where(np.array(names) == "other", 1.0, exp(1.0))
    rates = Rates.of(
        platform="instagram", value=rates.value * lifted, followers=rates.followers, category=names
    )
    group = peers.fit(rates, cold_start=NONE).groups[0]
    assert set(group.offsets) == {"beauty", "other"}
    assert group.offsets["beauty"] - group.offsets["other"] == pytest.approx(1.0, abs=0.2)

    asked = Rates.of(
        platform="instagram", value=[0.01] * 3, followers=[1e4] * 3, category=["beauty", "music", None]
    )
    mu = expected(asked, Peers((group,))).mu
    assert mu[0] - mu[1] == pytest.approx(group.offsets["beauty"])
    assert mu[1] == mu[2]


def test_the_order_of_the_catalogue_does_not_matter():
    rates = catalogue(300, category=["a", "b", "c"] * 100)
    mixed = np.random.default_rng(3).permutation(300)
    names = np.array(["a", "b", "c"] * 100)[mixed].tolist()
    shuffled = Rates.of(
        platform="instagram", value=rates.value[mixed], followers=rates.followers[mixed], category=names
    )
    assert peers.fit(rates, cold_start=NONE) == peers.fit(shuffled, cold_start=NONE)


@pytest.mark.parametrize(
    "change", [{"value": 0.0}, {"value": None}, {"followers": 0}, {"followers": None}, {"n": 0}]
)
def test_what_is_no_peer(change: dict[str, float | None]):
    rows = [{"value": 0.02, "followers": 1000.0 + row, "n": 5} for row in range(50)]
    rows[7].update(change)
    columns = {name: [row[name] for row in rows] for name in ("value", "followers", "n")}
    assert peers.fit(Rates.of(platform="instagram", **columns), cold_start=NONE) == NONE


def test_peers_without_any_spread_compare_with_nobody():
    equal = Rates.of(platform="instagram", value=[0.03] * 60, followers=np.geomspace(1e3, 1e5, 60))
    fitted = peers.fit(equal, cold_start=NONE)
    assert fitted.groups[0].all_equal
    assert {REASONS[code] for code in expected(equal, fitted).reason} == {"peers_all_equal"}


def test_peers_must_share_the_basis():
    fitted = peers.fit(catalogue(100), cold_start=NONE)
    for other in ({"platform": "facebook"}, {"format": "reel"}, {"base": "reach"}, {"components": "full"}):
        asked = Rates.of(**{"platform": "instagram", "value": [0.1], "followers": [1e4], **other})
        assert REASONS[expected(asked, fitted).reason[0]] == "no_peers"


def test_outside_the_known_follower_counts_the_curve_is_flat():
    fitted = peers.fit(catalogue(100), cold_start=NONE)
    asked = Rates.of(platform="instagram", value=[0.1] * 3, followers=[1, 1e6, 1e9])
    mu = expected(asked, fitted).mu
    assert mu[0] == fitted.groups[0].mu[0]
    assert mu[2] == fitted.groups[0].mu[-1]


def test_peers_survive_storage():
    fitted = peers.fit(catalogue(100, category=["a", "b"] * 50), cold_start=builtin.peers())
    assert msgspec.json.decode(msgspec.json.encode(fitted), type=Peers) == fitted


def test_a_tail_of_sleeping_followers_does_not_pull_the_curve():
    healthy = catalogue(600)
    dead = np.where(np.arange(600) % 12 == 0, 0.01, 1.0)
    tailed = Rates.of(platform="instagram", value=healthy.value * dead, followers=healthy.followers)
    one, other = (peers.fit(rates, cold_start=NONE) for rates in (healthy, tailed))
    pulled = expected(healthy, other).mu - expected(healthy, one).mu
    assert np.abs(pulled).mean() < 0.15 < abs(log(0.01)) / 12
    assert other.groups[0].sigma == pytest.approx(one.groups[0].sigma, rel=0.25)


def test_a_category_of_large_accounts_does_not_bend_the_curve():
    random = np.random.default_rng(5)
    followers = np.exp(random.uniform(log(1e3), log(1e6), 2000))
    large = followers > 1e5
    names = np.where(large & (random.random(2000) < 0.6), "sport", "beauty").tolist()
    lift = np.where(np.array(names) == "sport", 1.0, 0.0)
    value = np.exp(-2 - 0.25 * np.log(followers) + lift + random.normal(0, 0.3, 2000))
    rates = Rates.of(platform="instagram", value=value, followers=followers, category=names)
    offsets = peers.fit(rates, cold_start=NONE).groups[0].offsets
    assert offsets["sport"] - offsets["beauty"] == pytest.approx(1.0, abs=0.1)


@given(st.permutations(range(120)), st.integers(0, 3))
def test_any_order_of_rows_gives_the_same_peers(order: list[int], ties: int):
    names = np.array((["a"] * 60) + (["b"] * 60))
    rates = catalogue(120, seed=ties)
    followers = np.round(rates.followers, -4 + ties)
    value = np.round(rates.value, 2 + ties) + 0.01
    one, other = (
        peers.fit(
            Rates.of(
                platform="instagram",
                value=value[rows],
                followers=followers[rows],
                category=names[rows].tolist(),
            ),
            cold_start=NONE,
        )
        for rows in (np.arange(120), np.array(order))
    )
    assert one == other


def test_percentiles_count_the_peers_that_stand_lower():
    rates = catalogue(1000)
    fitted = peers.fit(rates, cold_start=NONE)
    found = peers.percentile(rates, fitted)
    z = np.log(rates.value) - expected(rates, fitted).mu
    assert np.abs(found - (np.argsort(np.argsort(z)) + 0.5) / 1000).max() < 0.02
    outside = Rates.of(platform="instagram", value=[1e-9, 1.0], followers=[1e4] * 2)
    assert peers.percentile(outside, fitted).tolist() == [0.0005, 0.9995]


def test_percentiles_against_a_study_are_normal():
    group = next(group for group in builtin.peers().groups if group.basis.platform == "x")
    value = np.exp(group.mu[0] + group.sigma * np.array([-1.0, 0.0, 1.0]))
    asked = Rates.of(platform="x", value=value, followers=[100.0] * 3)
    assert peers.percentile(asked, builtin.peers()) == pytest.approx([0.158655, 0.5, 0.841345], abs=1e-6)


def test_no_percentile_without_rate_or_peers():
    asked = Rates.of(
        platform=["x", "x", "x", "pinterest"],
        value=[0.0, None, 0.1, 0.1],
        followers=[1e4, 1e4, None, 1e4],
    )
    assert np.isnan(peers.percentile(asked, builtin.peers())).all()


def test_the_built_in_table_names_source_year_and_basis_of_each_row():
    table = builtin.table()
    for row in table.rows:
        card = table.sources[row.source]
        assert card["title"]
        assert card["sample"]
        assert card["published"].startswith(str(row.year))
        assert 0 < row.rate < 1
        assert row.base in ("followers", "views", "reach")
        assert row.accounts is None or row.accounts >= 50


def test_the_built_in_table_by_hand():
    group = next(group for group in builtin.peers().groups if group.basis.platform == "x")
    assert group.mu[0] == pytest.approx(log(0.0218))
    assert group.x[0] == pytest.approx(log((1000 * 10000) ** 0.5))
    assert group.x[-1] == pytest.approx(log((500000 * 5000000) ** 0.5))
    quartiles = [(132, 347), (87, 224), (58, 154), (37, 102), (18, 61)]
    assert group.sigma == pytest.approx(sum(log(high / low) / 1.349 for low, high in quartiles) / 5)
    instagram = next(group for group in builtin.peers().groups if group.basis.platform == "instagram")
    assert instagram.mu[-1] == pytest.approx(log(0.009) - 0.68**2 / 2)
    tiktok = next(group for group in builtin.peers().groups if group.basis[:3] == ("tiktok", "feed", "views"))
    assert np.ptp(np.exp(tiktok.mu)) < 0.01
