import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.bridges import betweenness, participation
from graph.build import build, to_networkx
from graph.communities import BadLabels, Partition

EDGES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=40)


@settings(deadline=None)
@given(EDGES)
def test_all_starts_give_networkx_s_betweenness(edges: list):
    graph = build([e[0] for e in edges], [e[1] for e in edges], nodes=range(10))
    theirs = nx.betweenness_centrality(to_networkx(graph))
    assert betweenness(graph).tolist() == pytest.approx([theirs[node] for node in range(10)])


def test_some_starts_are_right_on_average():
    made = nx.gnp_random_graph(60, 0.06, seed=1, directed=True)
    source, target = np.array(made.edges).T
    graph = build(source, target, nodes=range(60))
    exact = betweenness(graph)
    mean = np.mean([betweenness(graph, samples=15, seed=seed) for seed in range(400)], axis=0)
    assert np.abs(mean - exact).max() < 0.1 * exact.max()
    assert np.array_equal(betweenness(graph, samples=5, seed=3), betweenness(graph, samples=5, seed=3))
    assert not np.array_equal(betweenness(graph, samples=5, seed=3), betweenness(graph, samples=5, seed=4))


def test_progress_can_end_the_work():
    class Cancelled(Exception):
        pass

    def stop(done: int, starts: int) -> None:
        assert starts == 5
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        betweenness(build([0, 1, 2, 3], [1, 2, 3, 4]), progress=stop)


def test_participation():
    # Node 0 has weight 2 in one community and 1 each in two others; node 4 has no arcs.
    graph = build([0, 2, 3], [1, 0, 0], [2.0, 1.0, 1.0], nodes=range(5))
    codes = np.array([0, 0, 1, 2, 3], dtype=np.int32)
    found = participation(graph, Partition(codes, np.array([2, 1, 1, 1]), 0.0))
    assert found[0] == pytest.approx(1 - (4 + 1 + 1) / 16)
    assert found[1:4].tolist() == [0.0, 0.0, 0.0]
    assert np.isnan(found[4])
    with pytest.raises(BadLabels):
        participation(graph, Partition(codes[:3], np.array([2, 1]), 0.0))


def test_graphs_without_ways():
    assert betweenness(build([], [])).tolist() == []
    assert betweenness(build([1], [2])).tolist() == [0.0, 0.0]
