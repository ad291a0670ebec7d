import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scoring.brandfit.vectors import Space, Vectors, roots

CELLS = st.floats(-1e300, 1e300, allow_nan=False)


@pytest.mark.parametrize(
    ("topics", "hashtags", "complaint"),
    [
        (np.ones((2, 3)), np.ones((1, 3)), "2 rows of topics, 1 of hashtags"),
        (np.ones(3), np.ones((1, 3)), "topics must be a matrix"),
        (np.ones((1, 3)), np.ones((1, 3, 1)), "hashtags must be a matrix"),
        (np.array([[-0.1, 1.1]]), np.ones((1, 3)), "never negative"),
    ],
)
def test_vectors_refuse_what_has_no_meaning(topics, hashtags, complaint):
    with pytest.raises(ValueError, match=complaint):
        Vectors(topics, hashtags)


def test_zero_rows_and_rows_with_gaps_are_unknown():
    vectors = Vectors(np.array([[0.0, 0.0], [np.nan, 1.0], [0.0, 1.0]]), np.array([[np.inf], [0.0], [-1.0]]))
    assert vectors.known_topics.tolist() == [False, False, True]
    assert vectors.known_hashtags.tolist() == [False, False, True]


def test_roots_give_the_bhattacharyya_coefficient_whatever_the_counts():
    p, q = [0.2, 0.3, 0.5], [0.6, 0.4, 0.0]
    both = roots(Vectors(np.array([p, np.multiply(q, 1e200)]), np.ones((2, 1))))
    assert both[0] @ both[1] == pytest.approx(sum((a * b) ** 0.5 for a, b in zip(p, q, strict=True)))


def test_whitening_with_hardly_any_shrinkage_makes_every_direction_equal():
    rng = np.random.default_rng(3)
    tags = rng.normal(size=(4000, 4)) * [10.0, 3.0, 1.0, 0.3]
    space = Space(shrinkage=1e-6).fit(Vectors(np.ones((4000, 2)), tags))
    unit = tags / np.linalg.norm(tags, axis=1, keepdims=True)
    white = np.cov((unit @ space.whitening_).T)
    assert np.allclose(white, np.eye(4) * white[0, 0], rtol=1e-3, atol=1e-3)


def test_full_shrinkage_leaves_directions_as_they_are():
    rng = np.random.default_rng(3)
    space = Space(shrinkage=1.0).fit(Vectors(np.ones((50, 2)), rng.normal(size=(50, 4))))
    assert np.allclose(space.whitening_, np.eye(4))


@pytest.mark.parametrize("shrinkage", [0.0, -1.0, 1.5, float("nan")])
def test_shrinkage_out_of_bounds(shrinkage):
    with pytest.raises(ValueError, match="shrinkage"):
        Space(shrinkage).fit(Vectors(np.ones((2, 2)), np.ones((2, 2))))


def test_other_dimensions_than_fitted():
    space = Space().fit(Vectors(np.ones((2, 2)), np.ones((2, 3))))
    with pytest.raises(ValueError, match="fitted on 2 topics and 3 hashtag dimensions"):
        space.transform(Vectors(np.ones((2, 3)), np.ones((2, 3))))


def test_what_all_share_tells_nobody_apart():
    alike = Vectors(np.full((6, 3), 0.2), np.full((6, 7), 0.1))
    assert not Space().fit(alike).transform(alike)[:, 3:].any()


@settings(max_examples=60, deadline=None)
@given(arrays(float, (5, 2), elements=st.floats(0, 1e300)), arrays(float, (5, 3), elements=CELLS))
def test_rows_are_finite_and_hashtags_of_unit_length_or_zero(topics, hashtags):
    vectors = Vectors(topics, hashtags)
    laid = Space().fit(vectors).transform(vectors)
    length = np.linalg.norm(laid[:, 2:], axis=1)
    assert np.isfinite(laid).all()
    assert np.all((np.abs(length - 1) < 1e-9) | (length == 0))
    assert not laid[~vectors.known_topics, :2].any()
    assert not laid[~vectors.known_hashtags, 2:].any()
