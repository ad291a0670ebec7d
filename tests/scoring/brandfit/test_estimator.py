import numpy as np
import pytest
import skops.io
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone

from scoring.brandfit import BrandFit, Vectors
from scoring.brandfit.estimator import PARTS
from scoring.brandfit.measures import figures
from tests.scoring.brandfit.worlds import TAGS, TOPICS, World, world

NO_PAIRS = np.empty((0, 2), dtype=np.int64)


@pytest.fixture(scope="module")
def seen() -> World:
    return world()


@pytest.fixture(scope="module")
def fitted(seen: World) -> BrandFit:
    return BrandFit().fit(seen.brands, seen.influencers, seen.pairs)


def unseen_auc(fit: BrandFit, other: World) -> float:
    truth = np.zeros(other.liking.shape, dtype=np.bool_)
    truth[other.pairs[:, 0], other.pairs[:, 1]] = True
    return figures(fit.decision_function(other.brands, other.influencers), truth).auc


@given(st.permutations(range(12)))
@settings(max_examples=20, deadline=None)
def test_permuted_influencers_have_permuted_scores(order: list[int]):
    seen = world(brands=8, influencers=12, own=2)
    fit = BrandFit().fit(seen.brands, seen.influencers, seen.pairs)
    scores = fit.decision_function(seen.brands, seen.influencers)
    moved = fit.decision_function(seen.brands, seen.influencers.take(np.array(order)))
    assert np.allclose(moved, scores[:, order], atol=1e-10)


def test_a_score_does_not_depend_on_who_else_is_asked_about(fitted: BrandFit, seen: World):
    scores = fitted.decision_function(seen.brands, seen.influencers)
    alone = fitted.decision_function(seen.brands.take(np.array([7])), seen.influencers.take(np.array([42])))
    assert alone[0, 0] == pytest.approx(scores[7, 42], abs=1e-10)


def test_scores_are_in_standard_deviations_of_the_fitted_influencers(fitted: BrandFit, seen: World):
    scores = fitted.decision_function(seen.brands, seen.influencers)
    assert np.allclose(scores.mean(axis=1), 0, atol=1e-9)
    assert np.allclose(scores.std(axis=1), 1, atol=1e-9)


def test_parts_sum_to_the_score(fitted: BrandFit, seen: World):
    parts = fitted.parts(seen.brands, seen.influencers)
    assert tuple(parts) == PARTS
    total = sum(parts.values())
    assert np.allclose(total, fitted.decision_function(seen.brands, seen.influencers))
    assert all(np.abs(part).max() > 0 for part in parts.values())


@given(st.integers(0, 2**31), st.integers(0, 19))
@settings(max_examples=25, deadline=None)
def test_without_pairs_nobody_outranks_the_brand_s_own_image(seed: int, brand: int):
    some = world(seed, brands=20, influencers=40)
    cold = BrandFit().fit(some.brands, some.influencers, NO_PAIRS)
    scores = cold.decision_function(some.brands, some.influencers)[brand]
    image = cold.decision_function(some.brands, some.brands.take(np.array([brand])))[brand, 0]
    assert image >= scores.max() - 1e-9


@pytest.mark.parametrize("blend", [0.1, 0.5, 0.9])
def test_the_more_alike_the_topics_the_higher(fitted: BrandFit, seen: World, blend: float):
    """Towards the brand's own topics the part that topics bring only rises."""
    brand, start = seen.brands.take(np.array([3])), seen.influencers.topics[[11]]
    path = [(1 - w) * start + w * brand.topics for w in (0.0, blend, 1.0)]
    steps = Vectors(np.vstack(path), np.zeros((3, TAGS)))
    assert np.all(np.diff(fitted.parts(brand, steps)["topics"][0]) > 0)


def test_unseen_brands_find_their_like(fitted: BrandFit):
    assert unseen_auc(fitted, world(seed=1)) > 0.95


def test_what_brands_want_is_learnt_where_it_is_not_their_like():
    seen, other = world(shift=2, brands=120), world(seed=1, shift=2)
    cold = BrandFit().fit(seen.brands, seen.influencers, NO_PAIRS)
    learned = BrandFit().fit(seen.brands, seen.influencers, seen.pairs)
    assert unseen_auc(cold, other) < 0.6
    assert unseen_auc(learned, other) > 0.9


def test_chance_is_not_learnt():
    """Brands that choose at random: the strongest penalty is taken, and nothing but it is as likely."""
    seen, rng = world(brands=90), np.random.default_rng(5)
    pairs = np.column_stack([seen.pairs[:, 0], rng.integers(0, 300, len(seen.pairs))])
    fit = BrandFit().fit(seen.brands, seen.influencers, pairs)
    assert fit.penalty_ == max(fit.penalties)
    assert np.abs(fit.form_).max() < 0.01


