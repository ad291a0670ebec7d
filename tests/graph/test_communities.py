import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.build import build, to_networkx
from graph.communities import BadLabels, Partition, communities, labels, modularity

EDGES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from([0.5, 1.0, 4.0])))


def undirected(graph) -> nx.Graph:
    """networkx's own way drops the weight of one of two opposite arcs."""
    made = nx.Graph()
    made.add_nodes_from(graph.nodes.tolist())
    for source, target, weight in to_networkx(graph).edges(data="weight"):
        before = made.get_edge_data(source, target, {"weight": 0.0})["weight"]
        made.add_edge(source, target, weight=before + weight)
    return made


@settings(deadline=None)
@given(EDGES, st.lists(st.integers(0, 3), min_size=10, max_size=10))
def test_modularity_equals_networkx(edges: list, codes: list[int]):
    graph = build([e[0] for e in edges], [e[1] for e in edges], [e[2] for e in edges], nodes=range(10))
    if graph.arcs:
        groups = [{node for node in range(10) if codes[node] == code} for code in set(codes)]
        assert modularity(graph, codes) == pytest.approx(nx.community.modularity(undirected(graph), groups))
    else:
        assert modularity(graph, codes) == 0.0


@settings(deadline=None, max_examples=30)
@given(EDGES)
def test_partitions_are_whole_and_ordered(edges: list):
    graph = build([e[0] for e in edges], [e[1] for e in edges], [e[2] for e in edges], nodes=range(10))
    found = communities(graph)
    assert np.bincount(found.codes).tolist() == found.sizes.tolist() == sorted(found.sizes, reverse=True)
    assert found.sizes.sum() == 10
    assert found.modularity == pytest.approx(modularity(graph, found.codes))
    assert found.modularity >= modularity(graph, np.zeros(10, dtype=int)) - 1e-12
    assert np.array_equal(found.codes, communities(graph).codes)


def test_planted_communities_are_found():
    made = nx.planted_partition_graph(8, 25, 0.5, 0.01, seed=3)
    source, target = np.array(made.edges).T
    graph = build(source, target, nodes=range(200))
    found = communities(graph)
    assert found.sizes.tolist() == [25] * 8
    for community in range(8):
        assert len(np.unique(found.members(community) // 25)) == 1


def test_nodes_without_arcs_stand_alone():
    found = communities(build([], [], nodes=[1, 2, 3]))
    assert (found.codes.tolist(), found.sizes.tolist(), found.modularity) == ([0, 1, 2], [1, 1, 1], 0.0)
    assert communities(build([], [])).sizes.tolist() == []


def test_labels():
    partition = Partition(np.array([0, 0, 0, 0, 1, 1, 2], dtype=np.int32), np.array([4, 2, 1]), 0.0)
    found = labels(partition, ["food", "travel", "travel", None, "kids", "beauty", None])
    assert [(each.category, each.known) for each in found] == [("travel", 3), ("beauty", 2), (None, 0)]
    assert [each.share for each in found] == [2 / 3, 0.5, 0.0]
    assert {each.category for each in labels(partition, [None] * 7)} == {None}
    with pytest.raises(BadLabels, match="1 categories for 7 nodes"):
        labels(partition, ["food"])


def test_codes_for_another_graph():
    with pytest.raises(BadLabels, match="3 codes for 2 nodes"):
        modularity(build([1], [2]), [0, 0, 1])
