"""Forests of referrals, and what is none."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.build import build, to_networkx
from graph.referrals.forest import NOBODY
from graph.referrals.strict import NoForest, forest


def test_parents_depths_and_sizes():
    made = forest(
        build(["a", "a", "b", "x"], ["b", "c", "d", "y"], nodes=["a", "b", "c", "d", "x", "y", "z"])
    )
    assert made.parents.tolist() == [NOBODY, 0, 0, 1, NOBODY, 4, NOBODY]
    assert made.depths.tolist() == [0, 1, 1, 2, 0, 1, 0]
    assert made.sizes.tolist() == [4, 2, 1, 1, 2, 1, 1]
    assert made.roots.tolist() == [0, 4, 6]


@pytest.mark.parametrize(
    ("sources", "targets", "cycles", "twice", "says"),
    [
        (["a", "b"], ["b", "a"], [["a", "b"]], [], "1 in a circle, such as "),
        (["a", "b", "c", "c"], ["b", "c", "a", "z"], [["a", "b", "c"]], [], "1 in a circle"),
        (["a", "b"], ["c", "c"], [], ["c"], "1 with several referrers, such as c"),
        (["a", "b", "p", "q"], ["b", "a", "q", "p"], [["a", "b"], ["p", "q"]], [], "2 in a circle"),
        (
            ["a", "b", "r"],
            ["b", "a", "a"],
            [["a", "b"]],
            ["a"],
            "several referrers, such as a; 1 in a circle",
        ),
    ],
)
def test_what_is_no_forest_is_named(sources: list, targets: list, cycles: list, twice: list, says: str):
    with pytest.raises(NoForest, match=says) as caught:
        forest(build(sources, targets))
    assert sorted(_turned(each) for each in caught.value.cycles) == cycles
    assert caught.value.twice == twice
    assert (caught.value.cycle_count, caught.value.twice_count) == (len(cycles), len(twice))


def _turned(circle: list) -> list:
    """A circle from its first id on."""
    at = circle.index(min(circle))
    return circle[at:] + circle[:at]


def test_a_circle_is_told_in_the_order_of_referral():
    with pytest.raises(NoForest) as caught:
        forest(build([1, 2, 3], [2, 3, 1]))
    assert _turned(caught.value.cycles[0]) == [1, 2, 3]
    with pytest.raises(NoForest, match=r"(3 -> 1 -> 2 -> 3|1 -> 2 -> 3 -> 1|2 -> 3 -> 1 -> 2)"):
        forest(build([1, 2, 3], [2, 3, 1]))


def test_ten_of_many_are_named():
    with pytest.raises(NoForest, match="50 in a circle") as caught:
        forest(build(range(100), [each ^ 1 for each in range(100)]))
    assert len(caught.value.cycles) == 10
    assert caught.value.cycle_count == 50


def test_a_long_chain_needs_no_deep_stack():
    size = 20_000
    made = forest(build(range(size - 1), range(1, size)))
    assert made.depths.tolist() == list(range(size))
    assert made.sizes.tolist() == list(range(size, 0, -1))
    with pytest.raises(NoForest) as caught:
        forest(build(range(size), [(each + 1) % size for each in range(size)]))
    assert len(caught.value.cycles[0]) == size


def test_nobody():
    assert forest(build([], [])).parents.tolist() == []


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12))
def test_the_same_as_networkx(pairs: list[tuple[int, int]]):
    graph = build([a for a, _ in pairs], [b for _, b in pairs], nodes=range(10))
    other = to_networkx(graph)
    if not graph.arcs or not nx.is_branching(other):
        if graph.arcs:
            with pytest.raises(NoForest) as caught:
                forest(graph)
            assert caught.value.twice_count == sum(degree > 1 for _, degree in other.in_degree())
            assert bool(caught.value.cycle_count) == (not nx.is_directed_acyclic_graph(other))
            for circle in caught.value.cycles:
                ends = zip(circle, circle[1:] + circle[:1], strict=True)
                assert all(other.has_edge(*end) for end in ends)
        return
    made = forest(graph)
    for node in range(10):
        parents = list(other.predecessors(node))
        assert made.parents[node] == (parents[0] if parents else NOBODY)
        assert made.sizes[node] == 1 + len(nx.descendants(other, node))
        assert made.depths[node] == len(nx.ancestors(other, node))
    assert np.array_equal(made.roots, np.flatnonzero(made.depths == 0))
