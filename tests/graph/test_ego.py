import numpy as np
import pytest

from graph.build import UnknownNodes, build
from graph.ego import ego

STAR = build(["hub"] * 300, [f"fan{n:03}" for n in range(300)], np.arange(1, 301))


def test_the_strongest_are_kept():
    found = ego(STAR, "hub", most=50)
    assert found.nodes[:3].tolist() == ["hub", "fan299", "fan298"]
    assert (len(found.nodes), found.left_out) == (50, 251)
    assert len(found.sources) == len(found.weights) == 49
    assert found.nodes[found.targets].tolist()[0] == "fan251"


def test_both_directions_and_steps():
    graph = build(["a", "c", "c", "d"], ["b", "b", "d", "e"])
    found = ego(graph, "b", radius=2)
    assert dict(zip(found.nodes.tolist(), found.steps.tolist(), strict=True)) == {
        "b": 0,
        "a": 1,
        "c": 1,
        "d": 2,
    }
    arcs = zip(found.nodes[found.sources].tolist(), found.nodes[found.targets].tolist(), strict=True)
    assert sorted(arcs) == [("a", "b"), ("c", "b"), ("c", "d")]
    assert ego(graph, "b", radius=1).nodes.tolist() == ["b", "a", "c"]
    assert len(ego(graph, "b", radius=9).nodes) == 5


def test_places_are_in_the_picture_and_repeat():
    one, same, other = (ego(STAR, "hub", most=40, seed=seed) for seed in (1, 1, 2))
    assert (one.x[0], one.y[0]) == (0.0, 0.0)
    assert np.hypot(one.x, one.y).max() == pytest.approx(1.0)
    assert len({(round(x, 6), round(y, 6)) for x, y in zip(one.x, one.y, strict=True)}) == 40
    assert np.array_equal(one.x, same.x)
    assert not np.array_equal(one.x, other.x)


def test_a_node_alone():
    found = ego(build([1], [2], nodes=[1, 2, 3]), 3)
    assert (found.nodes.tolist(), found.x.tolist(), found.sources.tolist(), found.left_out) == (
        [3],
        [0.0],
        [],
        0,
    )


def test_an_unknown_node():
    with pytest.raises(UnknownNodes, match="nobody"):
        ego(STAR, "nobody")
