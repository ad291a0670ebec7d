import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.authority import BadTeleport, NotConverged, Transitions, pagerank, topic_pagerank
from graph.build import Graph, UnknownNodes, build, to_networkx

EDGES = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11), st.sampled_from([0.5, 1.0, 4.0])))


def columns(edges: list) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    table = np.array(edges, dtype=float).reshape(-1, 3)
    return table[:, 0].astype(int), table[:, 1].astype(int), table[:, 2]


def distance(graph: Graph, ours: np.ndarray, **options: object) -> float:
    """L1 distance to networkx at the same tolerance."""
    theirs = nx.pagerank(to_networkx(graph), tol=1e-12, max_iter=1000, **options)
    return float(np.abs(ours - [theirs[node] for node in graph.nodes.tolist()]).sum())


@settings(deadline=None)
@given(EDGES, st.floats(0, 0.95))
def test_equals_networkx(edges: list, damping: float):
    graph = build(*columns(edges), nodes=range(12))
    assert distance(graph, pagerank(graph, damping=damping), alpha=damping) < 1e-8


@settings(deadline=None)
@given(EDGES, st.dictionaries(st.integers(0, 11), st.floats(0.01, 9), min_size=1))
def test_equals_networkx_as_seen_from_some_nodes(edges: list, teleport: dict[int, float]):
    graph = build(*columns(edges), nodes=range(12))
    ours = pagerank(graph, teleport=teleport)
    assert distance(graph, ours, personalization=teleport) < 1e-8
    assert ours.sum() == pytest.approx(1)
    assert (ours >= 0).all()


@pytest.mark.parametrize("seed", range(3))
def test_equals_networkx_on_larger_graphs(seed: int):
    rng = np.random.default_rng(seed)
    # Some hundred nodes are never a source: dangling ones.
    graph = build(rng.integers(0, 1_700, 12_000), rng.zipf(1.6, 12_000) % 2_000, nodes=np.arange(2_000))
    assert distance(graph, pagerank(graph)) < 1e-8
    some = dict(zip(range(0, 2_000, 7), (rng.random(286) + 0.1).tolist(), strict=True))
    assert distance(graph, pagerank(graph, teleport=some), personalization=some) < 1e-8


def test_topics_rank_their_own_field():
    # Two fields that only a thin arc connects.
    graph = build(["a", "b", "c", "x", "y", "a"], ["c", "c", "a", "z", "z", "z"], [9, 9, 9, 9, 9, 1])
    ranks = topic_pagerank(graph, {"left": ["a", "b", "c"], "right": ["x", "y", "z"]})
    assert graph.nodes[ranks["left"].argmax()] == "c"
    assert graph.nodes[ranks["right"].argmax()] == "z"
    alone = pagerank(graph, teleport={"x": 1, "y": 1, "z": 1}, transitions=Transitions.of(graph))
    assert ranks["right"].tolist() == alone.tolist()


@given(EDGES, st.randoms())
def test_the_order_of_edges_changes_nothing(edges: list, random):
    ranks = pagerank(build(*columns(edges), nodes=range(12)))
    random.shuffle(edges)
    assert pagerank(build(*columns(edges), nodes=range(12))) == pytest.approx(ranks, abs=1e-12)


def test_a_graph_without_edges_is_even():
    assert pagerank(build([], [], nodes=[1, 2])).tolist() == [0.5, 0.5]
    assert pagerank(build([], [])).tolist() == []


@pytest.mark.parametrize("teleport", [[1.0], [1.0, -1.0], [0.0, 0.0], [float("nan"), 1.0], {}])
def test_teleports_that_are_none(teleport: object):
    with pytest.raises(BadTeleport):
        pagerank(build([1], [2]), teleport=teleport)


def test_clear_errors():
    graph = build([1, 2, 3, 3], [2, 3, 1, 2])
    with pytest.raises(UnknownNodes):
        pagerank(graph, teleport={7: 1.0})
    with pytest.raises(ValueError, match="damping"):
        pagerank(graph, damping=1.0)
    with pytest.raises(NotConverged, match="2 steps"):
        pagerank(graph, most_steps=2)
