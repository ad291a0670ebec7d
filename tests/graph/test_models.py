import numpy as np
import pytest

from graph.build import build
from graph.models import BadModel, Incoming, independent_cascade, linear_threshold, weighted_cascade

FORK = build(["a", "b", "a", "a"], ["c", "c", "d", "c"])


@pytest.mark.parametrize(
    ("p", "says"),
    [
        (-0.1, "arc 0 has -0.1"),
        (1.5, "from 0 to 1"),
        (float("nan"), "arc 0 has nan"),
        ([0.1, 0.2, float("inf")], "arc 2 has inf"),
        ([0.1, 0.2], "2 probabilities for 3 arcs"),
        ("often", "numbers"),
    ],
)
def test_what_is_no_probability_is_refused(p, says: str):
    with pytest.raises(BadModel, match=says):
        independent_cascade(FORK, p)
    assert issubclass(BadModel, ValueError)


def test_thresholds_refuse_negative_weights():
    with pytest.raises(BadModel, match="arc 1 has -1"):
        linear_threshold(FORK, [1.0, -1.0, 1.0])


def test_weighted_cascade_counts_arcs_not_weights():
    assert FORK.weights.tolist() == [2.0, 1.0, 1.0]
    assert weighted_cascade(FORK).probabilities.tolist() == [0.5, 1.0, 0.5]


def test_parallel_edges_are_tries_where_asked_for():
    assert independent_cascade(FORK, 0.5, repeated=True).probabilities.tolist() == [0.75, 0.5, 0.5]


def test_thresholds_are_scaled_down_only():
    assert linear_threshold(FORK, [0.2, 1.0, 0.3]).probabilities.tolist() == [0.2, 1.0, 0.3]
    assert linear_threshold(FORK, [3.0, 0.5, 1.0]).probabilities.tolist() == [0.75, 0.5, 0.25]


def test_arcs_by_target():
    into = Incoming.of(independent_cascade(FORK, [0.25, 0.5, 1.0]))
    assert into.indptr.tolist() == [0, 0, 0, 2, 3]
    assert into.sources.tolist() == [0, 1, 0]
    assert (into.limits / 2.0**53).tolist() == [0.25, 1.0, 0.5]
    assert not into.skips.any()


def test_equal_chances_into_a_large_node_are_skipped():
    star = build(np.arange(1, 101), np.zeros(100, dtype=int))
    into = Incoming.of(independent_cascade(star, 0.1))
    assert into.skips[0] == pytest.approx(1 / np.log(0.9))
    uneven = Incoming.of(independent_cascade(star, np.linspace(0.1, 0.2, 100)))
    assert not uneven.skips.any()
    for certain in (0.0, 1.0):
        assert not Incoming.of(independent_cascade(star, certain)).skips.any()


def test_no_arcs():
    bare = build([], [], nodes=[1, 2])
    for model in (weighted_cascade(bare), linear_threshold(bare), independent_cascade(bare, 0.1)):
        assert Incoming.of(model).indptr.tolist() == [0, 0, 0]
