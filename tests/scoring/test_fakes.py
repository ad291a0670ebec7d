import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.fake_fit import Collection, fit, out_of_fold
from scoring.fakes import builtin, flags
from scoring.profiles import FEATURES, Profiles

NUMBER = st.one_of(st.none(), st.floats(), st.sampled_from([0.0, -1.0, 1e300, 5e-324]))


def made(size: int = 200, seed: int = 0) -> Collection:
    """Fakes follow many and show little."""
    rng = np.random.default_rng(seed)
    fake = (np.arange(size) % 2).astype(np.float64)
    profiles = Profiles.of(
        size,
        followers=rng.poisson(np.where(fake == 1, 20, 400)),
        following=rng.poisson(np.where(fake == 1, 900, 400)),
        posts=rng.poisson(np.where(fake == 1, 1, 60)),
    )
    return Collection(profiles, fake)


def test_the_shipped_model_says_where_it_comes_from():
    model = builtin()
    assert model.features == FEATURES
    assert len(model.mean) == len(model.scale) == len(model.weight) == len(FEATURES)
    assert {"made", "sources", "rows", "auc_within", "auc_across", "brier_across"} <= model.card.keys()
    assert len(model.rates) == 2 ** len(Profiles.CORE) - 1


def test_every_set_of_known_fields_has_rates_of_error():
    for tpr, fpr in builtin().rates.values():
        assert 0 <= fpr < tpr <= 1


def test_counting_a_sample():
    model = builtin()
    profiles = Profiles.of(
        4,
        followers=[2, 800, None, 0],
        following=[5000, 300, None, 7000],
        posts=[0, 150, None, 0],
        has_picture=[0, 1, None, 0],
    )
    counted = model.count(profiles)
    assert counted.n == 3
    assert counted.flagged == pytest.approx(2.0, abs=0.1)
    assert (counted.tpr, counted.fpr) == pytest.approx(model.rates["1110100"])
    assert model.count(profiles.without(*Profiles.CORE)).n == 0


def test_the_prevalence_moves_probabilities_and_not_their_order():
    profiles = made().profiles
    even, rare = builtin().probability(profiles), builtin().probability(profiles, prevalence=0.05)
    assert (rare < even).all()
    assert (np.argsort(even, kind="stable") == np.argsort(rare, kind="stable")).mean() > 0.9


@given(st.lists(NUMBER, min_size=10, max_size=10))
def test_any_profile_has_a_probability_or_none(values: list[object]):
    names = [name for name in Profiles.__dataclass_fields__ if name != "CORE"]
    profiles = Profiles.of(1, **{name: [value] for name, value in zip(names, values, strict=True)})
    likely = builtin().probability(profiles)[0]
    assert np.isnan(likely) == (not profiles.known().any())
    assert np.isnan(likely) or 0 <= likely <= 1
    assert builtin().count(profiles).n == int(profiles.known().any())


def test_an_influencer_is_judged_by_all_three_counts():
    counts = Profiles.of(2, followers=[50_000] * 2, following=[400] * 2, posts=[300, None])
    likely = builtin().of_influencers(counts)
    assert likely[0] < 0.01
    assert np.isnan(likely[1])


def test_flags_rise_with_the_probability():
    found = flags(np.linspace(0, 1, 101))
    assert (np.diff(found) >= 0).all()
    assert (found[0], found[-1]) == pytest.approx((0.0, 1.0))


def test_a_fit_tells_fakes_it_has_not_seen():
    model, fresh = fit([made()]), made(seed=1)
    likely = model.probability(fresh.profiles)
    assert likely[fresh.fake == 1].min() > likely[fresh.fake == 0].max()
    assert model.rates["1110000"] == pytest.approx((1.0, 0.0), abs=0.05)


def test_a_fit_is_the_same_again_whatever_the_order():
    one = made()
    back = Collection(Profiles.of(200, followers=one.profiles.followers[::-1]), one.fake[::-1])
    ahead = Collection(Profiles.of(200, followers=one.profiles.followers), one.fake)
    assert fit([back]).weight == pytest.approx(fit([ahead]).weight, abs=1e-5)


def test_twins_are_never_on_both_sides():
    """Of labels drawn by lot nothing can be learnt; twins on both sides would be recognised."""
    rng = np.random.default_rng(0)
    followers = rng.integers(0, 10**6, 150)
    label = rng.integers(0, 2, 150).astype(np.float64)
    twice = Collection(Profiles.of(300, followers=np.tile(followers, 2)), np.tile(label, 2))
    likely = out_of_fold(twice, folds=5)
    ordered = [likely[twice.fake == 1], likely[twice.fake == 0]]
    wins = np.mean([a > b for a, b in itertools.product(*ordered)])
    assert wins == pytest.approx(0.5, abs=0.15)


def test_too_few_to_fit():
    with pytest.raises(ValueError, match="at least 10"):
        fit([made(12)])
