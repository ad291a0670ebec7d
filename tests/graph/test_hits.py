import networkx as nx
import numpy as np
import pytest

from graph.authority import NotConverged
from graph.build import build, to_networkx
from graph.hits import hits


@pytest.mark.parametrize("seed", range(5))
def test_equals_networkx(seed: int):
    draw = np.random.default_rng(seed)
    graph = build(
        draw.integers(0, 40, 300), draw.integers(0, 40, 300), draw.integers(1, 5, 300), nodes=range(40)
    )
    hubs, authorities = nx.hits(to_networkx(graph), tol=1e-12)
    ours = hits(graph)
    assert ours[0].tolist() == pytest.approx([hubs[node] for node in range(40)], abs=1e-9)
    assert ours[1].tolist() == pytest.approx([authorities[node] for node in range(40)], abs=1e-9)


def test_no_arcs():
    hubs, authorities = hits(build([], [], nodes=[1, 2]))
    assert hubs.tolist() == authorities.tolist() == [0.0, 0.0]


def test_too_few_steps():
    with pytest.raises(NotConverged, match="after 1 steps"):
        hits(build([0, 1, 1], [1, 2, 3]), most_steps=1)