def test_few_brands_leave_the_cold_start_nearly_as_it_is(seen: World):
    few = seen.pairs[seen.pairs[:, 0] < 3]
    cold = BrandFit().fit(seen.brands, seen.influencers, NO_PAIRS)
    fit = BrandFit().fit(seen.brands, seen.influencers, few)
    assert (fit.penalty_, fit.held_out_) == (1000.0, {})
    pair = [f.decision_function(seen.brands, seen.influencers).ravel() for f in (cold, fit)]
    assert np.corrcoef(pair)[0, 1] > 0.9


def test_the_penalty_is_the_likeliest_for_brands_left_out(fitted: BrandFit):
    assert set(fitted.held_out_) == set(fitted.penalties)
    assert fitted.held_out_[fitted.penalty_] == max(fitted.held_out_.values())


def test_equal_seeds_give_equal_fits(fitted: BrandFit, seen: World):
    again = clone(fitted).fit(seen.brands, seen.influencers, seen.pairs[::-1].repeat(2, axis=0))
    assert np.array_equal(again.form_, fitted.form_)
    assert np.array_equal(again.weights_, fitted.weights_)


def test_a_stored_fit_scores_alike_to_the_last_bit(fitted: BrandFit, seen: World):
    stored = skops.io.dumps(fitted)
    trusted = skops.io.get_untrusted_types(data=stored)
    assert all(name.startswith("scoring.brandfit.") for name in trusted)
    loaded = skops.io.loads(stored, trusted=trusted)
    before, after = (f.decision_function(seen.brands, seen.influencers) for f in (fitted, loaded))
    assert np.array_equal(before, after)


@pytest.mark.parametrize(("no_topics", "no_tags"), [(True, False), (False, True), (True, True)])
def test_unknown_rows_are_finite_and_neither_like_nor_unlike(
    fitted: BrandFit, seen: World, no_topics: bool, no_tags: bool
):
    blank = Vectors(
        np.zeros((1, TOPICS)) if no_topics else seen.influencers.topics[:1],
        np.full((1, TAGS), np.nan) if no_tags else seen.influencers.hashtags[:1],
    )
    as_brand = fitted.decision_function(blank, seen.influencers)
    as_influencer = fitted.parts(seen.brands, blank)
    assert np.isfinite(as_brand).all()
    assert as_brand.any() != (no_topics and no_tags)
    assert np.abs(as_influencer["topics"]).max() < 1e-9 or not no_topics
    assert np.abs(as_influencer["hashtags"]).max() < 0.5 or not no_tags


@given(st.integers(0, 2**31), st.integers(0, 4), st.integers(0, 4), st.integers(1, 9), st.integers(0, 7))
@settings(max_examples=60, deadline=None)
def test_scores_are_finite_for_any_shape(seed: int, topics: int, tags: int, influencers: int, brands: int):
    rng = np.random.default_rng(seed)

    def some(count: int) -> Vectors:
        kept = rng.random((count, 1)) < 0.7
        return Vectors(rng.random((count, topics)) * kept, rng.normal(size=(count, tags)) * kept[::-1])

    mine, theirs = some(brands), some(influencers)
    pairs = [(b, i) for b in range(brands) for i in range(influencers) if rng.random() < 0.4]
    scores = BrandFit(random_state=seed).fit(mine, theirs, pairs).decision_function(mine, theirs)
    assert scores.shape == (brands, influencers)
    assert np.isfinite(scores).all()


def test_rivals_bound_the_choice_but_keep_the_chosen(seen: World):
    fit = BrandFit(rivals=10).fit(seen.brands, seen.influencers, seen.pairs)
    assert unseen_auc(fit, world(seed=1)) > 0.95


@pytest.mark.parametrize("pair", [(-1, 0), (0, -1), (60, 0), (0, 300)])
def test_a_pair_of_nobody(seen: World, pair: tuple[int, int]):
    with pytest.raises(ValueError, match="beyond 60 brands or 300 influencers"):
        BrandFit().fit(seen.brands, seen.influencers, [pair])


@pytest.mark.parametrize("penalties", [(), (0.0, 1.0), (-1.0,)])
def test_penalties_that_hold_nothing(seen: World, penalties: tuple[float, ...]):
    with pytest.raises(ValueError, match="penalties above 0"):
        BrandFit(penalties=penalties).fit(seen.brands, seen.influencers, NO_PAIRS)


def test_nobody_to_fit_on(seen: World):
    nobody = seen.influencers.take(np.empty(0, dtype=np.int64))
    with pytest.raises(ValueError, match="needs influencers"):
        BrandFit().fit(seen.brands, nobody, NO_PAIRS)
