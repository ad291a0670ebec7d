import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.build import BadEdges, UnknownNodes, build, from_networkx, joined, to_networkx, without

EDGES = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), st.sampled_from([0.0, 0.5, 1.0, 3.0])))


def arcs(graph) -> dict[tuple[object, object], float]:
    ids = graph.nodes.tolist()
    ends = zip(graph.sources().tolist(), graph.indices.tolist(), graph.weights.tolist(), strict=True)
    return {(ids[source], ids[target]): weight for source, target, weight in ends}


def test_nodes_without_edges_stay():
    graph = build(["b"], ["c"], nodes=["c", "a", "b", "a"])
    assert graph.nodes.tolist() == ["a", "b", "c"]
    assert (graph.size, graph.arcs, graph.indptr.tolist()) == (3, 1, [0, 0, 1, 1])


def test_no_edges_at_all():
    graph = build([], [])
    assert (graph.size, graph.arcs, graph.indptr.tolist()) == (0, 0, [0])
    assert build([], [], nodes=[4, 2]).nodes.tolist() == [2, 4]


@pytest.mark.parametrize(
    ("source", "target", "weight", "says"),
    [
        ([1], [2, 3], None, "1 sources and 2 targets"),
        ([1], [2], [1.0, 2.0], "2 weights for 1 edges"),
        ([1, 1], [2, 3], [1.0, -0.5], "edge 1 has the weight -0.5"),
        ([1], [2], [float("nan")], "edge 0 has the weight nan"),
        ([1], [2], [float("inf")], "edge 0 has the weight inf"),
        ([1], [2], ["heavy"], "weights are numbers"),
        ([[1]], [[2]], None, "one column"),
        ([1.5], [2.5], None, "whole numbers or text"),
    ],
)
def test_bad_edges(source: list, target: list, weight: list | None, says: str):
    with pytest.raises(BadEdges, match=says):
        build(source, target, weight)
    assert issubclass(BadEdges, ValueError)


def test_unknown_ends_are_arcs():
    with pytest.raises(UnknownNodes, match=r"2 ends of edges are no nodes, the first is .*7"):
        build([1, 7, 9], [2, 1, 1], nodes=[1, 2])
    with pytest.raises(UnknownNodes):
        build([1], [2], nodes=[])


@given(EDGES, st.randoms())
def test_sums_parallel_edges_whatever_their_order(edges: list, random):
    graph = build(*columns(edges))
    expected: dict[tuple[int, int], float] = {}
    for source, target, weight in edges:
        if source != target and weight:
            expected[source, target] = expected.get((source, target), 0.0) + weight
    assert arcs(graph) == pytest.approx(expected)
    assert graph.loops == sum(source == target for source, target, _ in edges)
    random.shuffle(edges)
    shuffled = build(*columns(edges))
    assert shuffled.nodes.tolist() == graph.nodes.tolist()
    assert arcs(shuffled) == pytest.approx(arcs(graph))


@given(EDGES)
def test_networkx_and_back(edges: list):
    graph = build(*columns(edges), nodes=range(9))
    there = to_networkx(graph)
    assert set(there) == set(range(9))
    back = from_networkx(there)
    for name in ("nodes", "indptr", "indices", "weights"):
        assert getattr(back, name).tolist() == getattr(graph, name).tolist()


@given(EDGES)
def test_turned_round_twice_is_the_same(edges: list):
    graph = build(*columns(edges))
    assert arcs(graph.reversed()) == {(b, a): weight for (a, b), weight in arcs(graph).items()}
    assert arcs(graph.reversed().reversed()) == arcs(graph)


def test_an_undirected_edge_is_an_arc_each_way():
    graph = from_networkx(nx.Graph([("x", "y", {"weight": 2.0})]))
    assert arcs(graph) == {("x", "y"): 2.0, ("y", "x"): 2.0}


def test_networkx_graphs_that_have_no_order():
    with pytest.raises(BadEdges, match="one type"):
        from_networkx(nx.DiGraph([(1, "a")]))
    with pytest.raises(BadEdges, match="not negative"):
        from_networkx(nx.DiGraph([("a", "b", {"weight": -1})]))
    assert from_networkx(nx.DiGraph()).size == 0


def columns(edges: list) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    table = np.array(edges, dtype=float).reshape(-1, 3)
    return table[:, 0].astype(int), table[:, 1].astype(int), table[:, 2]


def test_two_graphs_become_one():
    made = joined(build([1, 1, 5], [2, 1, 1], [1.0, 1.0, 2.0]), build([1, 2], [2, 9], [0.5, 1.0]))
    assert made.nodes.tolist() == [1, 2, 5, 9]
    assert arcs(made) == {(1, 2): 1.5, (5, 1): 2.0, (2, 9): 1.0}
    assert made.loops == 1
    mixed = joined(build([10, 2], [2, 10]), build(["a"], ["10"]))
    assert arcs(mixed) == {("10", "2"): 1.0, ("2", "10"): 1.0, ("a", "10"): 1.0}
    assert joined(build([], []), build(["a"], ["b"])).nodes.tolist() == ["a", "b"]
    assert arcs(joined(build(["a"], ["b"]), build([], []))) == {("a", "b"): 1.0}


def test_a_graph_without_some_nodes():
    graph = build(["a", "b", "c", "d"], ["b", "c", "d", "a"], [1.0, 2.0, 3.0, 4.0])
    left = without(graph, graph.places(["b"]))
    assert left.nodes.tolist() == ["a", "c", "d"]
    assert arcs(left) == {("c", "d"): 3.0, ("d", "a"): 4.0}
    assert arcs(without(graph, [])) == arcs(graph)
    assert without(graph, range(4)).size == 0
