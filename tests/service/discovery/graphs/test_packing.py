"""Arrays of bytes and back."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import service.discovery.graphs.packing as packing
from graph.build import Graph, build
from service.discovery.graphs.cache import Graphs
from service.discovery.graphs.packing import pack, size_of, unpack
from service.kit import ids


def whole(graph: Graph) -> dict[str, bytes]:
    made: dict[str, bytes] = {}
    for name, part, data in pack(graph):
        assert (part == 0) == (name not in made)
        made[name] = made.get(name, b"") + bytes(data)
    return made


def same(one: Graph, other: Graph) -> bool:
    names = ("nodes", "indptr", "indices", "weights")
    return one.loops == other.loops and all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in names
    )


names = st.one_of(
    st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), min_size=1),
    st.lists(st.integers(0, 2**62), min_size=1),
)


@settings(deadline=None)
@given(names, st.randoms(use_true_random=False), st.booleans())
def test_a_graph_comes_back_as_it_was(names: list, random, weighted: bool):
    size = 2 * len(names)
    ends = [random.choice(names) for _ in range(size)], [random.choice(names) for _ in range(size)]
    weights = [random.random() for _ in range(size)] if weighted else None
    graph = build(*(np.asarray(each) for each in ends), weights)
    assert same(unpack(whole(graph)), graph)


def test_parts_are_of_a_size(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(packing, "PART", 10)
    graph = build(["ayşe", "bora", "cem"], ["bora", "cem", "ayşe"], [0.5, 2.0, 3.0])
    assert max(len(data) for _, _, data in pack(graph)) == 10
    assert same(unpack(whole(graph)), graph)


def test_weights_of_one_take_no_room():
    assert "weights" not in whole(build([1], [2]))
    assert unpack(whole(build([1], [2]))).weights.tolist() == [1.0]


def test_a_graph_of_nobody():
    empty = build([], [])
    assert unpack(whole(empty)).size == 0


def test_the_cache_lets_go_of_what_was_used_longest_ago():
    graph = build([1], [2])
    held = Graphs(most=2 * size_of(graph))
    workspace = ids.new()
    keys = [(workspace, ids.new(), 1) for _ in range(3)]
    held.put(keys[0], graph)
    held.put(keys[1], graph)
    assert held.get(keys[0]) is graph
    held.put(keys[2], graph)
    assert [held.get(key) is graph for key in keys] == [True, False, True]
    newer = (*keys[0][:2], 2)
    held.put(newer, graph)
    assert held.get(keys[0]) is None
    assert held.get(newer) is graph
    assert held.get(keys[2]) is graph
    # One that would fill all of it alone pushes nobody out.
    held.put(keys[1], build(range(100), range(1, 101)))
    assert held.get(keys[2]) is graph
